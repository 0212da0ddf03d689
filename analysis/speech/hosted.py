"""Speech to words on an OpenAI-compatible server. Used only when one is configured.

Asks for word times and settles for text. Every failure becomes a RehearseError, so that a chain can hand
over to the next engine.
"""

from __future__ import annotations

import io
import json
import wave
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.llm.spending import WHOLE_SERVER
from analysis.speech.glossary import terms_of
from analysis.speech.hosted_reply import Told, read_told
from analysis.speech.transcribe import RATE, Readiness, Samples
from data.domain import RehearseError, Transcript

if TYPE_CHECKING:
    import httpx2

    from analysis.llm.connection import openai

PLAIN_MODELS = ("gpt-transcribe",)
"""Models that answer JSON only, without times, and take `keywords` and `languages` for a prompt."""

TIMEOUT_SECONDS = 30.0
RETRIES = 1

WITHOUT_TIMES = frozenset({400, 406, 415, 422, 500, 501})
"""What servers answer that do not know `verbose_json`; some break on it."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where speech is sent: `place` in words; without an address it is OpenAI's own."""

    place: str
    base_url: str | None = field(repr=False)
    api_key: str | None = field(repr=False)
    transport: httpx2.BaseTransport | None = field(default=None, repr=False)
    """Stands in for the network in tests."""


class OpenAICompatible:
    """One model on one server. Nothing is sent before `transcribe`; `readiness` asks nobody."""

    def __init__(
        self,
        server: Server,
        model: str,
        timeout_seconds: float = TIMEOUT_SECONDS,
        retries: int = RETRIES,
        *,
        english: bool = False,
    ) -> None:
        """The client is made with the first call. `english`: the server is told so, and not asked."""
        self._server, self._model = server, model
        self._limits = (timeout_seconds, retries)
        self._english = english
        self._times = model not in PLAIN_MODELS
        self._client: openai.OpenAI | None = None

    @property
    def name(self) -> str:
        """The model as the server calls it."""
        return f"endpoint {self._model}"

    def readiness(self) -> Readiness:
        """Always ready: whether the server answers shows when it is asked."""
        return Readiness(True, f"Sound is sent to {self._server.place}, model {self._model}.")

    def told_english(self) -> OpenAICompatible:
        """The same model, told that what it hears is English."""
        return OpenAICompatible(self._server, self._model, *self._limits, english=True)

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        """Send one chunk as WAV. Times are None when the server gives none."""
        sound = ("answer.wav", _wav(samples), "audio/wav")
        told = self._with_times(sound, prompt) if self._times else None
        if told is None:
            told = self._ask(sound, **self._plain_options(prompt))
            self._times = False
        return Transcript(told.words, self.name, "en" if self._english else told.language)

    def _with_times(self, sound: tuple[str, bytes, str], prompt: str | None) -> Told | None:
        """None when the server does not give times: it is asked for text, and not for times again."""
        options: dict[str, Any] = {"prompt": prompt} if prompt else {}
        if self._english:
            options["language"] = "en"
        try:
            return self._ask(
                sound, response_format="verbose_json", timestamp_granularities=["word"], **options
            )
        except _RefusedError as refused:
            if getattr(refused.cause, "status_code", None) not in WITHOUT_TIMES:
                raise
            return None

    def _plain_options(self, prompt: str | None) -> dict[str, Any]:
        if self._model in PLAIN_MODELS:
            keywords = {"keywords": list(terms_of(prompt))} if prompt else {}
            return {"response_format": "json", "languages": ["en"], **keywords}
        told = {"language": "en"} if self._english else {}
        return {"response_format": "json", **({"prompt": prompt} if prompt else {}), **told}

    def _ask(self, sound: tuple[str, bytes, str], **options: Any) -> Told:
        from analysis.llm.connection import openai

        asking = self._connected().audio.transcriptions.with_raw_response
        try:
            with WHOLE_SERVER.timed("speech"):
                answer = asking.create(file=sound, model=self._model, **options)
        except openai.OpenAIError as error:
            raise _RefusedError(self.name, error) from error
        try:
            return read_told(answer.text)
        except ValueError as error:
            said = "" if isinstance(error, json.JSONDecodeError) else str(error)
            reason = f" ({said})" if said else ""
            raise RehearseError(
                f"The {self.name} answered something that is not a transcript{reason}.", _LATER
            ) from error

    def _connected(self) -> openai.OpenAI:
        from analysis.llm.connection import connect

        if self._client is None:
            server, (timeout, retries) = self._server, self._limits
            self._client = connect(server.base_url, server.api_key, timeout, retries, server.transport)
        return self._client


_LATER = "The recording is kept: use the local engine, type the answer, or try again later."


class _RefusedError(RehearseError):
    """The server did not give a transcript; `cause` is the library's error."""

    def __init__(self, name: str, cause: Exception) -> None:
        super().__init__(f"The {name} {_reason(cause)}.", _LATER)
        self.cause = cause


def _reason(error: Exception) -> str:
    """Plain words for what the server did; the library's own text may hold the key."""
    from analysis.llm.connection import is_too_large, openai, sent_elsewhere

    if (place := sent_elsewhere(error)) is not None:
        return (
            f"sends us elsewhere, to {place}; nothing was sent there. If you trust that address, set "
            "STT_BASE_URL to it"
        )
    if is_too_large(error):
        return "answered far more than a transcript can be"
    reasons: tuple[tuple[type[Exception], str], ...] = (
        (openai.AuthenticationError, "refused the key (401): check STT_API_KEY"),
        (openai.PermissionDeniedError, "refused access (403)"),
        (
            openai.NotFoundError,
            "does not know the model or the address (404): check STT_MODEL and STT_BASE_URL",
        ),
        (openai.RateLimitError, "is out of quota or asked too often (429)"),
        (openai.APITimeoutError, "did not answer in time"),
        (openai.APIConnectionError, "could not be reached"),
        (openai.InternalServerError, "failed on its side (5xx)"),
        (openai.APIResponseValidationError, "answered something that is not a transcript"),
    )
    return next((words for kind, words in reasons if isinstance(error, kind)), "refused the request")


def _wav(samples: Samples) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()
