"""The models a server lists, with what it tells about them. Loads no library, so that looking is quick."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from analysis.llm.bounded_client import BoundedClient, check_key
from analysis.llm.call_limits import Limits, within
from analysis.llm.chat_errors import ChatError
from analysis.llm.completion import of, parsed
from data.domain import RehearseError

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT_SECONDS = 10.0
MOST_MODELS = 1000
LONGEST_NAME = 200
CHECK_ADDRESS = "Check the address; it usually ends in /v1."
_CONTEXT = ("loaded_context_length", "n_ctx", "max_model_len", "context_length", "max_context_length")
"""Where servers put the context length, the one in use before the largest possible; below, inside `meta`."""
_TRAINED = "n_ctx_train"


@dataclass(frozen=True, slots=True)
class Listed:
    """One model of a list. Prices in US dollars per million tokens; None is what the server does not tell."""

    name: str
    owner: str = ""
    context_tokens: int | None = None
    price_in: float | None = None
    price_out: float | None = None


def list_models(
    base_url: str,
    api_key: str = "",
    *,
    timeout_seconds: float = TIMEOUT_SECONDS,
    limits: Limits | None = None,
    transport: httpx2.BaseTransport | None = None,
) -> tuple[Listed, ...]:
    """What the server lists, in its order. Raises `ChatError` in words a user can act on."""
    whole = told_at(f"{base_url.rstrip('/')}/models", api_key, timeout_seconds, limits, transport)
    return tuple(_read(whole))[:MOST_MODELS]


def told_at(
    address: str,
    api_key: str = "",
    timeout_seconds: float = TIMEOUT_SECONDS,
    limits: Limits | None = None,
    transport: httpx2.BaseTransport | None = None,
    ask: Mapping[str, Any] | None = None,
) -> object:
    """The JSON at an address, asked for with GET, or POST when there is something to `ask`."""
    try:
        check_key(api_key)
    except RehearseError as problem:
        raise ChatError("key", problem.message, problem.remedy) from problem
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    with ExitStack() as opened, within(limits or Limits()):
        client = BoundedClient(timeout_seconds, transport=transport)
        if transport is None:  # another's is left open
            opened.enter_context(client)
        try:
            request = client.build_request("POST" if ask else "GET", address, headers=headers, json=ask)
            answer = client.send(request)
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
            raise ChatError("rejected", "That is not the address of a server.", CHECK_ADDRESS) from error
        except httpx2.HTTPError as error:
            raise _silent(address, limits, error) from error
    return _accepted(answer, address)


def place_of(address: str) -> str:
    """What a person reads: host and port, without credentials and path."""
    try:
        split = urlsplit(address)
        host = "" if split.hostname is None else split.hostname
        return f"{host}:{split.port}" if split.port else host or "The server"
    except ValueError:
        return "The server"


def _accepted(answer: httpx2.Response, address: str) -> object:
    place, status = place_of(address), answer.status_code
    if status in (401, 403):
        raise ChatError("key", f"{place} did not accept the key.", "Copy the key once more.", status)
    if 300 <= status < 400:
        said = f"{place} sends us elsewhere. Nothing was sent there."
        raise ChatError("rejected", said, "If you trust the other address, enter that one.", status)
    if status == 503:
        said = f"{place} is not ready (status 503); it may be loading its model."
        raise ChatError("unreachable", said, "Try again in a moment.", status)
    if status >= 500:
        raise ChatError("unreachable", f"{place} failed (status {status}).", "Try again in a moment.", status)
    if status >= 400:
        raise ChatError(
            "rejected", f"{place} has no list of models (status {status}).", CHECK_ADDRESS, status
        )
    try:
        return parsed(answer.text)
    except ValueError as error:
        raise _not_a_list(place) from error


def _silent(address: str, limits: Limits | None, error: Exception) -> ChatError:
    if limits and limits.cancel and limits.cancel.is_set():
        return ChatError("cancelled", "It was cancelled.")
    place = place_of(address)
    if isinstance(error, httpx2.TimeoutException):
        return ChatError("unreachable", f"{place} did not answer in time.", "Is the server running there?")
    if isinstance(error, httpx2.DecodingError):
        return _not_a_list(place)
    return ChatError("unreachable", f"{place} could not be reached.", "Is the server running there?")


def _not_a_list(place: str) -> ChatError:
    return ChatError("unreadable", f"{place} answers, but not like a language model's server.", CHECK_ADDRESS)


def _read(whole: object) -> Iterator[Listed]:
    rows = whole if isinstance(whole, list) else of(whole, "data")
    rows = rows if isinstance(rows, list) else of(whole, "models")
    if not isinstance(rows, list):
        raise ChatError("unreadable", "The server answers with no list of models.", CHECK_ADDRESS)
    seen: set[str] = set()
    for row in rows:
        name = _name(row)
        if name and name not in seen:
            seen.add(name)
            yield _listed(name, row)


def _name(row: object) -> str:
    """As the server writes it; empty for what no server can have meant as a name."""
    for value in (row, of(row, "id"), of(row, "model"), of(row, "name")):
        if isinstance(value, str):
            return value if value.isprintable() and 0 < len(value.strip()) <= LONGEST_NAME else ""
    return ""


def _listed(name: str, row: object) -> Listed:
    owner, priced = of(row, "owned_by"), of(row, "pricing")
    return Listed(
        name,
        owner if isinstance(owner, str) else "",
        context_told(row),
        _per_million(of(priced, "prompt")),
        _per_million(of(priced, "completion")),
    )


def context_told(row: object) -> int | None:
    """The context length in tokens that a description names; None when it names none."""
    places = (row, of(row, "meta"), of(row, "default_generation_settings"))
    values = [of(place, name) for place in places for name in _CONTEXT]
    values += [of(of(row, "meta"), _TRAINED)]
    info = of(row, "model_info")  # as Ollama has it: {"llama.context_length": 131072}
    named = info.items() if isinstance(info, Mapping) else ()
    values += [value for name, value in named if str(name).endswith(".context_length")]
    return next((value for value in values if type(value) is int and 0 < value < 10**9), None)


def _per_million(value: object) -> float | None:
    """Dollars for a token, usually told as text, for a million."""
    try:
        price = float(value) if isinstance(value, str | int | float) else math.nan
    except (ValueError, OverflowError):
        return None
    return price * 1e6 if 0.0 <= price < 1.0 else None
