"""Speech to words on an OpenAI-compatible server. Used only when one is configured.

Asks for word times and settles for text. Every failure becomes a RehearseError, so that a chain can hand
over to the next engine.
"""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.speech.glossary import terms_of
from analysis.speech.transcribe import RATE, Readiness, Samples
from data.domain import RehearseError, Transcript, Word

if TYPE_CHECKING:
    import httpx2

    from analysis.endpoint import openai

PLAIN_MODELS = ("gpt-transcribe",)
"""Models that answer JSON only, without times, and take `keywords` and `languages` for a prompt."""

TIMEOUT_SECONDS = 30.0
RETRIES = 1

LANGUAGE_CODES = {"english": "en", "german": "de", "spanish": "es", "french": "fr", "italian": "it"}


@dataclass(frozen=True, slots=True)
class Server:
    """Where speech is sent: `place` in words; without an address it is OpenAI's own."""

    place: str
    base_url: str | None
    api_key: str | None = field(repr=False)
    transport: httpx2.BaseTransport | None = field(default=None, repr=False)
    """Stands in for the network in tests."""


class OpenAICompatible:
    """One model on one server. Nothing is sent before `transcribe`; `readiness` asks nobody."""

    def __init__(
        self, server: Server, model: str, timeout_seconds: float = TIMEOUT_SECONDS, retries: int = RETRIES
    ) -> None:
        """The client is made with the first call."""
        self._server, self._model = server, model
        self._limits = (timeout_seconds, retries)
        self._times = model not in PLAIN_MODELS
        self._client: openai.OpenAI | None = None

    @property
    def name(self) -> str:
        """The model as the server calls it."""
        return f"endpoint {self._model}"

    def readiness(self) -> Readiness:
        """Always ready: whether the server answers shows when it is asked."""
        return Readiness(True, f"Sound is sent to {self._server.place}, model {self._model}.")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        """Send one chunk as WAV. Times are None when the server gives none."""
        sound = ("answer.wav", _wav(samples), "audio/wav")
        answer = self._with_times(sound, prompt) if self._times else None
        if answer is None:
            answer = self._ask(sound, **self._plain_options(prompt))
        return self._transcript(answer)

    def _with_times(self, sound: tuple[str, bytes, str], prompt: str | None) -> Any:
        """None when the server cannot give times (400): it is not asked for them again."""
        from analysis.endpoint import openai

        options: dict[str, Any] = {"prompt": prompt} if prompt else {}
        try:
            return self._ask(
                sound, response_format="verbose_json", timestamp_granularities=["word"], **options
            )
        except _RefusedError as refused:
            if not isinstance(refused.cause, openai.BadRequestError):
                raise
            self._times = False
            return None

    def _plain_options(self, prompt: str | None) -> dict[str, Any]:
        if self._model in PLAIN_MODELS:
            keywords = {"keywords": list(terms_of(prompt))} if prompt else {}
            return {"response_format": "json", "languages": ["en"], **keywords}
        return {"response_format": "json", **({"prompt": prompt} if prompt else {})}

    def _ask(self, sound: tuple[str, bytes, str], **options: Any) -> Any:
        from analysis.endpoint import openai

        try:
            return self._connected().audio.transcriptions.create(file=sound, model=self._model, **options)
        except openai.OpenAIError as error:
            raise _RefusedError(self.name, error) from error
        except ValueError as error:
            raise RehearseError(
                f"The {self.name} answered something that is not a transcript.", _LATER
            ) from error

    def _connected(self) -> openai.OpenAI:
        from analysis.endpoint import connect

        if self._client is None:
            server, (timeout, retries) = self._server, self._limits
            self._client = connect(server.base_url, server.api_key, timeout, retries, server.transport)
        return self._client

    def _transcript(self, answer: Any) -> Transcript:
        text = getattr(answer, "text", None)
        if not isinstance(text, str):
            raise RehearseError(f"The {self.name} answered something that is not a transcript.", _LATER)
        words = _timed(getattr(answer, "words", None))
        if words is None:
            words = tuple(Word(word) for word in text.split())
        return Transcript(words, self.name, _language(getattr(answer, "language", None)))


_LATER = "The recording is kept: use the local engine, type the answer, or try again later."


class _RefusedError(RehearseError):
    """The server did not give a transcript; `cause` is the library's error."""

    def __init__(self, name: str, cause: Exception) -> None:
        super().__init__(f"The {name} {_reason(cause)}.", _LATER)
        self.cause = cause


def _reason(error: Exception) -> str:
    """Plain words for what the server did; the library's own text may hold the key."""
    from analysis.endpoint import openai

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


def _timed(words: Any) -> tuple[Word, ...] | None:
    """The server's words when all have sound times, else None."""
    if not isinstance(words, list) or not words:
        return None
    timed = []
    for word in words:
        text, start, end = (getattr(word, name, None) for name in ("word", "start", "end"))
        if not isinstance(text, str) or not _seconds(start) or not _seconds(end):
            return None
        timed.append(Word(text.strip(), float(start or 0), float(end or 0)))
    return tuple(timed)


def _seconds(value: object) -> bool:
    return isinstance(value, int | float) and np.isfinite(value) and value >= 0


def _language(name: object) -> str | None:
    """Servers say "english" or "en"; None when they say nothing."""
    if not isinstance(name, str) or not name:
        return None
    return LANGUAGE_CODES.get(name.lower(), name.lower())


def _wav(samples: Samples) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()
