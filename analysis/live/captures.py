"""The answers being recorded right now, for the whole process: a reload, a second tab or a page change
in the browser does not lose them. No Streamlit in here; WebRTC's own threads call in.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from analysis.live.frame_feed import Feed
from analysis.media import LONGEST_SECONDS, AudioTap, Recorder, RecordingFacts, Unrecorded, VideoTap
from data.domain import RehearseError

CONNECT_SECONDS = 9.0
"""A connection that has brought no frame for this long is blocked (firewall, no TURN server): the page then
says so within ten seconds."""
FRESH_SECONDS = 1.5
"""Frames younger than this mean that a browser is sending."""
HELD_BACK_SECONDS = 0.06
"""aiortc hands a 20 ms packet of sound over when three more have come (jitter buffer, prefetch 4).

Measured from browser to file: sound came 75 ms after its picture without this, 15 ms with it.
"""
HOLD_SECONDS = 1800.0
"""How long a recording that is held waits before it ends by itself."""
KEPT_SECONDS = 3600.0
"""How long a finished answer can still be asked about."""

Phase = Literal["waiting", "connecting", "recording", "paused", "blocked", "ended"]
"""paused: frames stopped less than 5 s ago, a reload may bring them back; ended: the file is finished."""


@dataclass(frozen=True, slots=True)
class CameraState:
    """How one answer's recording is going. `elsewhere`: another tab is recording it."""

    phase: Phase
    playing: bool = False
    elsewhere: bool = False
    held: bool = False
    """Whether nothing is recorded although a browser is sending (a pause)."""
    seconds: float = 0.0
    video_frames: int = 0
    audio_seconds: float = 0.0
    dropped_video: int = 0
    dropped_audio: int = 0
    skipped_by_analysis: int = 0
    began: float | None = None
    """`time.monotonic()` at second 0 of the recording, moved by what was cut out of it since; None before
    the first frame."""
    error: RehearseError | None = None
    """What stopped the recorder (a full disk ...)."""
    notice: str = ""
    """What is not recorded, in a sentence; "" when all is."""
    problem: str = ""
    """What keeps the browser from opening camera or microphone, in plain words; "" when nothing does."""

    @property
    def recording(self) -> bool:
        """Whether frames are arriving."""
        return self.phase == "recording"

    @property
    def blocked(self) -> bool:
        """Whether WebRTC cannot connect: record in the browser or upload instead."""
        return self.phase == "blocked"

    @property
    def ended(self) -> bool:
        """Whether the recording is finished (5 s without frames, `finish`, or an error)."""
        return self.phase == "ended"


class Capture:
    """One answer: its recorder, and who is sending. Thread-safe."""

    def __init__(
        self,
        path: Path,
        *,
        video: bool,
        on_audio: AudioTap | None,
        on_video: VideoTap | None,
        longest_seconds: float = LONGEST_SECONDS,
    ) -> None:
        """Nothing is opened before a browser connects."""
        self.path = path
        self.touched = time.monotonic()
        self._video = video
        self._longest = longest_seconds
        self._taps = (on_audio, on_video)
        self._lock = threading.Lock()
        self._recorder: Recorder | None = None
        self._finished = False
        self._owner = ""
        self._connected: float | None = None
        self._began: float | None = None
        self._last_frame: float | None = None
        self._held = False
        self._unrecorded: Unrecorded | None = None

    def connect(self, owner: str) -> Feed:
        """A browser offers its camera; returns what WebRTC feeds.

        A connection that was given up stays blocked until frames come: its offer may be taken up late.
        """
        with self._lock:
            self._owner, self.touched = owner, time.monotonic()
            if self._phase(self.touched) != "blocked":
                self._connected = self.touched
            if self._recorder is None and not self._finished:
                self._recorder = self._recording()
            if self._recorder is not None:
                self._recorder.expect(3 * CONNECT_SECONDS)
            return Feed(self._receive)

    def cut(self, path: Path, *, on_audio: AudioTap | None, on_video: VideoTap | None) -> Recorder | None:
        """Go on in another file, over the same connection; what recorded so far is the caller's to close."""
        with self._lock:
            before, self.path, self._taps = self._recorder, path, (on_audio, on_video)
            self._began = None
            self._recorder = self._recording()
            return before

    def _recording(self) -> Recorder:
        on_audio, on_video = self._taps
        return Recorder(
            self.path,
            video=self._video,
            on_audio=on_audio,
            on_video=on_video,
            longest_seconds=self._longest,
        )

    def hold(self, held: bool, listen: AudioTap | None = None) -> None:
        """Record nothing for a while: what is not recorded becomes silence in the file.

        `listen` is given the sound meanwhile; it is written nowhere.
        """
        with self._lock:
            self._held = held
            before, self._unrecorded = self._unrecorded, Unrecorded(listen) if held and listen else None
            if before is not None:
                before.close()
            if self._recorder is not None:
                self._recorder.expect(HOLD_SECONDS if held else 3 * CONNECT_SECONDS)

    @property
    def has_recorder(self) -> bool:
        """Whether a browser has connected, so that there is something to finish."""
        return self._recorder is not None

    def give_up(self) -> None:
        """The connection could not be made; nothing more is waited for."""
        with self._lock:
            if self._last_frame is None:
                self._connected = float("-inf")

    def finish(self) -> RecordingFacts:
        """End the recording; safe to call again. Raises RehearseError when nothing was recorded."""
        with self._lock:
            self._finished, recorder = True, self._recorder
        if recorder is None:
            raise RehearseError("Nothing was recorded.", "Press Start and allow the camera, then answer.")
        return recorder.close()

    def state(self, owner: str = "", playing: bool = False) -> CameraState:
        """How it is going, as seen by the browser session `owner`."""
        with self._lock:
            recorder, phase = self._recorder, self._phase(time.monotonic())
            elsewhere = phase == "recording" and bool(owner) and owner != self._owner
        if recorder is None:
            return CameraState(phase, playing)
        status = recorder.status
        return CameraState(
            phase=phase,
            playing=playing,
            elsewhere=elsewhere,
            held=self._held,
            seconds=status.seconds,
            video_frames=status.video_frames,
            audio_seconds=status.audio_seconds,
            dropped_video=status.dropped_video,
            dropped_audio=status.dropped_audio,
            skipped_by_analysis=status.skipped_by_taps,
            began=None if self._began is None else self._began + status.cut_seconds,
            error=status.error,
            notice=status.notice,
        )

    def _phase(self, now: float) -> Phase:
        if self._finished or (self._recorder is not None and self._last_frame and self._recorder.closed):
            return "ended"
        if self._last_frame is not None:
            return "recording" if now - self._last_frame < FRESH_SECONDS else "paused"
        if self._connected is None:
            return "waiting"
        return "connecting" if now - self._connected < CONNECT_SECONDS else "blocked"

    def _receive(self, kind: str, frame: Any) -> None:
        now = time.monotonic()
        self._last_frame = self.touched = now
        arrived = now if kind == "video" else now - HELD_BACK_SECONDS
        recorder = self._recorder
        if recorder is None:
            return
        if self._held:
            unrecorded = self._unrecorded
            if kind == "audio" and unrecorded is not None:
                unrecorded.offer(frame)
            recorder.expect(HOLD_SECONDS)  # frames it still had in hand would let it end by itself
            return
        self._began = arrived if self._began is None else self._began
        if kind == "video":
            recorder.write_video(frame, arrived)
        else:
            recorder.write_audio(frame, arrived)


_captures: dict[str, Capture] = {}
_lock = threading.Lock()


def growing() -> tuple[Capture, ...]:
    """Every recording of this process that has not ended."""
    with _lock:
        return tuple(one for one in _captures.values() if not one.state().ended)


def find(key: str) -> Capture | None:
    """The capture of that key, if this process has it."""
    return _captures.get(key)


def state(key: str) -> CameraState:
    """How the recording of that key is going, seen from no browser in particular."""
    capture = find(key)
    return capture.state() if capture else CameraState("waiting")


def finish(key: str) -> RecordingFacts:
    """End the recording of that key; safe to call again. Raises RehearseError when nothing was recorded."""
    capture = find(key)
    if capture is None:
        raise RehearseError(
            "This answer is not being recorded any more.", "Open it under unfinished answers."
        )
    return capture.finish()


def obtain(key: str, make: Callable[[], Capture]) -> Capture:
    """The capture of that key, made when there is none; forgets those that ended long ago."""
    with _lock:
        limit = time.monotonic() - KEPT_SECONDS
        for old in [name for name, capture in _captures.items() if capture.touched < limit]:
            del _captures[old]
        if key not in _captures:
            _captures[key] = make()
        return _captures[key]


def forget(key: str) -> None:
    """Drop a capture, so that the same key can start anew."""
    with _lock:
        _captures.pop(key, None)
