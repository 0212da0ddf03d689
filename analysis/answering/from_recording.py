"""What a finished recording says: its words and its signals, by the same code as a live answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from analysis import media
from analysis.signals.switches import METRICS, Off
from analysis.signals.watching import Watching
from analysis.speech.listen import listen
from analysis.speech.transcribe import Transcriber
from data.domain import Calibration, RehearseError, SignalFrame, Speech, Transcript

NO_SOUND = "This recording has no sound, so there are no words to judge. Type the answer instead."
NOT_HEARD = "The recording is kept: type what you said, and it can be scored."
NO_PICTURE = "This recording has no picture, so eye contact and posture were not measured."


@dataclass(frozen=True, slots=True)
class Observation:
    """What was heard and seen in one answer."""

    speech: Speech
    frames: tuple[SignalFrame, ...] = ()
    notes: tuple[str, ...] = ()


def hear(recording: Path, transcriber: Transcriber, facts: media.RecordingFacts | None = None) -> Speech:
    """The words of a recording. Without sound, or when no engine can hear it, no words and a note why."""
    facts = facts or media.probe(recording)
    if not facts.has_audio:
        return _wordless(facts.seconds, NO_SOUND)
    samples = media.read_audio(recording, seconds=facts.seconds)
    try:
        return listen(samples, transcriber)
    except RehearseError as failure:
        return _wordless(facts.seconds, f"{failure.message} {NOT_HEARD}")


def _wordless(seconds: float, note: str) -> Speech:
    return Speech(Transcript((), engine="none"), voiced=(), fillers=None, seconds=seconds, notes=(note,))


def watch(
    recording: Path,
    facts: media.RecordingFacts,
    frames_per_second: float,
    calibration: Calibration | None = None,
    off: Off = frozenset(),
) -> tuple[SignalFrame, ...]:
    """The signals of a recording, a few frames a second; empty when it has no picture or all is `off`."""
    if not facts.has_video or off >= METRICS.keys():
        return ()
    pictures = media.read_frames(recording, frames_per_second, facts.seconds)
    with closing(Watching(calibration, off)) as measure:
        return tuple(measure(rgb, seconds) for seconds, rgb in pictures)


def observe(
    recording: Path,
    transcriber: Transcriber,
    *,
    frames_per_second: float,
    off: Off,
    calibration: Calibration | None = None,
) -> Observation:
    """Words and signals of a recording, found side by side; what is `off` is not looked for.

    Raises RehearseError when the file is empty, truncated beyond reading or not a recording at all.
    """
    facts = media.probe(recording)
    notes = () if facts.has_video else (NO_PICTURE,)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="hear a recording") as beside:
        heard = beside.submit(hear, recording, transcriber, facts)
        frames = watch(recording, facts, frames_per_second, calibration, off)
        return Observation(speech=heard.result(), frames=frames, notes=notes)
