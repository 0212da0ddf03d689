"""Judging that a restart of the server cut off: gone on with by the same judge, else asked about first."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import streamlit as st

from analysis.live.judging_jobs import UNDER_WAY
from data.domain import RehearseError
from data.questions import find_question
from pages.widgets import resources, way_on, who_receives
from pages.widgets.plain import plain

if TYPE_CHECKING:
    from analysis.live.cut_off import CutOff
    from analysis.scoring.judge import JudgeScorer

LOGGER = logging.getLogger(__name__)
_WENT_ON = "judging-went-on"


def go_on() -> None:
    """Start again, once a visit, what this person had asked of the very judge that is connected now."""
    if resources.language_model() is None or st.session_state.get(_WENT_ON):
        return
    st.session_state[_WENT_ON] = True
    judge = resources.judge()
    try:
        for attempt_id, asked in _cut_off().items():
            if judge is not None and asked.is_of(judge):
                _judge(attempt_id, asked, judge)
                st.toast(f"Judging that was cut off goes on. {who_receives.line('answer')}")
    except RehearseError as problem:
        LOGGER.warning("Judging that was cut off could not be started again: %s", problem)


def show(attempt_id: str) -> None:
    """Draw what was cut off and waits, because somebody else would read the answer now."""
    asked = _cut_off().get(attempt_id)
    if asked is None:
        return
    judge = resources.judge()
    before = f"It had been asked of {plain(asked.receiver)}. " if asked.receiver else ""
    now = who_receives.line("answer") if judge else "No language model is connected now."
    with st.container(border=True):
        st.info(f"{before}Nothing was sent since. {now}", title="Judging was cut off when the server stopped")
        with st.container(horizontal=True):
            if judge is not None and st.button("Judge it now", key=f"cut-off-{attempt_id}"):
                _judge(attempt_id, asked, judge)
                st.rerun()
            if st.button("Leave it", key=f"leave-{attempt_id}", type="tertiary"):
                _forget(attempt_id)
                st.rerun()


def tell() -> None:
    """Draw the way to each answer that waits to be judged until its candidate says so."""
    for attempt_id in _cut_off():
        way_on.show(
            "pages/review.py", "Judging of an answer was cut off and waits for you", attempt=attempt_id
        )


def _cut_off() -> dict[str, CutOff]:
    return resources.jobs().cut_off(resources.session(), resources.candidate_id())


def _forget(attempt_id: str) -> None:
    resources.session().memory.forget(resources.candidate_id(), UNDER_WAY + attempt_id)


def _judge(attempt_id: str, asked: CutOff, judge: JudgeScorer) -> None:
    session, jobs = resources.session(), resources.jobs()
    result = session.answers.load(attempt_id)
    question = find_question(resources.questions(), result.attempt.question_id) if result else None
    if result is None or question is None:
        _forget(attempt_id)
    elif not asked.about:
        jobs.score(session, result, question, judge)
    else:
        for dispute in session.disagreements.disputes(attempt_id):
            if dispute.first.criterion == asked.about and dispute.second is None:
                jobs.again(session, dispute, result, question, judge)
