"""A judge at work on an answer: how far it is, a way to stop it, and how it ended."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import streamlit as st

from analysis.live.judging_jobs import UNDER_WAY, Job
from data.domain import RehearseError
from data.questions import find_question
from data.rubrics import criterion
from pages.widgets import pace, resources
from pages.widgets.plain import plain

if TYPE_CHECKING:
    from analysis.scoring.judge import JudgeScorer

LOGGER = logging.getLogger(__name__)
_EVERY_SECONDS = 1.0
_COST = "judged-cost"
_WENT_ON = "judging-went-on"


def go_on() -> None:
    """Start again, once a visit, what a restart of the server cut off: this person had asked for it."""
    if resources.language_model() is None or st.session_state.get(_WENT_ON):
        return
    st.session_state[_WENT_ON] = True
    judge = resources.judge()
    try:
        if judge is not None:
            _go_on(judge)
    except RehearseError as problem:
        LOGGER.warning("Judging that was cut off could not be started again: %s", problem)


def _go_on(judge: JudgeScorer) -> None:
    session, jobs, person = resources.session(), resources.jobs(), resources.candidate_id()
    for attempt_id, disputed in jobs.cut_off(session, person).items():
        result = session.answers.load(attempt_id)
        question = find_question(resources.questions(), result.attempt.question_id) if result else None
        if result is None or question is None:
            session.memory.forget(person, UNDER_WAY + attempt_id)
        elif not disputed:
            jobs.score(session, result, question, judge)
        else:
            for dispute in session.disagreements.disputes(attempt_id):
                if dispute.first.criterion == disputed and dispute.second is None:
                    jobs.again(session, dispute, result, question, judge)


def show(attempt_id: str) -> None:
    """Draw the job of this answer, if there is one; when it ends well, draw the page anew with its levels."""
    cost = st.session_state.pop(_COST, None)
    if cost:
        st.toast(plain(cost))
    job = resources.jobs().of(attempt_id)
    if job is None:
        return
    if job.state == "running":
        _running(attempt_id)
    elif job.state == "done":
        resources.jobs().clear(attempt_id)
        st.session_state[_COST] = job.watch.meter.total.sentence
        pace.keep(job.watch.meter)
        st.rerun()
    else:
        _ended(job)


@st.fragment(run_every=_EVERY_SECONDS)
def _running(attempt_id: str) -> None:
    job = resources.jobs().of(attempt_id)
    if job is None or job.state != "running":
        st.rerun()
    total, watch = job.watch.meter.total, job.watch
    tokens = total.prompt_tokens + total.completion_tokens
    price = "" if total.price is None else f" · ${total.price:.4f}"
    with st.container(border=True):
        st.progress(
            min(1.0, watch.settled / max(1, watch.questions)),
            f"{plain(_what(job))}: {watch.settled:d} of {watch.questions:d} replies · {job.seconds:.0f} s · "
            f"{tokens:,} tokens{price}",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Stop", key=f"stop-{attempt_id}"):
                resources.jobs().stop(attempt_id)
                st.rerun()
            st.caption("You may leave this page. What has arrived is kept.")


def _ended(job: Job) -> None:
    watch = job.watch
    if job.problem is None:
        st.info(
            f"{watch.settled:d} of {watch.questions:d} replies had arrived and are kept: "
            "starting again asks only for the rest. Your answer and its levels are as they were.",
            title="Judging was stopped",
        )
    else:
        st.error(
            f"{plain(job.problem.remedy)} Your answer and its earlier levels are kept.",
            title=plain(job.problem.message),
        )
    if st.button("Close", key=f"close-{job.attempt_id}", type="tertiary"):
        resources.jobs().clear(job.attempt_id)
        st.rerun()


def _what(job: Job) -> str:
    return f"Judging “{criterion(job.criterion).title}” again" if job.criterion else "Judging your answer"
