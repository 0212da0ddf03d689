"""A loop looked back on across its sittings: what was heard, levels that count, how it was spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from analysis.interview.keeping.debrief import Answered, Debrief, debrief
from analysis.interview.keeping.kept_interview import Interview
from analysis.reviewing.sides import sides_of
from data.rubrics import load_rubric
from pages.widgets import examined, resources
from pages.widgets.plain import plain

_NO_VERDICT = (
    "Only what was measured, over all sittings held so far. What was heard says which points the words speak "
    "of, not whether they are right; nothing here is a verdict."
)


def show(held: Sequence[tuple[str, Interview | None]]) -> None:
    """Draw it as soon as a sitting is over; `held` has the title and the interview of each."""
    answers = [
        one for title, interview in held if interview and interview.over for one in _of(title, interview)
    ]
    if not answers:
        return
    with st.expander("Debrief across the sittings"):
        st.caption(_NO_VERDICT)
        _draw(debrief(answers))


def _of(title: str, interview: Interview) -> Iterator[Answered]:
    session = resources.session()
    for kept in interview.rounds:
        result = session.answers.load(kept.attempt_id)
        if result is None:
            continue
        scores = result.assessment.scores if result.assessment else ()
        counting = tuple(one for one in scores if one.level is not None and not examined.mark(one))
        yield Answered(title, result, sides_of(session.answers.assessments(kept.attempt_id)).heard, counting)


def _draw(told: Debrief) -> None:
    st.table(
        {
            "Sitting": [plain(name) for name in told.by_sitting],
            "What was heard": [plain(one.sentence) for one in told.by_sitting.values()],
        },
        hide_index=True,
        alt="Key points heard in each sitting",
    )
    _by_criterion(told)
    if not told.levels:
        st.caption("No level: no judge that passed its exam has read these answers.")
    for one in told.delivery:
        st.markdown(
            f"{plain(one.name)}: {one.value:.1f} {plain(one.unit)}, the middle of n = {one.answers:d}"
        )
    if not told.delivery:
        st.caption("How they were spoken was not measured.")


def _by_criterion(told: Debrief) -> None:
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    levels = {one.name: f"{one.value:g} (n = {one.answers:d})" for one in told.levels}
    names = tuple(dict.fromkeys((*told.by_competency, *levels)))
    if not names:
        return
    heard = {name: f"{one.heard:d} of {one.told:d}" for name, one in told.by_competency.items()}
    st.table(
        {
            "Criterion": [plain(titles.get(name, name)) for name in names],
            "Key points heard": [plain(heard.get(name, "–")) for name in names],
            "Level, the middle of its answers": [plain(levels.get(name, "–")) for name in names],
        },
        hide_index=True,
        alt="Key points heard and levels of each criterion",
    )
