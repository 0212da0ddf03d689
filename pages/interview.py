"""A whole mock interview: plan it, be asked and probed, aloud or in writing, and read what it was worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from analysis.interview.keeping.kept_interview import Interview
from data.domain import RehearseError
from pages.widgets import ai_notice, clock, problem, resources
from pages.widgets.answer import consent, device_check, guided_setup
from pages.widgets.interview import (
    blocked_room,
    interview_form,
    interview_plan,
    interview_report,
    interview_room,
    sending_line,
    whole_loop_form,
)
from pages.widgets.plain import plain
from pages.widgets.settings import camera_metrics, voice_settings

if TYPE_CHECKING:
    from data.store import Session

_OPEN = blocked_room.ADDRESS
_SHOWN = 3
_LISTED = 10


def _set_out() -> None:
    """Plan an interview and start it."""
    wanted = interview_form.show()
    plan = interview_plan.show(wanted) if wanted else None
    if wanted is None or plan is None:
        return
    ready, missing = True, None
    if wanted.mode != "typed":
        check = device_check.show(f"check-{wanted.mode}", video=wanted.mode == "camera")
        voice_settings.toggle()
        sent_to = resources.settings().stt_place
        agreed = consent.show(resources.session(), resources.candidate_id(), wanted.mode, sent_to)
        if wanted.mode == "camera" and agreed:
            camera_metrics.show()
            guided_setup.show()
        ready, missing = agreed and not check.failed, None if agreed else "Tick the box above first."
    scorer = sending_line.choose(plan)
    aloud = wanted.mode != "typed" and voice_settings.kept().aloud
    ai_notice.before_interview(by_model=sending_line.is_sent(scorer), synthetic_voice=aloud)
    if st.button("Start the interview", type="primary", disabled=not ready, help=missing):
        started = resources.interviews().start(world, plan, wanted.mode, wanted.feedback, scorer)
        interview_plan.forget()
        if wanted.sitting:
            whole_loop_form.begun(*wanted.sitting, started)
        st.query_params[_OPEN] = started
        st.rerun()


def _unfinished() -> None:
    for interview in resources.interviews().unfinished(world)[:_SHOWN]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**Not finished:** {plain(_label(interview))}")
            if st.button("Go on", key=f"go-on-{interview.id}", type="primary"):
                st.query_params[_OPEN] = interview.id
                st.rerun()
            if st.button("End and see the report", key=f"end-{interview.id}"):
                if _is_agreed(interview):
                    resources.interviews().end(world, interview.id)
                st.query_params[_OPEN] = interview.id
                st.rerun()
            if st.button("Discard", key=f"discard-{interview.id}", type="tertiary"):
                resources.interviews().discard(world, interview.id)
                st.rerun()


def _earlier() -> None:
    """Reports of interviews that are over."""
    done = resources.interviews().finished(world)[:_LISTED]
    if not done:
        return
    with st.expander("Earlier interviews"):
        for one in done:
            when = clock.day_and_time(one.started_at)
            if st.button(f"Report of {plain(when)}", key=f"report-{one.id}", type="tertiary"):
                st.query_params[_OPEN] = one.id
                st.rerun()


def _label(interview: Interview) -> str:
    when = clock.day_and_time(interview.started_at)
    asked, planned = len(interview.rounds), len(interview.state.plan.rounds)
    return f"interview of {when}, question {max(1, asked)} of {planned}"


def _one(interview_id: str) -> None:
    interview = resources.interviews().find(world, interview_id)
    if interview is None:
        raise RehearseError("This interview is not there any more.", "Start a new one below.")
    if interview.over:
        resources.interviews().report_seen(resources.viewer(), interview_id)
        interview_report.show(interview)
        if st.button("Start another interview", icon=":material/replay:"):
            del st.query_params[_OPEN]
            st.rerun()
    elif _is_agreed(interview) or consent.show(*_asked_of(interview)):
        interview_room.show(interview_id)


def _is_agreed(interview: Interview) -> bool:
    """Whether its sound may go where it would go now; another place may have been set since it began."""
    return interview.mode == "typed" or consent.is_given(*_asked_of(interview))


def _asked_of(interview: Interview) -> tuple[Session, str, str, str | None]:
    sent_to = resources.settings().stt_place
    return resources.session(), resources.candidate_id(), interview.mode, sent_to


opened = st.query_params.get(_OPEN)
try:
    world = resources.world(guided_setup.calibration)
    if opened:
        _one(opened)
    else:
        st.title("Interview")
        _unfinished()
        _set_out()
        _earlier()
except RehearseError as error:
    problem.draw(error)
    if opened and st.button("Plan an interview"):
        del st.query_params[_OPEN]
        st.rerun()
