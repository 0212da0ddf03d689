"""The interviewer's voice from an OpenAI-compatible server: text in, MP3 out. Only when one is configured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.llm.spending import WHOLE_SERVER
from data.domain import RehearseError
from data.settings import Settings

if TYPE_CHECKING:
    import httpx2

TIMEOUT_SECONDS = 20.0
LARGEST_BYTES = 20_000_000
"""Of sound for the longest text, also when a server does not pack it."""
LONGEST_CHARACTERS = 4000
"""What the servers take at once; no question is longer."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A voice on a server. `transport` stands in for the network in tests."""

    base_url: str | None = field(repr=False)
    api_key: str | None = field(repr=False)
    model: str
    voice: str
    transport: httpx2.BaseTransport | None = field(default=None, repr=False)

    def __call__(self, text: str) -> bytes:
        """The sound of a text as MP3. Raises RehearseError when the server gives none."""
        from analysis.llm.connection import connect, openai, sent_elsewhere

        client = connect(
            self.base_url,
            self.api_key,
            TIMEOUT_SECONDS,
            transport=self.transport,
            largest_bytes=LARGEST_BYTES,
        )
        try:
            with WHOLE_SERVER.timed("speech"):
                sound = client.audio.speech.create(
                    model=self.model, voice=self.voice, input=text[:LONGEST_CHARACTERS], response_format="mp3"
                ).content
        except openai.OpenAIError as error:
            if (place := sent_elsewhere(error)) is not None:
                raise RehearseError(
                    f"The voice server sends us elsewhere, to {place}. Nothing was sent there.",
                    "The browser's own voice reads the question instead. If you trust that address, set "
                    "TTS_BASE_URL to it.",
                ) from error
            # The library's own text may hold the key.
            said = getattr(error, "status_code", None) or type(error).__name__
            raise _silent(f"The voice server failed ({said})") from error
        if not sound or sound.lstrip()[:1] in (b"<", b"{"):
            raise _silent("The voice server answered something that is not sound")
        return sound


def configured_reader(settings: Settings) -> Reader | None:
    """The configured voice; None when the browser's own is used. Contacts nobody."""
    if settings.tts_place is None:
        return None
    return Reader(settings.tts_base_url, settings.tts_api_key, settings.tts_model, settings.tts_voice)


def _silent(what: str) -> RehearseError:
    return RehearseError(f"{what}.", "The browser's own voice reads the question instead.")
