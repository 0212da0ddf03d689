"""Sounds that an engine writes down in brackets, like [BLANK_AUDIO] or (coughs): nobody said them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.domain import Word

_CLOSING = {"[": "]", "(": ")", "*": "*", "♪": "♪", "<": ">"}
MOST_WORDS = 6
"""A longer stretch in brackets is something that was said."""
_ENDS = ".,!?;:"
_INSIDE = re.compile(r"[^\W\d]+(?:[ '’\-][^\W\d]+)*")


def without_markers(words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """The words that were said, and the markers that were left out of them.

    Round brackets are also how an aside is written down, so they count as a marker only at an edge of what
    was heard or of a sentence, in small letters; what stands in the middle of a sentence is kept.
    """
    kept: list[Word] = []
    left_out: list[str] = []
    at = 0
    while at < len(words):
        size = _marker(words, at, kept)
        if size:
            left_out.append(" ".join(word.text for word in words[at : at + size]).rstrip(_ENDS))
        else:
            kept.append(words[at])
        at += size or 1
    return tuple(kept), tuple(left_out)


def _marker(words: Sequence[Word], at: int, kept: Sequence[Word]) -> int:
    """How many words from `at` on are a marker; 0 when none begins there."""
    opening = words[at].text[:1]
    if opening not in _CLOSING:
        return 0
    if not words[at].text.strip(f"♪{_ENDS}"):
        return 1
    for size in range(1, min(MOST_WORDS, len(words) - at) + 1):
        text = " ".join(word.text for word in words[at : at + size]).rstrip(_ENDS)
        if len(text) > 2 and text.endswith(_CLOSING[opening]):
            inside = text[1:-1].strip(" ♪|")
            if not _INSIDE.fullmatch(inside):
                return 0
            aside = opening == "(" and not _stands_alone(words, at, size, kept, inside)
            return 0 if aside else size
    return 0


def _stands_alone(words: Sequence[Word], at: int, size: int, kept: Sequence[Word], inside: str) -> bool:
    ends = at + size == len(words)
    if not kept:
        return ends or inside[1:] == inside[1:].lower()
    return (ends or kept[-1].text[-1:] in ".!?") and inside == inside.lower()
