"""One answer while it is being given: words are transcribed and frames measured as they arrive.

The recording itself is written elsewhere (`analysis.media.Recorder`); everything here can fail without
losing a word, because `finish` falls back to the finished recording.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from analysis.recorded import Observation, hear
from analysis.speech.transcribe import Transcriber
from data.domain import RehearseError, SignalFrame, Speech

Samples = npt.NDArray[np.float32]


class Picture(Protocol):
    """A decoded frame (`av.VideoFrame`)."""

    def to_ndarray(self, *, format: str) -> npt.NDArray[np.uint8]:  # noqa: A002 - the library's word
        """Its pixels, H x W x 3."""


class Listener(Protocol):
    """Hears the answer while it is spoken (`analysis.speech.live.LiveListener`)."""

    def feed(self, samples: Samples) -> None:
        """Take 16 kHz mono samples; never blocks."""

    def finish(self) -> Speech:
        """Everything heard."""

    def close(self) -> None:
        """Give the memory back."""


class Watcher(Protocol):
    """Measures a few frames a second (`analysis.signals.sampler.Sampler`)."""

    @property
    def latest(self) -> SignalFrame | None:
        """The newest measured frame."""

    def offer(self, make_rgb: Callable[[], npt.NDArray[np.uint8]], seconds: float) -> None:
        """Take a frame or drop it; never blocks."""

    def close(self) -> tuple[SignalFrame, ...]:
        """Stop, and return all measured frames."""


@dataclass(slots=True)
class LiveAnswer:
    """The taps of one recording. `watcher` is None when the camera is off."""

    listener: Listener
    watcher: Watcher | None

    def on_audio(self, samples: Samples) -> None:
        """Tap for the recorder: 16 kHz mono samples."""
        self.listener.feed(samples)

    def on_video(self, frame: Picture, seconds: float) -> None:
        """Tap for the recorder: a frame that is only converted when it is analysed."""
        if self.watcher is not None:
            self.watcher.offer(lambda: frame.to_ndarray(format="rgb24"), seconds)

    @property
    def latest(self) -> SignalFrame | None:
        """The newest measured frame, for the calm "face found" status."""
        return self.watcher.latest if self.watcher else None

    def finish(self, recording: Path, transcriber: Transcriber) -> Observation:
        """Words and signals of the whole answer; from the recording when listening live failed."""
        frames = self.watcher.close() if self.watcher else ()
        notes: tuple[str, ...] = ()
        try:
            speech = self.listener.finish()
        except RehearseError as failure:
            notes = (f"{failure.message} The words were taken from the recording instead.",)
            speech = hear(recording, transcriber)
        finally:
            self.listener.close()
        return Observation(speech=speech, frames=frames, notes=notes)
