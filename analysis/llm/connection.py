"""The only home of `openai`: one client for chat, transcription and speech, and the errors it raises.

Import it inside the function that calls: the library takes a second to load, and most people never need it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import openai as openai

from data.domain import RehearseError

if TYPE_CHECKING:
    import httpx2


def connect(
    base_url: str | None,
    api_key: str | None,
    timeout_seconds: float,
    retries: int = 0,
    transport: httpx2.BaseTransport | None = None,
) -> openai.OpenAI:
    """A client for any OpenAI-compatible server; no address means OpenAI's own. Contacts nobody.

    `transport` lets tests and proxies stand in for the network. Raises `RehearseError` for a key that
    cannot be sent.
    """
    import httpx2

    if api_key and not all("!" <= char <= "~" for char in api_key):
        raise RehearseError(
            "The key holds a character that no key has, like a curly quote or a line break.",
            "Copy the key once more, without anything around it.",
        )

    return openai.OpenAI(
        base_url=base_url or None,
        api_key=api_key or "none",
        timeout=timeout_seconds,
        max_retries=retries,
        http_client=httpx2.Client(transport=transport) if transport is not None else None,
    )
