"""Rate the own answer before its levels are shown: one row a question, and five seconds of thought."""

from __future__ import annotations

import streamlit as st

from analysis.scoring.coverage import only_heard
from data.domain import WHOLE_ANSWER, AttemptResult
from pages.widgets import resources
from pages.widgets.plain import plain

_LEVELS = (1, 2, 3, 4)
_MEANING = (
    "1: little of what was asked for, or wrong where it matters. 2: the main parts are named. "
    "3: with reasons, and what happens when something fails. 4: complete without being asked, with what "
    "each choice costs."
)


def is_settled(result: AttemptResult) -> bool:
    """Whether the levels may be shown: rated, skipped, or nobody's answer (the sample)."""
    attempt = result.attempt
    if attempt.synthetic or resources.session().answers.self_rating(attempt.id):
        return True
    return resources.session().memory.recall(attempt.candidate_id, _skipped(attempt.id)) is not None


def ask(result: AttemptResult, label: str) -> int | None:
    """Draw the row of one answer; the rating given, if any."""
    key = f"own-{result.attempt.id}"
    return st.segmented_control(plain(label), _LEVELS, key=key, help=_MEANING)


def keep(result: AttemptResult, rating: int | None) -> None:
    """Save the rating, or that there is none."""
    attempt = result.attempt
    if rating:
        resources.session().answers.rate(attempt.id, {WHOLE_ANSWER: float(rating)})
    else:
        resources.session().memory.remember(attempt.candidate_id, _skipped(attempt.id), "yes")


def show(result: AttemptResult) -> None:
    """Draw what stands between a scored answer and its levels; a click reveals them."""
    heard = result.assessment is not None and only_heard(result.assessment)
    what, it, come = ("what was heard", "it", "comes") if heard else ("the levels", "them", "come")
    with st.container(border=True):
        st.subheader("First: how would you rate it?")
        st.caption(f"1 is lowest, 4 highest. {what.capitalize()} {come} next.")
        rating = ask(result, "Your answer as a whole")
        with st.container(horizontal=True):
            reveal = st.button(f"Show {what}", type="primary", disabled=rating is None)
            skip = st.button(f"Skip and show {it}", type="tertiary")
    if reveal or skip:
        keep(result, rating if reveal else None)
        st.rerun()


def _skipped(attempt_id: str) -> str:
    return f"self-rating-skipped:{attempt_id}"
