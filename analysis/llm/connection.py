"""The only home of `openai`: one client for chat, transcription and speech, and the errors it raises.

Import it inside the function that calls: the library takes a second to load, and most people never need it.
"""

from __future__ import annotations

import httpx2
import openai as openai

from analysis.llm.bounded_client import LARGEST_REPLY_BYTES, BoundedClient, ReplyTooLargeError, check_key

LONGEST_ADDRESS = 200
"""Characters of a stranger's address that are shown."""


def connect(
    base_url: str | None,
    api_key: str | None,
    timeout_seconds: float,
    retries: int = 0,
    transport: httpx2.BaseTransport | None = None,
    largest_bytes: int = LARGEST_REPLY_BYTES,
) -> openai.OpenAI:
    """A client for any OpenAI-compatible server; no address means OpenAI's own. Contacts nobody.

    `transport` lets tests and proxies stand in for the network. Raises `RehearseError` for a key that
    cannot be sent.
    """
    check_key(api_key or "")
    client = BoundedClient(timeout_seconds, largest_bytes, transport)
    return openai.OpenAI(
        base_url=base_url or None,
        api_key=api_key or "none",
        timeout=client.timeout,
        max_retries=retries,
        http_client=client,
    )


def sent_elsewhere(error: BaseException) -> str | None:
    """The address that a server redirects to, where nothing was sent; None when it does not."""
    if not isinstance(error, openai.APIStatusError) or not 300 <= error.status_code < 400:
        return None
    pointed = error.response.headers.get("location", "")
    try:
        target = error.request.url.join(pointed)
    except (ValueError, TypeError, httpx2.InvalidURL):
        return "an address that cannot be read"
    shown = f"{target.scheme}://{target.host}{f':{target.port}' if target.port else ''}{target.path}"
    return "".join(char if char.isprintable() else " " for char in shown)[:LONGEST_ADDRESS]


def is_too_large(error: BaseException) -> bool:
    """Whether a server's answer was given up because of its size."""
    return any(isinstance(one, ReplyTooLargeError) for one in (error, error.__cause__))


def network_errors() -> tuple[type[Exception], ...]:
    """What is raised when a server fails: by the library, and by the network while a reply is arriving."""
    return (openai.APIError, httpx2.HTTPError)
