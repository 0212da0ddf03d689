"""Records an answer from the browser's camera and microphone over WebRTC; only `webrtc_inside` knows it too.

The browser shows its own picture and sends it; nothing comes back. Ask for consent before calling `show`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.live import captures
from analysis.live.captures import CameraState, Capture
from analysis.live.frame_feed import Feed
from analysis.media import LONGEST_SECONDS, AudioTap, RecordingFacts, VideoTap
from data.domain.in_words import clock
from data.ice import ice_configuration, with_time_limited_credentials
from data.settings import IceServer
from pages.entrance.streamlit_inside import browser_session
from pages.widgets import pulse, resources
from pages.widgets.answer import self_view, webrtc_inside
from pages.widgets.plain import plain

VIDEO = {"width": {"ideal": 640}, "height": {"ideal": 480}, "frameRate": {"ideal": 30, "max": 30}}
AUDIO = {"echoCancellation": True, "noiseSuppression": True, "autoGainControl": True}
TICK_SECONDS = 1.0

_LABELS = {
    "start": "Start recording",
    "stop": "Stop",
    "select_device": "Choose camera and microphone",
    "media_api_not_available": "This address cannot use the camera. Open the app over https or on localhost.",
    "device_ask_permission": "Allow the camera and the microphone in the browser's question.",
    "device_not_available": "No camera or microphone was found. Connect one, or answer by typing.",
    "device_access_denied": "The browser was told not to use the camera or microphone. Allow them beside the "
    "address, then reload; or answer by typing.",
}


def servers() -> tuple[IceServer, ...]:
    """STUN and TURN servers for this candidate, with time-limited credentials where a secret is shared."""
    configured = resources.settings()
    return with_time_limited_credentials(
        configured.ice_servers, configured.turn_secret, resources.candidate_id(), datetime.now(UTC)
    )


def show(
    key: str,
    path: Path,
    *,
    video: bool,
    on_audio: AudioTap | None = None,
    on_video: VideoTap | None = None,
    desired_playing: bool | None = None,
    ice: Sequence[IceServer] = (),
    on_tick: Callable[[CameraState], None] | None = None,
    longest_seconds: float = LONGEST_SECONDS,
) -> CameraState:
    """Draw the camera for one answer and record it into `path` (`path`.part while it grows).

    `key` names the answer (its attempt id): the recording belongs to it, not to the browser session, and
    the taps given first stay. `desired_playing`: True starts once by itself, None waits for the button,
    False stops. At `longest_seconds` it ends. `on_tick` draws the page's own status once a second (a
    fragment). The page reruns by itself when the phase of the returned state changes.
    """
    make = partial(
        Capture, path, video=video, on_audio=on_audio, on_video=on_video, longest_seconds=longest_seconds
    )
    capture, owner = captures.obtain(key, make), browser_session()
    state = capture.state(owner)
    if state.elsewhere:
        st.info("This answer is being recorded in another tab. Go on there, or close that tab first.")
    elif not (state.ended or state.blocked):
        press = _LABELS["start"] if desired_playing else None
        problem = self_view.show(f"self view {key}", press)
        playing = _stream(key, capture, video=video, desired_playing=desired_playing, ice=ice)
        state = replace(capture.state(owner, playing), problem=problem)
    _watch(key, state, on_tick)
    return state


def state(key: str) -> CameraState:
    """How the recording of that key is going, without drawing anything."""
    capture = captures.find(key)
    return capture.state(browser_session()) if capture else CameraState("waiting")


def finish(key: str) -> RecordingFacts:
    """End the recording and let the camera go; safe to call again.

    Raises RehearseError when nothing was recorded.
    """
    try:
        return captures.finish(key)
    finally:
        context: Any = st.session_state.get(_widget(key))
        if context is not None:
            webrtc_inside.hang_up(context)


def _stream(
    key: str, capture: Capture, *, video: bool, desired_playing: bool | None, ice: Sequence[IceServer]
) -> bool:
    from streamlit_webrtc import WebRtcMode, webrtc_streamer

    before: Any = st.session_state.get(_widget(key))
    if before is not None:
        webrtc_inside.survive_interrupted_runs(before)
    labels: Any = _LABELS
    feed: Any = partial(feed_of, capture, browser_session())
    try:
        context = webrtc_streamer(
            key=_widget(key),
            mode=WebRtcMode.SENDONLY,
            rtc_configuration=ice_configuration(ice),
            media_stream_constraints={"video": VIDEO if video else False, "audio": AUDIO},
            desired_playing_state=False if desired_playing is False else None,
            in_recorder_factory=feed,
            video_html_attrs={"autoPlay": True, "muted": True, "controls": False, "style": {"width": "100%"}},
            audio_html_attrs={"autoPlay": True, "muted": True, "controls": False},
            translations=labels,
        )
    except webrtc_inside.never_connected():
        capture.give_up()
        return False
    return bool(context.state.playing)


def feed_of(capture: Capture, session: str) -> Feed:
    """What WebRTC feeds, as long as it is worth waiting for.

    Runs of the page that waited for one offer would otherwise each wait for it in turn, for 10 s.
    """
    if capture.state().blocked:
        raise webrtc_inside.never_connected()("This connection was given up.")
    return capture.connect(session)


def _watch(key: str, drawn: CameraState, on_tick: Callable[[CameraState], None] | None) -> None:
    owner = browser_session()

    @st.fragment(run_every=None if drawn.ended else TICK_SECONDS)
    def watch() -> None:
        capture = captures.find(key)
        now = capture.state(owner) if capture else drawn
        if not drawn.ended:
            pulse.beat()
        if (now.phase, now.elsewhere) != (drawn.phase, drawn.elsewhere):
            st.rerun()
        _line(now)
        if on_tick is not None:
            on_tick(now)

    watch()


def _line(now: CameraState) -> None:
    if now.phase == "connecting":
        st.caption("Connecting to your browser ...")
    elif now.phase == "recording" and now.held:
        st.caption("Paused · nothing is recorded")
    elif now.phase == "recording":
        st.caption(f"● Recording · {clock(now.seconds)}")
    elif now.phase == "paused":
        st.warning("Nothing is arriving from your browser. It is tried again for 5 seconds.")
    elif now.phase == "ended":
        st.info(f"The recording ended at {clock(now.seconds)} and is kept.")
    if now.error is not None:
        st.error(plain(now.error))
    elif now.notice:
        st.caption(plain(now.notice))
    elif now.dropped_video or now.dropped_audio:
        st.caption(f"This machine is busy: {now.dropped_video:d} pictures were left out to keep the sound.")


def _widget(key: str) -> str:
    return f"camera {key}"
