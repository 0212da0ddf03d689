"""The speech engine this installation is configured to use."""

from __future__ import annotations

from analysis.speech.chain import Chain, local_whisper
from analysis.speech.hosted import OpenAICompatible, Server
from analysis.speech.transcribe import Transcriber
from data.settings import Settings


def make_transcriber(settings: Settings) -> Transcriber:
    """The engines of this installation: a configured endpoint first, then the local model.

    Nothing is loaded or contacted before it is used. The typed answer comes last and needs no engine.
    """
    local = local_whisper(models_dir=settings.models_dir, model_dir=settings.stt_model_dir)
    if settings.stt_place is None:
        return local
    server = Server(settings.stt_place, settings.stt_base_url, settings.stt_api_key)
    return Chain([OpenAICompatible(server, settings.stt_model), local])
