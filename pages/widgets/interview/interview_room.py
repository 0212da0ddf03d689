"""The interview while it runs: the question always in sight, the conversation, the time, and the controls."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import streamlit as st

from analysis.interview.keeping.kept_interview import Interview
from analysis.live import captures
from analysis.live.captures import CameraState
from analysis.live.interview_running import Running, tell_of_recording, write
from analysis.live.room_screen import screen_of, whose_turn
from analysis.live.typed_floor import TypedFloor
from analysis.live.voice_floor import VoiceFloor
from analysis.written.drafts import interview_key
from data.domain import RehearseError
from pages.widgets import draft_box, pulse, question_shown, resources
from pages.widgets.answer import camera, guided_setup, speak, writing
from pages.widgets.interview import (
    blocked_room,
    conversation,
    room_controls,
    room_line,
    round_feedback,
    sending_line,
)
from pages.widgets.settings import voice_settings

TICK_SECONDS = 1.0
_BEGINS = "The interview begins as soon as your microphone is heard."
_NOT_BEGUN = f"The interview has not begun. “{blocked_room.TITLE}” says how you can go on."


def show(interview_id: str) -> None:
    """Draw the running interview; it redraws itself and reruns the page when it is over."""
    running = resources.interviews().go_on(resources.world(guided_setup.calibration), interview_id)
    st.html(room_line.LOOK)
    left, right = st.columns([5, 3], gap="large")
    microphone = None
    with right:
        if isinstance(running.floor, VoiceFloor):
            microphone = _microphone(running, running.floor)
        _beside(running)
    with left:
        _live(running, microphone)
        if running.interview.state.dialogues and not _is_between(running.interview):
            writing.show(running.interview.state.current.question, running.conductor.wrote)


def _live(running: Running, microphone: CameraState | None) -> None:
    """`microphone` is its state as it is drawn beside this."""
    drawn = (*_part(running.interview), microphone is not None and microphone.blocked)
    unheard = microphone is not None and blocked_room.is_needed(microphone)

    @st.fragment(run_every=TICK_SECONDS)
    def live() -> None:
        pulse.beat()
        _advance(running)
        if running.interview.over:
            _hang_up(running)
        if (*_part(running.interview), _is_blocked(running)) != drawn:
            st.rerun()
        _draw(running, unheard=unheard)

    live()


def _part(interview: Interview) -> tuple[object, ...]:
    """What the page around the live part depends on."""
    return interview.over, len(interview.rounds), _is_between(interview)


def _is_blocked(running: Running) -> bool:
    floor = running.floor
    return isinstance(floor, VoiceFloor) and captures.state(floor.key).blocked


def _beside(running: Running) -> None:
    @st.fragment(run_every=TICK_SECONDS)
    def beside() -> None:
        interview = running.interview
        if interview.state.dialogues and not _is_between(interview):
            conversation.show(interview)
        sending_line.show(running)

    beside()


def _advance(running: Running) -> None:
    """Let time pass, while somebody can be heard."""
    if not resources.interviews().look(running) and not running.interview.over:
        st.rerun()  # it was left for good or erased meanwhile, and this page still shows it
    tell_of_recording(running)
    floor = running.floor
    if isinstance(floor, TypedFloor):
        running.conductor.tick()
    elif captures.state(floor.key).recording:
        if not running.conductor.begun:
            running.conductor.begin()
        running.conductor.tick()


def _hang_up(running: Running) -> None:
    if isinstance(running.floor, VoiceFloor):
        with suppress(RehearseError):  # nothing was recorded in the last part
            camera.finish(running.floor.key)


def _draw(running: Running, *, unheard: bool) -> None:
    interview = running.interview
    if not interview.state.dialogues:
        st.info(_NOT_BEGUN if unheard else _BEGINS)
        return
    if _is_between(interview):
        _between(running, interview)
        return
    screen, written = screen_of(interview), isinstance(running.floor, TypedFloor)
    room_line.time(screen)
    turn = st.container()
    room_line.line(screen, running.conductor.spoken)
    read_aloud = _read_aloud(running)
    with turn:
        room_line.turn(whose_turn(interview.state, read_aloud=read_aloud), written=written)
    if not written:
        room_line.heard(screen)
    _question(interview)
    if interview.state.clock.paused:
        room_controls.show(running)
        return
    if isinstance(running.floor, TypedFloor):
        _write(running, running.floor)
    room_controls.show(running)


def _read_aloud(running: Running) -> bool:
    """Draw the voice where it is wished; whether it may still be reading the newest line."""
    if not isinstance(running.floor, VoiceFloor) or not voice_settings.kept().aloud:
        return False
    said = running.conductor.spoken
    return speak.show(said.text, f"{running.interview.id}-{said.number}", auto=True, shown=False) is None


def _question(interview: Interview) -> None:
    question = interview.state.current.question
    with st.container(border=True, key="interview-question"):
        question_shown.with_heading(question)


def _write(running: Running, floor: TypedFloor) -> None:
    listening = running.interview.state.phase == "listening"
    label = "Your answer, or a question to the interviewer"
    key = f"box {interview_key(running.interview.id)}"
    keep = partial(write, running, floor)
    sent = draft_box.show(key, lambda: floor.draft, keep, enabled=listening, label=label, send="Send")
    if sent is not None and listening and sent.text.strip() and keep(sent):
        running.conductor.write(floor.last_words().text)
        st.rerun(scope="fragment")


def _is_between(interview: Interview) -> bool:
    """Whether a study or drill waits with what the last answer was worth, before the next question."""
    state = interview.state
    fresh = len(state.dialogue.turns) == 1 and state.round > 0
    return interview.feedback == "each" and state.clock.paused and fresh


def _between(running: Running, interview: Interview) -> None:
    """Study: what the last answer was worth, before the next question is shown."""
    round_feedback.show(interview, interview.state.round - 1)
    st.caption(room_controls.listening(running))
    with st.container(horizontal=True):
        st.button(
            "Next question",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=running.conductor.command,
            args=("resume",),
        )
        st.button("End here", on_click=running.conductor.command, args=("end",))


def _microphone(running: Running, floor: VoiceFloor) -> CameraState:
    """The camera's picture and state, which go on over all rounds."""
    state = camera.show(
        floor.key,
        floor.path,
        video=floor.video,
        desired_playing=True,
        ice=camera.servers(),
    )
    if blocked_room.is_needed(state):
        blocked_room.show(running, state)
    if state.ended and not running.interview.over and st.button("Connect again", type="primary"):
        st.rerun()
    return state
