"""Interviews under way: they belong to the server and the database, not to a browser tab.

A reload, a second tab or a new server finds an interview at the same turn. Each round is kept as an ordinary
attempt as soon as it is over, and scored beside the conversation.
"""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from analysis.interview.keeping.kept_interview import Feedback, Interview, from_kept, to_kept
from analysis.interview.loop.state import begin_state
from analysis.interview.planning.plan import Plan
from analysis.live import captures
from analysis.live.caretaker import Caretaker
from analysis.live.conductor import Conductor
from analysis.live.doors import Doors
from analysis.live.executor import Supervised
from analysis.live.interview_running import Running, care, let_go
from analysis.live.registry import Registry
from analysis.live.round_keeping import World, keep_so_far, keeper, record_on, score_here, write_down
from analysis.live.sending import Sending
from analysis.live.typed_floor import TypedFloor
from analysis.live.voice_floor import VoiceFloor
from analysis.signals.switches import switched_off
from analysis.written.drafts import interview_key
from data.domain import Answer, CaptureMode, KeptInterview, RehearseError
from pages.widgets import resources
from pages.widgets.answer import guided_setup
from pages.widgets.review import judging

WATCH_SECONDS = 5.0
ADDRESS = "interview"
"""What names an interview in the address of its page."""


@st.cache_resource(show_spinner=False)
def _all() -> Registry[Running]:
    return Registry()


def _running(interview_id: str) -> Running | None:
    """The interview under way of that id, if it belongs to whoever is looking."""
    return _all().find(resources.viewer(), interview_id)


@st.cache_resource(show_spinner=False)
def _quick() -> Supervised:
    """For what the candidate waits for: probes, last words."""
    return Supervised(4, "interviewer")


@st.cache_resource(show_spinner=False)
def _slow() -> Supervised:
    """For what may take a minute: writing down and scoring."""
    return Supervised(2, "finish a round")


@st.cache_resource(show_spinner=False)
def _caretaker() -> Caretaker[Running]:
    everyone = _all()
    return Caretaker(everyone, partial(care, everyone), WATCH_SECONDS)


def start(plan: Plan, mode: CaptureMode, feedback: Feedback, scorer: str) -> str:
    """Begin an interview; its id. It is in the database before the first word."""
    if mode != "typed":
        resources.recordings().new_recording("room-for-an-interview")
    state = begin_state(plan, spoken=mode != "typed")
    person, now = resources.candidate_id(), datetime.now(UTC)
    interview = Interview(uuid.uuid4().hex, person, mode, now, state, feedback, scorer)
    resources.store().interviews.save(to_kept(interview))
    for key, one in _all().everything().items():
        if one.interview.over and not one.scoring:
            _all().remove(key)
    _put_up(interview)
    return interview.id


def in_writing(running: Running) -> str:
    """The same plan as a typed interview, in place of one whose sound never came; its id."""
    silent = running.interview
    discard(silent.id)
    return start(silent.state.plan, "typed", silent.feedback, silent.scorer)


def find(interview_id: str) -> Interview | None:
    """The interview of that id, running or kept; None when there is none, or none of whoever is looking."""
    running = _running(interview_id)
    if running is not None:
        return running.interview
    kept = resources.store().interviews.find(interview_id)
    return from_kept(kept) if kept is not None and kept.candidate_id == resources.candidate_id() else None


def unfinished() -> tuple[Interview, ...]:
    """The candidate's interviews that can be gone on with, newest first; what was said gets scored."""
    kept = resources.store().interviews.of(resources.candidate_id())
    found = tuple(from_kept(one) for one in kept if not one.over)
    for interview in found:
        if _running(interview.id) is None and interview.id not in _safe():
            _safe().add(interview.id)
            _slow().submit(partial(keep_so_far, _world(interview), interview))
    return found


def finished() -> tuple[KeptInterview, ...]:
    """The candidate's interviews that are over, newest first."""
    return tuple(one for one in resources.store().interviews.of(resources.candidate_id()) if one.over)


def go_on(interview_id: str) -> Running:
    """The interview under way, put up again when the server or its recording had stopped."""
    running = _running(interview_id)
    if running is None:
        interview = find(interview_id)
        if interview is None:
            raise RehearseError("This interview is not there any more.", "Start a new one.")
        running = _put_up(interview)
    running.seen = time.monotonic()
    floor = running.floor
    if isinstance(floor, VoiceFloor) and not running.interview.over and captures.state(floor.key).ended:
        _record_on(running)
    return running


def look(running: Running) -> bool:
    """Somebody is looking at the interview right now; whether it is still the one that runs."""
    running.seen = time.monotonic()
    return _all().is_there(running.interview.id, running)


def end(interview_id: str) -> None:
    """End an interview that is not on screen: what was said is kept and scored."""
    go_on(interview_id).conductor.command("end")


def discard(interview_id: str) -> None:
    """Erase an interview with everything that was said in it."""
    interview, running = find(interview_id), _running(interview_id)
    if interview is None:
        return
    if running is not None:
        _stop(running)
    for kept in interview.rounds:
        resources.erase_attempt(kept.attempt_id)
    resources.store().interviews.drop(resources.candidate_id(), interview_id)
    resources.store().drafts.drop(resources.candidate_id(), interview_key(interview_id))


def forget_all(person: str) -> None:
    """Stop every interview of this person without keeping it: everything of theirs is being erased."""
    for running in _all().of(resources.viewer()).values():
        if running.owner == person:
            _stop(running)


def _stop(running: Running) -> None:
    _all().remove(running.interview.id, running)
    let_go(running)


def is_scoring(attempt_id: str) -> bool:
    """Whether a round of whoever is looking is being written down or scored right now."""
    mine = _all().of(resources.viewer()).values()
    return any(attempt_id in running.scoring for running in mine) or judging.is_running(attempt_id)


def stop_sending(running: Running) -> None:
    """Send nothing of this interview to a model any more; what was cut short is scored here."""
    sending = running.world.sending
    for attempt_id in sending.stop() if sending else ():
        _slow().submit(partial(score_here, running.world, running.interview, attempt_id))


@st.cache_resource(show_spinner=False)
def _safe() -> set[str]:
    """Interviews that were left and whose open round is kept."""
    return set()


def _world(interview: Interview) -> World:
    judge = resources.judge()
    judged = judge is not None and interview.scorer == judge.name
    return World(
        resources.store(),
        resources.recordings(),
        resources.settings(),
        resources.transcriber(),
        resources.scorers()[0],
        guided_setup.calibration() if interview.mode == "camera" else None,
        switched_off(resources.store(), interview.candidate_id),
        Sending(resources.jobs(), judge, resources.interviewer_model()) if judged and judge else None,
    )


def _put_up(interview: Interview) -> Running:
    """What an interview needs to run in this process, made once, however many tabs ask for it."""
    running, fresh = _all().obtain(resources.viewer(), interview.id, lambda: _make(interview))
    if running is None:
        raise RehearseError("This interview is not there any more.", "Start a new one.")
    if fresh:
        _set_going(running)
    return running


def _make(interview: Interview) -> Running:
    world, offline, slow = _world(interview), resources.scorers()[0], _slow()
    floor = _floor(interview, world)
    doors = Doors(
        keep=keeper(world),
        assess=lambda answer: offline.score(answer).key_points,
        round_over=lambda now, at: _round_over(running, slow, now, at),
        later=_quick().submit,
        asker=world.sending,
    )
    running = Running(Conductor(interview, floor, doors), floor, world, seen=time.monotonic())
    return running


def _record_on(running: Running) -> None:
    if isinstance(running.floor, VoiceFloor):
        record_on(running.world, running.floor, running.conductor)


def _set_going(running: Running) -> None:
    interview, floor, offline = running.interview, running.floor, resources.scorers()[0]
    for planned in interview.state.plan.rounds[interview.state.round :]:
        ask = Answer(planned.question, ())
        _slow().submit(partial(offline.score, ask))  # embeds the key points while they read
    if isinstance(floor, TypedFloor):
        running.conductor.begin()
    elif interview.rounds:
        _record_on(running)
    else:
        floor.open(running.world.new_path(interview, 0))
    _caretaker().wake()


def _floor(interview: Interview, world: World) -> TypedFloor | VoiceFloor:
    if interview.mode != "typed":
        video = interview.mode == "camera"
        longest, paused = resources.settings().recording_seconds, world.listen_while_paused
        return VoiceFloor(interview.id, video, partial(world.listen, video=video), longest, paused)
    drafts, person, key = world.store.drafts, interview.candidate_id, interview_key(interview.id)
    return TypedFloor(drafts.find(person, key), partial(drafts.put, person, key))


def _round_over(running: Running, slow: Supervised, interview: Interview, at: int) -> None:
    attempt_id, floor = interview.rounds[at].attempt_id, running.floor
    running.scoring.add(attempt_id)
    finish = None
    if isinstance(floor, VoiceFloor):
        following = running.world.new_path(interview, at + 1) if len(interview.rounds) > at + 1 else None
        finish = floor.cut(following)
    done = partial(running.scoring.discard, attempt_id)
    slow.submit(
        partial(write_down, running.world, interview, at, finish, done),
        partial(running.conductor.failed, "round"),
    )
