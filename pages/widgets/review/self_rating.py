"""Rate the own answer before its levels are shown: 20 seconds that make the levels worth reading."""

from __future__ import annotations

import streamlit as st

from analysis.scoring.coverage import only_heard
from data.domain import AttemptResult, Criterion, Question
from data.rubrics import criteria_for, is_invited
from pages.widgets import resources
from pages.widgets.plain import plain

_LEVELS = (1, 2, 3, 4)
_COLUMN_WIDTH = 250


def criteria_to_rate(question: Question) -> tuple[Criterion, ...]:
    """What the question invites, without communication: that one is easier to hear than to rate."""
    return tuple(
        criterion
        for criterion in criteria_for(question)
        if is_invited(question, criterion.id) and criterion.id != "communication"
    )


def is_settled(result: AttemptResult) -> bool:
    """Whether the levels may be shown: rated, skipped, or nobody's answer (the sample)."""
    attempt = result.attempt
    if attempt.synthetic or resources.session().answers.self_rating(attempt.id):
        return True
    return resources.session().memory.recall(attempt.candidate_id, _skipped(attempt.id)) is not None


def ask(result: AttemptResult, question: Question) -> dict[str, float]:
    """Draw the levels of each criterion, in aligned columns; the ratings given (none need be)."""
    ratings: dict[str, float] = {}
    with st.grid(2, min_column_width=_COLUMN_WIDTH) as grid:
        for criterion in criteria_to_rate(question):
            with grid.cell():
                level = _levels(criterion, key=f"own-{result.attempt.id}-{criterion.id}")
            if level is not None:
                ratings[criterion.id] = float(level)
    return ratings


def _levels(criterion: Criterion, key: str) -> int | None:
    anchors = "  \n".join(
        f"**{anchor.level:d}** {plain('; '.join(clause.text for clause in anchor.clauses))}"
        for anchor in criterion.anchors
    )
    return st.segmented_control(plain(criterion.title), _LEVELS, key=key, help=anchors)


def keep(result: AttemptResult, ratings: dict[str, float]) -> None:
    """Save the ratings, or that there are none."""
    attempt = result.attempt
    if ratings:
        resources.session().answers.rate(attempt.id, ratings)
    else:
        resources.session().memory.remember(attempt.candidate_id, _skipped(attempt.id), "yes")


def show(result: AttemptResult, question: Question) -> None:
    """Draw what stands between a scored answer and its levels; a click reveals them."""
    heard = result.assessment is not None and only_heard(result.assessment)
    what, it, come = ("what was heard", "it", "comes") if heard else ("the levels", "them", "come")
    with st.container(border=True):
        st.subheader("First: how would you rate it?")
        st.caption(
            f"1 is lowest, 4 highest. Leave out what you cannot tell. {what.capitalize()} {come} next."
        )
        ratings = ask(result, question)
        with st.container(horizontal=True):
            reveal = st.button(f"Show {what}", type="primary", disabled=not ratings)
            skip = st.button(f"Skip and show {it}", type="tertiary")
    if reveal or skip:
        keep(result, ratings if reveal else {})
        st.rerun()


def _skipped(attempt_id: str) -> str:
    return f"self-rating-skipped:{attempt_id}"
