"""What one answer of an interview was worth: its levels, the words behind them, and its key points."""

from __future__ import annotations

import streamlit as st

from analysis.interview.keeping.kept_interview import Interview
from analysis.reviewing.sides import sides_of
from analysis.scoring.coverage import only_heard
from data.domain import Assessment, AttemptResult
from data.rubrics import load_rubric
from pages.widgets import outline, resources
from pages.widgets.plain import plain
from pages.widgets.review import (
    advice_card,
    key_points,
    level_rows,
    own_mark,
    quote,
    self_rating,
    summary_table,
)


def show(interview: Interview, at: int) -> None:
    """Draw the feedback on round `at` (from 0) of a study or drill, as soon as it is scored."""
    question, attempt_id = interview.question(at), interview.rounds[at].attempt_id
    st.caption(
        f"Feedback on question {at + 1:d} of {len(interview.state.plan.rounds)} · the clock stands still"
    )
    st.subheader(plain(question.title), anchor=False)
    result = resources.session().answers.load(attempt_id)
    if resources.interviews().is_scoring(resources.world(), attempt_id) or result is None:
        st.caption("Your answer is being scored ...")
        return
    if result.assessment is None:
        st.info(plain(" ".join(result.notes)) or "This answer was not scored.")
    elif not self_rating.is_settled(result):
        self_rating.show(result)
        return
    else:
        heard = sides_of(resources.session().answers.assessments(attempt_id)).heard
        summary_table.show(result.assessment, heard, own_mark.of(result))
        if result.advice:
            advice_card.show(result.advice, playable=False)
        with st.expander("Key points"):
            key_points.show(result.assessment, playable=False, heard=heard)
    outline.show(question)


def quotes(result: AttemptResult) -> None:
    """Draw one row a criterion: its level, and the first of the words behind it; or what was heard."""
    if result.assessment and only_heard(result.assessment):
        _heard(result.assessment, result.attempt.id)
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    for score in result.assessment.scores if result.assessment else ():
        told = level_rows.band(score) if score.level is not None else f"not scored: {score.reason}"
        st.markdown(f"**{plain(titles.get(score.criterion, score.criterion))}** · {plain(told)}")
        if score.evidence:
            key = f"quote-{result.attempt.id}-{score.criterion}"
            quote.show(score.evidence[0], key=key, playable=False)
        elif score.level is not None:
            st.caption("No quote: nothing in the answer shows more than level 1.")


def _heard(assessment: Assessment, attempt_id: str) -> None:
    for point in assessment.key_points:
        if point.status == "covered" and point.evidence:
            st.markdown(f"**heard** · {plain(point.key_point.text)}")
            key = f"quote-{attempt_id}-{point.key_point.id}"
            quote.show(point.evidence, key=key, playable=False)
