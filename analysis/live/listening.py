"""One answer while it is being given: words are transcribed and frames measured as they arrive.

The recording itself is written elsewhere (`analysis.media.Recorder`); everything here can fail without
losing a word, because `finish` falls back to the finished recording.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from analysis.answering.from_recording import Observation, hear
from analysis.media import pixels
from analysis.signals.sampler import Sampler
from analysis.signals.switches import Off
from analysis.signals.watching import Watching
from analysis.speech.configured_engine import make_transcriber
from analysis.speech.transcribe import Transcriber
from data.domain import Calibration, RehearseError, SignalFrame, Speech, Word
from data.settings import Settings

if TYPE_CHECKING:
    import av

PATIENCE_SECONDS = 120.0
"""How long the last words may take. Only the last chunk is left, so this is for a very busy machine."""
SILENT = 0.003
"""Loudest sample of a microphone that hears nothing (-50 dB); a quiet room is louder."""
SILENT_AFTER_SECONDS = 8.0
BUSY_SHARE = 0.2
"""From this share of frames left out on, the measurements are coarser than was asked for: say so."""
BUSY = "This machine was busy, so fewer camera frames were measured; the recording has them all."
SILENCE = "The microphone was silent: check that it is not muted and that the right one is chosen."
Samples = npt.NDArray[np.float32]


class Listener(Protocol):
    """Hears the answer while it is spoken (`analysis.speech.live_listener.LiveListener`)."""

    def feed(self, samples: Samples) -> None:
        """Take 16 kHz mono samples; never blocks."""

    def flush(self) -> int:
        """Have everything fed so far heard now."""

    def flushed(self, number: int, timeout: float) -> bool:
        """Wait for that flush; False when it takes longer than `timeout` seconds."""

    def partial_words(self) -> tuple[Word, ...]:
        """The words heard so far."""

    def finish(self, timeout: float) -> Speech:
        """Everything heard; RehearseError when that fails or takes longer than `timeout` seconds."""

    def close(self) -> None:
        """Give the memory back."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """The camera's side of an answer: frames are sampled, and the models closed at the end."""

    sampler: Sampler
    watching: Watching

    @property
    def left_out(self) -> float:
        """Share of the frames due that the machine had no time for."""
        return self.sampler.dropped / max(1, self.sampler.dropped + self.sampler.analysed)

    def notes(self) -> tuple[str, ...]:
        """What went less well than it should, in plain sentences."""
        failed = (self.sampler.note,) if self.sampler.note else ()
        return (*failed, BUSY) if self.left_out > BUSY_SHARE else failed

    def close(self) -> tuple[SignalFrame, ...]:
        """Stop, give the models back, and return all measured frames."""
        frames = self.sampler.close()
        self.watching.close()
        return frames


@dataclass(slots=True)
class Level:
    """How loud the microphone has been so far."""

    loudest: float = 0.0
    seconds: float = 0.0

    def hear(self, samples: Samples) -> None:
        """Take 16 kHz mono samples."""
        if samples.size:
            self.loudest = max(self.loudest, float(np.abs(samples).max()))
            self.seconds += samples.size / 16_000


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """The taps of one recording. `eyes` is None when the camera is off."""

    listener: Listener
    eyes: Eyes | None
    level: Level = field(default_factory=Level)

    def on_audio(self, samples: Samples) -> None:
        """Tap for the recorder: 16 kHz mono samples."""
        self.level.hear(samples)
        self.listener.feed(samples)

    def on_video(self, frame: av.VideoFrame, seconds: float) -> None:
        """Tap for the recorder: a frame that is only converted when it is analysed."""
        if self.eyes is not None:
            self.eyes.sampler.offer(partial(pixels, frame), seconds)

    @property
    def latest(self) -> SignalFrame | None:
        """The newest measured frame, for the calm "face found" status."""
        return self.eyes.sampler.latest if self.eyes else None

    @property
    def silent(self) -> bool:
        """Whether the microphone has been heard for a while and there was nothing in it."""
        return self.level.seconds > SILENT_AFTER_SECONDS and self.level.loudest < SILENT

    @property
    def busy(self) -> bool:
        """Whether the machine leaves out many of the frames that were to be analysed."""
        return self.eyes is not None and self.eyes.left_out > BUSY_SHARE

    def finish(self, recording: Path, transcriber: Transcriber) -> Observation:
        """Words and signals of the whole answer; from the recording when listening live failed."""
        frames = self.eyes.close() if self.eyes else ()
        notes = (*(self.eyes.notes() if self.eyes else ()), *((SILENCE,) if self.silent else ()))
        try:
            speech = self.listener.finish(PATIENCE_SECONDS)
        except RehearseError as failure:
            notes = (*notes, f"{failure.message} The words were taken from the recording instead.")
            speech = hear(recording, transcriber)
        finally:
            self.listener.close()
        return Observation(speech=speech, frames=frames, notes=notes)

    def close(self) -> None:
        """Stop without a result."""
        if self.eyes:
            self.eyes.close()
        self.listener.close()


def start_listening(
    settings: Settings, *, video: bool, off: Off, calibration: Calibration | None = None
) -> LiveAnswer:
    """The taps for one answer as configured; models load with the first sound and the first frame."""
    eyes = None
    if video:
        watching = Watching(calibration, off)
        eyes = Eyes(Sampler(watching, settings.frames_per_second), watching)
    return LiveAnswer(_listener(settings), eyes)


def listen_while_paused(settings: Settings) -> Listener | None:
    """Hears what is said while nothing is recorded, for a spoken "resume"; close it to forget all of it.

    None where a server outside does the listening: nothing is sent there in a pause.
    """
    return None if settings.stt_place else _listener(settings, fillers=False)


def _listener(settings: Settings, *, fillers: bool = True) -> Listener:
    from analysis.speech.live_listener import LiveListener

    return LiveListener(partial(make_transcriber, settings), fillers=fillers)
