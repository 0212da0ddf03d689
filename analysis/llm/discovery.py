"""Which language models are there: on this computer, and at an address. Only lists are asked for.

Both take the time a server needs, up to their limit: a page runs them in a `Beside`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

from analysis.llm.call_limits import Limits
from analysis.llm.chat_errors import ChatError
from analysis.llm.listing import TIMEOUT_SECONDS, Listed, list_models

LOOK_SECONDS = 0.8
"""For all of this computer together; what listens here answers in milliseconds."""
PLACES: tuple[tuple[str, str], ...] = (
    ("Ollama", "http://127.0.0.1:11434/v1"),
    ("LM Studio", "http://127.0.0.1:1234/v1"),
    ("llama.cpp", "http://127.0.0.1:8080/v1"),
    ("vLLM", "http://127.0.0.1:8000/v1"),
)
"""Where these programs listen unless told otherwise."""
_OWNERS = {"llamacpp": "llama.cpp", "vllm": "vLLM", "library": "Ollama", "lmstudio": "LM Studio"}
"""How programs name themselves as owner of a model; the port alone may be anybody's."""
_LOOPBACK = ("localhost", "127.", "[::1]", "::1", "0.0.0.0")


@dataclass(frozen=True, slots=True)
class Found:
    """A server and its models. `base_url` is the address that works, maybe longer than what was typed."""

    program: str
    base_url: str
    models: tuple[str, ...]


def look_on_this_computer(
    places: Sequence[tuple[str, str]] = PLACES, cancel: threading.Event | None = None
) -> tuple[Found, ...]:
    """The servers that answer on loopback with at least one model; never raises, ends within a second."""
    limits = Limits(cancel, time.monotonic() + LOOK_SECONDS)
    found: dict[int, Found] = {}

    def look(at: int, program: str, base_url: str) -> None:
        with httpx2.HTTPTransport(verify=False) as plain:  # http on loopback: no certificates to load
            try:
                listed = list_models(base_url, timeout_seconds=LOOK_SECONDS, limits=limits, transport=plain)
            except ChatError:
                return
        if listed:
            found[at] = Found(_program(listed, program), base_url, tuple(one.name for one in listed))

    lookers = [
        threading.Thread(target=look, args=(at, *place), name="look-for-models", daemon=True)
        for at, place in enumerate(places)
    ]
    for looker in lookers:
        looker.start()
    for looker in lookers:
        looker.join(max(0.0, limits.until + 0.1 - time.monotonic()))
    return tuple(found[at] for at in sorted(found))


def models_at(base_url: str, api_key: str = "", cancel: threading.Event | None = None) -> tuple[str, ...]:
    """The models that a server lists. Raises `ChatError` in words a user can act on."""
    return server_at(base_url, api_key, cancel).models


def server_at(typed: str, api_key: str = "", cancel: threading.Event | None = None) -> Found:
    """The server at an address as people type it: without http://, without /v1.

    Raises `ChatError` in words a user can act on.
    """
    address = with_scheme(typed)
    limits = Limits(cancel, time.monotonic() + TIMEOUT_SECONDS)
    try:
        return _found(address, list_models(address, api_key, limits=limits))
    except ChatError as first:
        longer = _longer(address)
        if longer is None or first.kind not in ("rejected", "unreadable"):
            raise
        try:
            return _found(longer, list_models(longer, api_key, limits=limits))
        except ChatError:
            raise first from None


def with_scheme(typed: str) -> str:
    """The address with http:// or https:// before it; what is on this computer speaks http."""
    address = typed.strip().rstrip("/")
    address = address.removesuffix("/chat/completions").removesuffix("/models")
    if "://" in address or not address:
        return address
    return f"{'http' if address.startswith(_LOOPBACK) else 'https'}://{address}"


def _longer(address: str) -> str | None:
    """The address with /v1, where it has no path yet."""
    try:
        split = urlsplit(address)
    except ValueError:
        return None
    return f"{address}/v1" if split.hostname and split.path in ("", "/") else None


def _found(base_url: str, listed: tuple[Listed, ...]) -> Found:
    return Found(_program(listed, ""), base_url, tuple(one.name for one in listed))


def _program(listed: Sequence[Listed], otherwise: str) -> str:
    named = (_OWNERS.get(one.owner.lower()) for one in listed)
    return next((name for name in named if name), otherwise)
