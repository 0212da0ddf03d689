"""What a finished recording says: its words and its signals, by the same code as a live answer."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from analysis import media
from analysis.signals.watching import Watching
from analysis.speech.listen import listen
from analysis.speech.transcribe import Transcriber
from data.domain import Calibration, SignalFrame, Speech, Transcript

NO_SOUND = "This recording has no sound, so there are no words to judge. Type the answer instead."
NO_PICTURE = "This recording has no picture, so eye contact and posture were not measured."


@dataclass(frozen=True, slots=True)
class Observation:
    """What was heard and seen in one answer."""

    speech: Speech
    frames: tuple[SignalFrame, ...] = ()
    notes: tuple[str, ...] = ()


def hear(recording: Path, transcriber: Transcriber) -> Speech:
    """The words of a recording. A recording without sound gives no words and a note."""
    facts = media.probe(recording)
    if not facts.has_audio:
        silent = Transcript((), engine="none")
        return Speech(silent, voiced=(), fillers=None, seconds=facts.seconds, notes=(NO_SOUND,))
    return listen(media.read_audio(recording), transcriber)


def watch(
    recording: Path, frames_per_second: float, calibration: Calibration | None = None
) -> tuple[SignalFrame, ...]:
    """The signals of a recording, a few frames a second; empty when it has no picture."""
    if not media.probe(recording).has_video:
        return ()
    with closing(Watching(calibration)) as measure:
        return tuple(
            measure(rgb, seconds) for seconds, rgb in media.read_frames(recording, frames_per_second)
        )


def observe(
    recording: Path,
    transcriber: Transcriber,
    *,
    frames_per_second: float,
    calibration: Calibration | None = None,
) -> Observation:
    """Words and signals of a recording.

    Raises RehearseError when the file is empty, truncated beyond reading or not a recording at all.
    """
    notes = () if media.probe(recording).has_video else (NO_PICTURE,)
    return Observation(
        speech=hear(recording, transcriber),
        frames=watch(recording, frames_per_second, calibration),
        notes=notes,
    )
