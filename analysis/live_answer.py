"""One answer while it is being given: words are transcribed and frames measured as they arrive.

The recording itself is written elsewhere (`analysis.media.Recorder`); everything here can fail without
losing a word, because `finish` falls back to the finished recording.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from analysis.media import pixels
from analysis.recorded import Observation, hear
from analysis.signals.sampler import Sampler
from analysis.signals.watching import Watching
from analysis.speech.configured import make_transcriber
from analysis.speech.transcribe import Transcriber
from data.domain import Calibration, RehearseError, SignalFrame, Speech
from data.settings import Settings

if TYPE_CHECKING:
    import av

PATIENCE_SECONDS = 120.0
"""How long the last words may take. Only the last chunk is left, so this is for a very busy machine."""
Samples = npt.NDArray[np.float32]


class Listener(Protocol):
    """Hears the answer while it is spoken (`analysis.speech.live.LiveListener`)."""

    def feed(self, samples: Samples) -> None:
        """Take 16 kHz mono samples; never blocks."""

    def finish(self, timeout: float) -> Speech:
        """Everything heard; RehearseError when that fails or takes longer than `timeout` seconds."""

    def close(self) -> None:
        """Give the memory back."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """The camera's side of an answer: frames are sampled, and the models closed at the end."""

    sampler: Sampler
    watching: Watching

    def close(self) -> tuple[SignalFrame, ...]:
        """Stop, give the models back, and return all measured frames."""
        frames = self.sampler.close()
        self.watching.close()
        return frames


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """The taps of one recording. `eyes` is None when the camera is off."""

    listener: Listener
    eyes: Eyes | None

    def on_audio(self, samples: Samples) -> None:
        """Tap for the recorder: 16 kHz mono samples."""
        self.listener.feed(samples)

    def on_video(self, frame: av.VideoFrame, seconds: float) -> None:
        """Tap for the recorder: a frame that is only converted when it is analysed."""
        if self.eyes is not None:
            self.eyes.sampler.offer(partial(pixels, frame), seconds)

    @property
    def latest(self) -> SignalFrame | None:
        """The newest measured frame, for the calm "face found" status."""
        return self.eyes.sampler.latest if self.eyes else None

    def finish(self, recording: Path, transcriber: Transcriber) -> Observation:
        """Words and signals of the whole answer; from the recording when listening live failed."""
        frames = self.eyes.close() if self.eyes else ()
        notes: tuple[str, ...] = ()
        if self.eyes and self.eyes.sampler.note:
            notes = (self.eyes.sampler.note,)
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


def start_listening(settings: Settings, *, video: bool, calibration: Calibration | None = None) -> LiveAnswer:
    """The taps for one answer as configured; models load with the first sound and the first frame."""
    from analysis.speech.live import LiveListener

    eyes = None
    if video:
        watching = Watching(calibration)
        eyes = Eyes(Sampler(watching, settings.frames_per_second), watching)
    return LiveAnswer(LiveListener(partial(make_transcriber, settings)), eyes)
