"""The exam of the connected model: what it takes, how far it is, and whether its levels count."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import streamlit as st

from data.access import may_configure
from data.domain import ModelExam, RehearseError
from data.domain.in_words import clock as minutes
from data.rubrics import load_rubric
from pages.widgets import clock, pace, problem, resources, who_receives
from pages.widgets.plain import plain
from pages.widgets.settings import exam_table

if TYPE_CHECKING:
    from analysis.live.exam_jobs import Candidate, ExamJob
    from data.language_model import LanguageModel

LOGGER = logging.getLogger(__name__)
_EVERY_SECONDS = 1.0
_WENT_ON = "exam-went-on"
_TAKES = "exam-takes"


def go_on() -> None:
    """Start again, once a visit, an exam that a restart of the server cut off: this person had asked."""
    if resources.language_model() is None or st.session_state.get(_WENT_ON):
        return
    st.session_state[_WENT_ON] = True
    try:
        _go_on()
    except RehearseError as problem:
        LOGGER.warning("An exam that was cut off could not be started again: %s", problem)


def _go_on() -> None:
    from analysis.live.exam_jobs import UNDER_WAY

    session, person, who = resources.session(), resources.candidate_id(), _candidate()
    for version, receiver in resources.exam_jobs().cut_off(session, person).items():
        if who is not None and (who.judge.version, who.judge.receiver) == (version, receiver):
            resources.exam_jobs().start(session, person, who)
        else:
            session.memory.forget(person, UNDER_WAY + version)


def show() -> None:
    """Draw it all, where a language model is connected."""
    who = _candidate()
    if who is None:
        return
    exam = resources.session().exams.of(who.judge.version, load_rubric().version)
    st.markdown("#### The exam of this model")
    st.markdown(_standing(exam))
    job = resources.exam_jobs().job
    if job is not None and job.state == "running":
        _running()
        return
    if job is not None:
        _ended(job)
    if may_configure(resources.viewer()):
        _offer(who, again=exam is not None)
    if exam is not None:
        exam_table.show([exam])
    st.caption(exam_table.ABOUT)


def _candidate() -> Candidate | None:
    from analysis.live.exam_jobs import Candidate

    judge, model = resources.judge(), resources.language_model()
    if judge is None or model is None:
        return None
    return Candidate(judge, model.model, model.place)


def _standing(exam: ModelExam | None) -> str:
    if exam is None:
        return (
            "**Not examined.** What this model writes about an answer can be read, but its levels count "
            "nowhere until it has passed the exam: not in Progress, for a cohort or for what is next."
        )
    day = clock.day(exam.taken_at)
    if exam.passed:
        return f"**Passed** on {day}: the levels of this model count."
    return (
        f"**Did not pass** on {day}: what this model writes about an answer can be read, but its levels "
        "count nowhere. A larger model may do better."
    )


def _offer(who: Candidate, *, again: bool) -> None:
    """Say what it takes when asked, which reads all answers; start it when told to."""
    version = who.judge.version
    if st.button("Examine it again" if again else "Examine this model", key="exam-ask"):
        with st.spinner("Counting what it takes ..."):
            st.session_state[_TAKES] = (version, _takes(who))
    of, told = st.session_state.get(_TAKES, ("", ""))
    if of != version:
        return
    with st.container(border=True):
        st.markdown(f"{plain(told)} It runs in the background: you may leave this page, or stop it.")
        place = plain(who_receives.place_of(_model()))
        st.caption(f"The constructed answers are read by the model at {place}; nothing of yours is.")
        with st.container(horizontal=True):
            start = st.button("Start the exam", type="primary", key="exam-start")
            cancel = st.button("Not now", type="tertiary", key="exam-not-now")
    if start or cancel:
        del st.session_state[_TAKES]
        _start(who) if start else st.rerun()


def _model() -> LanguageModel:
    model = resources.language_model()
    if model is None:
        raise RehearseError("No language model is connected any more.", "Connect one first.")
    return model


def _takes(who: Candidate) -> str:
    cost = resources.exam_jobs().estimate(who, pace.usual_seconds())
    untimed = bool(cost.calls) and cost.seconds is None
    return f"{cost.sentence}{' The time is told after the first answer.' if untimed else ''}"


def _start(who: Candidate) -> None:
    try:
        resources.exam_jobs().start(resources.session(), resources.candidate_id(), who)
    except RehearseError as error:
        problem.draw(error)
    else:
        st.rerun()


@st.fragment(run_every=_EVERY_SECONDS)
def _running() -> None:
    jobs = resources.exam_jobs()
    job = jobs.job
    if job is None or job.state != "running":
        st.rerun()
    done, whole, left = job.sitting.done, job.sitting.answers, job.seconds_left
    spent = job.sitting.meter.total
    price = "" if spent.price is None else f" · ${spent.price:.4f}"
    time_left = "" if left is None else f" · about {plain(minutes(left))} left"
    with st.container(border=True):
        st.progress(
            done / max(1, whole),
            f"{plain(job.who.model)} sits the exam: {done:d} of {whole:d} answers · {spent.calls:d} calls "
            f"· {plain(minutes(job.seconds))}{time_left}{price}",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if may_configure(resources.viewer()) and st.button("Stop", key="exam-stop"):
                jobs.stop()
                st.rerun()
            st.caption("You may leave this page. What has arrived is kept.")


def _ended(job: ExamJob) -> None:
    """Say how it ended; replies that arrived are kept, so going on asks only for the rest."""
    done, whole = job.sitting.done, job.sitting.answers
    if job.state == "done":
        pace.keep(job.sitting.meter)
        resources.exam_jobs().clear()
        return
    kept = f"{done} of {whole} answers were judged. Replies are kept: going on asks only for the rest."
    if job.problem is None:
        st.info(plain(kept), title="The exam was stopped")
    else:
        st.error(f"{plain(job.problem.remedy)} {plain(kept)}", title=plain(job.problem.message))
    with st.container(horizontal=True):
        go_on_now = may_configure(resources.viewer()) and st.button("Go on", key="exam-go-on")
        if st.button("Close", key="exam-close", type="tertiary"):
            resources.exam_jobs().clear()
            st.rerun()
    who = _candidate()
    if go_on_now and who is not None:
        resources.exam_jobs().clear()
        _start(who)
