"""The end of an interview: what each answer was worth, with quotes, where the time went, what to do next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from analysis.interview.keeping.end_figures import Report, RoundReport, report_of
from analysis.interview.keeping.kept_interview import Interview
from analysis.scoring.coverage import coverage, only_heard
from data.domain import Assessment, AttemptResult, Score
from data.domain.in_words import clock
from data.rubrics import load_rubric
from pages.widgets import ai_notice, examined, question_filter, resources, way_on
from pages.widgets.clock import day_and_time
from pages.widgets.interview import level_sheet, round_feedback, steps_rail
from pages.widgets.plain import plain
from pages.widgets.review import judging, level_rows, own_mark, self_rating

LOOK_SECONDS = 1.0


def show(interview: Interview) -> None:
    """Draw the report, as soon as every answer is written down and scored."""
    report = _report(interview)
    _head(interview, report)
    if not report.rounds:
        st.info("The interview ended before the first question, so there is nothing to report.")
        return
    if not report.ready:
        _wait(interview, report)
        return
    unrated = [one for one in report.rounds if one.result and not _settled(one.result)]
    if unrated:
        _rate_first(unrated)
        return
    _levels(report)
    _next(report)
    for number, one in enumerate(report.rounds, start=1):
        _round(number, one, report.level)


def _report(interview: Interview) -> Report:
    session = resources.session()
    return report_of(interview, [session.answers.load(kept.attempt_id) for kept in interview.rounds])


def _head(interview: Interview, report: Report) -> None:
    when = day_and_time(interview.started_at)
    asked = f"{len(report.rounds)} of {report.planned_rounds:d} questions"
    used = f"{clock(report.used_minutes * 60)} of {clock(report.planned_minutes * 60)} min"
    st.subheader("Report")
    against = f"held against {plain(report.level)}"
    st.caption(f"{plain(when)} · {asked} · {used} · {against} · {plain(_read_by(report))}")


def _read_by(report: Report) -> str:
    """Who read the answers, as it came: a judge that was never asked is not named."""
    if report.levels_by:
        return f"levels by {', '.join(examined.named(name) for name in report.levels_by)}"
    return "read by the reader, no levels" if report.was_read else "no levels"


def _wait(interview: Interview, report: Report) -> None:
    left = [one for one in report.rounds if not one.result or one.result.attempt.status == "captured"]
    scoring = _scoring()
    working = any(scoring(one.attempt_id) for one in left)
    if not working and not st.session_state.get(f"waited-{interview.id}"):
        st.session_state[f"waited-{interview.id}"] = True
        working = True
    if not working:
        st.warning(
            "An answer could not be scored. What you said is kept: open it under Review and score it there.",
            title="Not finished",
        )
        for one in left:
            judging.show(one.attempt_id)
        way_on.show("pages/review.py", "Open Review")
        return
    for one in left:
        judging.show(one.attempt_id)

    @st.fragment(run_every=LOOK_SECONDS)
    def wait() -> None:
        scoring = _scoring()
        with st.status("Your answers are being written down and scored ...", type="step"):
            for one in report.rounds:
                done = not scoring(one.attempt_id)
                st.caption(f"{'✓' if done else '…'} {plain(one.question.title)}")
        if not any(scoring(one.attempt_id) for one in report.rounds):
            st.rerun()

    wait()


def _scoring() -> Callable[[str], bool]:
    """Says of an answer whether it is being written down or scored."""
    return partial(resources.interviews().is_scoring, resources.world())


def _settled(result: AttemptResult) -> bool:
    return result.assessment is None or self_rating.is_settled(result)


def _rate_first(unrated: list[RoundReport]) -> None:
    """Rating oneself before the levels makes the levels worth reading."""
    with st.container(border=True):
        st.markdown("#### First: how would you rate your answers?")
        st.caption("1 is lowest, 4 highest. Leave out what you cannot tell. The report comes next.")
        given = [
            (one.result, self_rating.ask(one.result, one.question.title)) for one in unrated if one.result
        ]
        with st.container(horizontal=True):
            reveal = st.button("Show the report", type="primary", disabled=not any(r for _, r in given))
            skip = st.button("Skip and show it", type="tertiary")
    if reveal or skip:
        for result, rating in given:
            self_rating.keep(result, rating if reveal else None)
        st.rerun()


def _levels(report: Report) -> None:
    """One table: a row for each criterion, a column for each question."""
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    found: dict[str, dict[int, str]] = {}
    for number, one in enumerate(report.rounds, start=1):
        for score in _scores(one):
            found.setdefault(score.criterion, {})[number] = level_rows.short(score)
    _heard(report)
    if not found:
        if not any(_reading(one) for one in report.rounds):
            st.info("No answer was long enough to be scored.")
        return
    table = {"Criterion": [plain(titles.get(name, name)) for name in found]}
    for number, one in enumerate(report.rounds, start=1):
        table[f"{number} · {plain(one.question.title)}"] = [by.get(number, "–") for by in found.values()]
    st.table(table, hide_index=True, alt="Level of each criterion in each question")
    st.caption("Levels 1 to 4; a range says how sure the scorer is. Practice feedback, not an assessment.")
    ai_notice.of_levels([score for one in report.rounds for score in _scores(one)])


def _heard(report: Report) -> None:
    """What was heard in the answers that nobody gave levels; own marks are told apart."""
    read = [(one, found) for one in report.rounds if (found := _reading(one))]
    if not read:
        return
    told = [coverage(found.key_points, own_mark.of(one.result) if one.result else ()) for one, found in read]
    st.table(
        {
            "Question": [plain(one.question.title) for one, _ in read],
            "What was heard": [plain(one.sentence) for one in told],
        },
        hide_index=True,
        alt="Key points heard in each question",
    )
    st.caption("What was heard says which points the words speak of, not whether they are right; no level.")


def _reading(one: RoundReport) -> Assessment | None:
    """What a reader said of an answer without any level."""
    found = one.result.assessment if one.result else None
    return found if found and only_heard(found) else None


def _scores(one: RoundReport) -> tuple[Score, ...]:
    return one.result.assessment.scores if one.result and one.result.assessment else ()


def _next(report: Report) -> None:
    steps = report.next_steps()
    if steps:
        lines = "\n".join(f"- **{plain(question.title)}:** {plain(text)}" for question, text in steps)
        st.info(lines, title="Do next")


def _round(number: int, one: RoundReport, level: str) -> None:
    with st.container(border=True):
        question = one.question
        st.markdown(f"#### {number:d}. {plain(question.title)}")
        used, given = clock(one.used_minutes * 60), clock(one.given_minutes * 60)
        st.caption(
            f"{question_filter.title(question.category)} · {plain(question.level)} · {used} of {given} min"
        )
        if one.result is None or one.result.assessment is None:
            st.info(plain(" ".join(one.result.notes)) if one.result else "This answer was not kept.")
            return
        st.caption(plain(_asked_on(one)))
        level_sheet.show(one, level)
        round_feedback.quotes(one.result)
        if one.steps:
            st.caption("What each of the six steps got")
            steps_rail.show(one.steps)
        st.page_link(
            "pages/review.py",
            label="Open in Review",
            icon=":material/rate_review:",
            query_params={"attempt": one.attempt_id},
        )


def _asked_on(one: RoundReport) -> str:
    made = one.elicited
    parts = [f"{made[kind]} {kind}" for kind in ("volunteered", "prompted", "hinted") if made.get(kind)]
    points = f"Key points: {', '.join(parts)}." if parts else "No key point was heard."
    times = {0: "The interviewer did not ask on.", 1: "The interviewer asked on once."}
    told = [points, times.get(one.probes, f"The interviewer asked on {one.probes} times.")]
    told += [f"Steps of a hint: {one.hint_steps}."] if one.hint_steps else []
    told += [f"Questions of yours that were answered: {one.replies}."] if one.replies else []
    return " ".join(told)
