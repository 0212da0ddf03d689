"""What a worker does to one answer. It is given all it needs as one value and gives one back: no database."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from analysis.answering import one_answer
from analysis.answering.from_recording import hear, watch
from analysis.media import probe
from analysis.scoring.reader import ReaderScorer
from analysis.signals.switches import Off
from data.domain import Assessment, AttemptResult, Calibration, Question, SignalFrame, Speech

Recording: TypeAlias = Path | bytes
"""A file that the worker can open, or what is in it, where the worker is another machine."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """An answer and its question."""

    result: AttemptResult
    question: Question


@dataclass(frozen=True, slots=True)
class ToMeasure:
    """A recording. Without `pictures` nothing is looked at, without `words` nothing is listened to."""

    recording: Recording
    pictures: bool
    words: bool
    off: Off = frozenset()
    calibration: Calibration | None = None
    frames_per_second: float = 5.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What a recording gave; None where it was not asked for."""

    frames: tuple[SignalFrame, ...] | None = None
    speech: Speech | None = None


def read_again(piece: ToRead) -> Assessment | None:
    """What the reader hears in the answer; None where there are no words. It needs no network."""
    answer = one_answer.answer_of(piece.result, piece.question)
    return ReaderScorer().score(answer) if answer.candidate_text.strip() else None


def measure_again(piece: ToMeasure) -> Measured:
    """Signals and words of a recording; `RehearseError` when it cannot be read."""
    with _on_disk(piece.recording) as path:
        facts = probe(path)
        frames = speech = None
        if piece.pictures:
            frames = watch(path, facts, piece.frames_per_second, piece.calibration, piece.off)
        if piece.words:
            speech = _heard(path)
        return Measured(frames, speech)


def _heard(path: Path) -> Speech:
    from analysis.speech.configured_engine import make_transcriber
    from data.settings import load_settings

    return hear(path, make_transcriber(load_settings(os.environ)))


@contextmanager
def _on_disk(recording: Recording) -> Iterator[Path]:
    if isinstance(recording, Path):
        yield recording
        return
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        path = Path(folder) / "recording.mp4"
        path.write_bytes(recording)
        yield path
