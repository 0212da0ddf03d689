"""What a speech server answered, read by its kind: the text always, its word times when they fit the text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.domain import Word
from data.domain.letters import visible

LANGUAGE_CODES = {"english": "en", "german": "de", "spanish": "es", "french": "fr", "italian": "it"}
_ENGLISH = ("en", "eng", "english")
LONGEST_REASON = 200
LATEST_SECONDS = 3600.0
"""A chunk has half a minute; a time far beyond is none."""


@dataclass(frozen=True, slots=True)
class Told:
    """A server's answer: the words, the language when it named one."""

    words: tuple[Word, ...]
    language: str | None


def read_told(body: str) -> Told:
    """The transcript in a body.

    `ValueError` when there is none; its text is the server's reason, if it gave one.
    """
    try:
        whole = json.loads(body, parse_int=_whole)
    except RecursionError as error:
        raise ValueError("") from error
    if not isinstance(whole, Mapping):
        raise ValueError("")
    text = _text(whole)
    if text is None:
        raise ValueError(_reason(whole.get("error")))
    return Told(_words(text, whole.get("words")), _language(whole.get("language")))


def _whole(digits: str) -> float:
    """Any whole number as it is compared with times; of thousands of digits it is infinite."""
    return float(digits)


def _text(whole: Mapping[str, Any]) -> str | None:
    text = whole.get("text")
    if text is None and isinstance(whole.get("segments"), list):
        parts = [part.get("text") for part in whole["segments"] if isinstance(part, Mapping)]
        text = " ".join(part for part in parts if isinstance(part, str))
    return _writable(text) if isinstance(text, str) else None


def _words(text: str, listed: object) -> tuple[Word, ...]:
    """The timed words when they are all of the text; otherwise the text, for no word may be lost."""
    timed = _timed(listed)
    if timed and (not text.strip() or _bare(text) == _bare(" ".join(word.text for word in timed))):
        return timed
    return tuple(Word(word) for word in text.split())


def _timed(listed: object) -> tuple[Word, ...]:
    """The server's words when all have sound times, else none."""
    timed: list[Word] = []
    for word in listed if isinstance(listed, list) else ():
        if not isinstance(word, Mapping):
            return ()
        text = word.get("word", word.get("text"))
        start, end = (_seconds(word.get(edge)) for edge in ("start", "end"))
        if not isinstance(text, str) or start is None or end is None:
            return ()
        if text.strip():
            timed.append(Word(_writable(text).strip(), start, end))
    return tuple(timed)


def _seconds(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < LATEST_SECONDS:
        return None
    return float(value)


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _language(name: object) -> str | None:
    """The code: servers say "english", "en", "en-US", "en_GB"; None when they say nothing."""
    if not isinstance(name, str):
        return None
    first = re.split(r"[^a-z]", name.strip().lower())[0]
    return "en" if first in _ENGLISH else LANGUAGE_CODES.get(first, first) or None


def _reason(error: object) -> str:
    said = error.get("message") if isinstance(error, Mapping) else error
    text = said if isinstance(said, str) else ""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())[:LONGEST_REASON]


def _writable(text: str) -> str:
    """Without half characters and control characters, which no file or database takes."""
    return visible("".join(char if ord(char) >= 32 else " " for char in text))
