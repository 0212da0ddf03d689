"""What a chat server answered, read by its kind: servers differ in where they put a reply and how they fail.

Nothing about the body is taken for granted. Either it gives texts in which a reply may stand, or it raises an
error that says why not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.llm.chat_errors import SETTINGS_REMEDY, ChatError

LONGEST_REASON = 200
LONGEST_NUMBER = 400
_UNKNOWN_FAULT = 503
"""The status of an error that has none of its own: it may be gone in a moment."""
_STATUS_OF_WORDS = {
    "rate_limit": 429,
    "quota": 429,
    "authentication": 401,
    "permission": 403,
    "not_found": 404,
    "invalid_request": 400,
}
_ASIDE = ("reasoning_content", "reasoning")
"""Where some servers put all of what a thinking model said, the reply included."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One completion. `texts` are where the reply may stand, the likeliest first; never empty."""

    texts: tuple[str, ...]
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cut_off: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens as a server counted them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class ToldError(Exception):
    """An error that a server told in the body of an answer of status 200."""

    def __init__(self, reason: str, status_code: int, headers: Mapping[str, str]) -> None:
        """Look like the library's error for that status."""
        super().__init__(reason)
        self.status_code = status_code
        self.response = _Response(headers)


@dataclass(frozen=True, slots=True)
class _Response:
    headers: Mapping[str, str] = field(default_factory=dict)


def read_completion(body: str, headers: Mapping[str, str] | None = None) -> Completion:
    """The completion in a body.

    Raises `ToldError` for an error in it, `ValueError` when it is not JSON, `ChatError` for anything else.
    """
    whole = parsed(body)
    choice = _choice(whole)
    raise_told(whole, choice, headers or {})
    message = of(choice, "message") or of(whole, "message")
    texts = tuple(text for text in _texts(choice, message) if text.strip())
    if choice is None and not texts:
        raise ChatError("unreadable", "The server's answer is not a chat completion.", SETTINGS_REMEDY)
    finish, spent = of(choice, "finish_reason"), spent_in(whole) or Spent()
    return Completion(
        texts or ("",),
        spent.prompt_tokens,
        spent.completion_tokens,
        finish == "length",
        bool(of(message, "refusal")) or _declines(of(message, "content")) or finish == "content_filter",
    )


def raise_told(whole: object, choice: object, headers: Mapping[str, str]) -> None:
    """Raises `ToldError` when there is an error in an answer of status 200."""
    for told in (of(whole, "error"), of(choice, "error")):
        if told:
            raise ToldError(_reason(told), _status(told), headers)


def spent_in(whole: object) -> Spent | None:
    """The tokens that an answer names; None when it names none."""
    spent = of(whole, "usage")
    if not isinstance(spent, Mapping):
        return None
    return Spent(_count(of(spent, "prompt_tokens")), _count(of(spent, "completion_tokens")))


def _declines(content: object) -> bool:
    parts = content if isinstance(content, list) else ()
    return any(of(part, "type") == "refusal" or bool(of(part, "refusal")) for part in parts)


def parsed(body: str) -> object:
    """JSON as anything sends it. Raises `ValueError`."""
    try:
        return json.loads(body, parse_int=_whole)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _whole(digits: str) -> int | None:
    """A whole number; None for one that is none: it stands where nothing is read, and costs no reply."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def of(node: object, name: str) -> Any:
    """What stands under a name, None where nothing does."""
    return node.get(name) if isinstance(node, Mapping) else None


def _choice(whole: object) -> Any:
    listed = of(whole, "choices")
    if isinstance(listed, Mapping):
        listed = list(listed.values())
    return listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], Mapping) else None


def _texts(choice: object, message: object) -> Iterator[str]:
    yield text_of(message if isinstance(message, str) else of(message, "content"))
    yield text_of(of(choice, "text"))
    calls = of(message, "tool_calls")
    for call in calls if isinstance(calls, list) else ():
        yield text_of(of(of(call, "function"), "arguments"))
    yield text_of(of(of(message, "function_call"), "arguments"))
    for name in _ASIDE:
        yield text_of(of(message, name))


def text_of(content: object) -> str:
    """A content as text: text, a list of parts without the thoughts among them, or the object itself."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(_part(part) for part in content)
    return json.dumps(content) if isinstance(content, Mapping) else ""


def _part(part: object) -> str:
    if isinstance(part, str):
        return part
    text = of(part, "text")
    return text_of(text if isinstance(text, str) else of(text, "value"))


def _count(value: object) -> int:
    """Tokens as a number, also when told as text; 0 when it is no number of tokens."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,12}", value):
        return int(value)
    known = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e12
    return int(value) if known and isinstance(value, int | float) else 0


def _reason(told: object) -> str:
    """The server's own words, in one printable line."""
    said = told if isinstance(told, str) else of(told, "message")
    text = said if isinstance(said, str) and said.strip() else json.dumps(told)
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())[:LONGEST_REASON]


def _status(told: object) -> int:
    for name in ("code", "status", "type"):
        value = of(told, name)
        if _count(value) in range(400, 600):
            return _count(value)
        named = next((code for word, code in _STATUS_OF_WORDS.items() if word in str(value).lower()), None)
        if named:
            return named
    return _UNKNOWN_FAULT
