"""The speech engine that the settings ask for."""

from __future__ import annotations

from analysis.speech.chain import local_whisper
from analysis.speech.transcribe import Transcriber
from data.settings import Settings


def make_transcriber(settings: Settings) -> Transcriber:
    """The engine of this installation; nothing is loaded or contacted before it is used."""
    return local_whisper(model_dir=settings.stt_model_dir)
