"""What a finished recording says: its words and its signals, by the same code as a live answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis import media
from analysis.speech.listen import listen
from analysis.speech.transcribe import Transcriber
from data.domain import SignalFrame, Speech, Transcript




@dataclass(frozen=True, slots=True)
class Observation:
    """What was heard and seen in one answer."""

    speech: Speech
    frames: tuple[SignalFrame, ...] = ()
    notes: tuple[str, ...] = ()
