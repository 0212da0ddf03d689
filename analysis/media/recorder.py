"""Records one answer as it arrives: own thread, own clock, a file that survives a crash."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from analysis.media.bounds import LONGEST_SECONDS, LiveBounds
from analysis.media.facts import RecorderStatus, RecordingFacts
from analysis.media.playback import for_playback
from analysis.media.probing import probe
from analysis.media.stream_clock import StreamClock
from analysis.media.taps import Tap
from analysis.media.writer import GrowingFile, UnfitError, write_error
from data.domain import RehearseError, panics_as_errors

if TYPE_CHECKING:
    import av

LOGGER = logging.getLogger(__name__)

AudioTap = Callable[[npt.NDArray[np.float32]], None]
"""Takes sound as 16 kHz mono in -1..1. Gaps arrive as silence: sample n is heard at n / 16000 seconds."""
VideoTap = Callable[["av.VideoFrame", float], None]
"""Takes a picture and its second on the recording's clock; called for the newest, old ones are skipped."""

MAX_VIDEO_WAITING = 60
"""Frames (2 s, 28 MB at 640x480) that may wait for the encoder before new ones are dropped."""
MAX_AUDIO_WAITING = 3_000
"""Sound frames (60 s, 12 MB) that may wait: sound is dropped last."""
ANALYSIS_STOPS_AT = 15
"""With this many pictures (half a second) waiting, analysis gets none: it is shed before the recording."""
DRAIN_SECONDS = 1.0
"""How long whoever ends an answer waits for its last words to be consumed by live analysis."""
IDLE_SECONDS = 5.0
"""Without a frame for this long the recording finishes itself."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    frame: Any
    arrived: float
    is_video: bool


class Recorder:
    """Writes `<path>.part` while frames arrive and renames it to `path` at the end. Thread-safe."""

    def __init__(
        self,
        path: Path,
        *,
        video: bool = True,
        audio: bool = True,
        width: int = 640,
        height: int = 480,
        on_audio: AudioTap | None = None,
        on_video: VideoTap | None = None,
        idle_seconds: float = IDLE_SECONDS,
        patience_seconds: float | None = None,
        longest_seconds: float = LONGEST_SECONDS,
    ) -> None:
        """Start waiting for frames; the file appears with the first.

        `patience_seconds` is how long the first frame may take (None: for ever). At `longest_seconds` the
        recording ends itself.
        """
        self.path = path
        self._part = part_path(path)
        self._shape = (video, audio, width, height)
        self._idle_seconds = idle_seconds
        self._deadline = None if patience_seconds is None else time.monotonic() + patience_seconds
        self._audio_tap = Tap(on_audio, keep=600) if on_audio else None
        self._video_tap = Tap(on_video, keep=1) if on_video else None
        self._clocks = (StreamClock(), StreamClock())
        self._bounds = LiveBounds(longest_seconds)
        self._file: GrowingFile | None = None
        self._facts: RecordingFacts | None = None
        self._error: RehearseError | None = None
        self._queue: deque[_Waiting] = deque()
        self._waiting = [0, 0]
        self._dropped = [0, 0]
        self._ending = False
        self._wake = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=f"recorder {path.name}", daemon=True)
        self._thread.start()

    def write_video(self, frame: av.VideoFrame, arrived_seconds: float) -> None:
        """Hand over a picture; `arrived_seconds` is on any one steady clock, the same for sound."""
        self._put(_Waiting(frame, arrived_seconds, is_video=True))

    def write_audio(self, frame: av.AudioFrame, arrived_seconds: float) -> None:
        """Hand over sound."""
        self._put(_Waiting(frame, arrived_seconds, is_video=False))

    def expect(self, seconds: float) -> None:
        """A connection is being made: do not finish for lack of frames before `seconds` have passed."""
        with self._wake:
            self._deadline = time.monotonic() + seconds

    @property
    def status(self) -> RecorderStatus:
        """How it is going; cheap, callable from any thread."""
        file, taps = self._file, [tap for tap in (self._audio_tap, self._video_tap) if tap]
        return RecorderStatus(
            seconds=file.seconds if file else 0.0,
            video_frames=file.video_frames if file else 0,
            audio_seconds=file.audio_seconds if file else 0.0,
            dropped_video=self._dropped[1],
            dropped_audio=self._dropped[0],
            skipped_by_taps=sum(tap.skipped for tap in taps),
            closed=self.closed,
            error=self._error,
            notice=self._bounds.notice,
            cut_seconds=self._bounds.cut_seconds,
        )

    @property
    def closed(self) -> bool:
        """Whether the file is finished."""
        return not self._thread.is_alive()

    def close(self) -> RecordingFacts:
        """Write what has arrived, finish the file, and say what is in it. Safe to call again.

        Raises RehearseError when nothing was recorded.
        """
        with self._wake:
            self._ending = True
            self._wake.notify()
        self._thread.join()
        if self._facts is None:
            raise self._error or RehearseError(
                "No picture or sound arrived, so nothing was recorded.",
                "Check the camera and the microphone, then start again.",
            )
        return self._facts

    def _put(self, item: _Waiting) -> None:
        limit = MAX_VIDEO_WAITING if item.is_video else MAX_AUDIO_WAITING
        with self._wake:
            if self._ending:
                return
            unfit = item.is_video and not self._bounds.admits(item.frame, item.arrived)
            if self._error or unfit or self._waiting[item.is_video] >= limit:
                self._dropped[item.is_video] += 1
                return
            self._queue.append(item)
            self._waiting[item.is_video] += 1
            self._wake.notify()

    def _next(self) -> _Waiting | None:
        with self._wake:
            while not self._queue:
                limit = self._time_left()
                if self._ending or (limit is not None and limit <= 0):
                    self._ending = True
                    return None
                self._wake.wait(limit)
            item = self._queue.popleft()
            self._waiting[item.is_video] -= 1
            self._deadline = time.monotonic() + self._idle_seconds
            return item

    def _time_left(self) -> float | None:
        return None if self._deadline is None else self._deadline - time.monotonic()

    def _run(self) -> None:
        try:
            with panics_as_errors():
                while item := self._next():
                    self._write(item)
        except Exception as failure:  # thread boundary: whatever happens, what was recorded is kept
            self._error = _told(self.path, failure)
        self._finish()

    def _write(self, item: _Waiting) -> None:
        if self._file is None:
            video, audio, width, height = self._shape
            self._file = GrowingFile(self._part, video=video, audio=audio, width=width, height=height)
        seconds = self._seconds(item)
        try:
            self._write_into(self._file, item, seconds)
        except UnfitError as unfit:
            LOGGER.warning("%s: %s", self.path.name, unfit)
            self._bounds.leave_out("A picture" if item.is_video else "Sound")
            self._dropped[item.is_video] += 1

    def _write_into(self, file: GrowingFile, item: _Waiting, seconds: float) -> None:
        if not item.is_video:
            for piece in file.write_audio(item.frame, seconds):
                if self._audio_tap:
                    self._audio_tap.offer(piece)
            return
        file.write_video(item.frame, seconds)
        if self._video_tap and self._waiting[True] >= ANALYSIS_STOPS_AT:
            self._video_tap.skipped += 1
        elif self._video_tap:
            self._video_tap.offer(item.frame, seconds)

    def _seconds(self, item: _Waiting) -> float:
        stamped = item.frame.pts is not None and item.frame.time_base is not None
        stamp = float(item.frame.pts * item.frame.time_base) if stamped else None
        return self._clocks[item.is_video].seconds(stamp, self._bounds.since_start(item.arrived))

    def _finish(self) -> None:
        for step in (self._close_file, self._keep_file):
            try:
                step()
            except Exception as failure:  # thread boundary: a full disk must not stop the renaming
                self._error = self._error or _told(self.path, failure)
        for tap in (self._audio_tap, self._video_tap):
            if tap:
                tap.close(DRAIN_SECONDS)

    def _close_file(self) -> None:
        if self._file is not None:
            self._file.close()

    def _keep_file(self) -> None:
        if self._part.exists():
            facts = probe(self._part)
            self._put_index_in_front()
            audio, video = self._dropped
            self._facts = replace(facts, path=self.path, dropped_video=video, dropped_audio=audio)

    def _put_index_in_front(self) -> None:
        """A browser seeks in half-second fragments only after reading them all; one index is quicker."""
        try:
            for_playback(self._part, self.path)
            self._part.unlink()
        except Exception:  # no room for a second copy, or whatever else: the fragments play too
            LOGGER.exception("The index of %s could not be put in front", self.path.name)
            self._part.replace(self.path)


def _told(path: Path, failure: Exception) -> RehearseError:
    LOGGER.error("The recording %s stopped", path.name, exc_info=failure)
    if isinstance(failure, RehearseError):
        return failure
    if isinstance(failure, OSError):
        return write_error(path, failure)
    return RehearseError(
        f"The recording stopped: {failure}.", "What came before it is kept. Start again to go on."
    )


def part_path(path: Path) -> Path:
    """Where a recording grows before it is whole."""
    return path.with_name(path.name + ".part")
