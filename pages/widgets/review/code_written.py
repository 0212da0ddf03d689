"""The code of an answer: what its tests found, and what was said of cost, edge cases and threads, apart."""

from __future__ import annotations

import streamlit as st

from analysis.answering import one_answer
from analysis.written.coding import RUNS, Part, said_parts, tally
from data.domain import AttemptResult, CheckOutcome, CheckResult, Code, Question
from pages.widgets.plain import plain
from pages.widgets.review import quote

_OUTCOMES: dict[CheckOutcome, str] = {
    "passed": "✓ passed",
    "failed": "✗ failed",
    "stopped": "■ stopped",
    "not_run": "– not run",
}
_GRAMMARS = {"Python": "python", "Java": "java", "Go": "go", "C++": "cpp", "JavaScript": "javascript"}
RAN_IN_BROWSER = "They ran in the candidate's browser, where they can be forged: for practice, not as proof."


def show(result: AttemptResult, question: Question | None, *, playable: bool) -> None:
    """Draw the code of an answer with its tests; nothing when no code was written."""
    if result.code is None:
        return
    st.subheader("Code")
    with st.container(border=True):
        st.code(
            result.code.text, language=_GRAMMARS.get(result.code.language), line_numbers=True, wrap_lines=True
        )
    tests, words = st.columns(2, gap="large")
    with tests:
        _tests(result.code)
    if question is None:
        return
    with words:
        st.markdown("**What was said of it**")
        st.caption("Words that speak of each; whether they are right is for you and the judge.")
        for part in said_parts(one_answer.answer_of(result, question)):
            _part(part, playable=playable)


def _tests(code: Code) -> None:
    st.markdown("**Tests**")
    if code.language != RUNS:
        st.caption(f"{plain(code.language)} is not run: the code is kept and judged as text.")
        return
    st.markdown(plain(tally(code.checks)))
    if not code.checks:
        return
    changed = "The code was changed after they ran. " if code.changed_since else ""
    st.caption(changed + RAN_IN_BROWSER)
    with st.container(gap="xsmall"):
        for check in code.checks:
            _check(check)


def _check(check: CheckResult) -> None:
    edge = " (edge case)" if check.edge else ""
    time = f" · {1000 * check.seconds:.0f} ms" if check.seconds is not None else ""
    st.text(f"{_OUTCOMES[check.outcome]} · {check.name}{edge}{time}")
    if check.problem:
        st.code(check.problem, language=None, wrap_lines=True)


def _part(part: Part, *, playable: bool) -> None:
    st.markdown(f"{plain(part.name)}: {'' if part.quotes else 'not spoken of'}")
    for number, said in enumerate(part.quotes):
        quote.show(said, key=f"part-{part.name}-{number}", playable=playable)
