"""Words that a decoder made by going round in circles: nobody said them."""

from __future__ import annotations

import re
from collections import Counter

from analysis.speech.delivery import plain
from data.domain import Word

LOOPS = {size: 5 for size in range(1, 5)} | {size: 3 for size in range(5, 13)}
"""How often an n-gram of so many words comes in a row when it is the decoder, not the person."""

LONGEST_HELD = 30
_HELD = re.compile(r"(.{2,8}?)\1{6,}")
"""A syllable or two, seven times without a break."""

HURRIED_WORDS = 8
HURRIED_SECONDS = 0.4
"""So many words in so little time were said by nobody: five a second is fast."""


def loops(words: tuple[Word, ...]) -> bool:
    """Whether the decoder repeats or hurries words, or holds on a single letter, as no person does."""
    return len(without_loop(words)) < len(words)


def without_loop(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Keep the words up to a loop of the decoder; what follows cannot be believed either."""
    loop = first_loop(words)
    return words if loop is None else words[: loop.start]


def first_loop(words: tuple[Word, ...]) -> range | None:
    """Where the first loop stands, and how far it goes on."""
    texts = [plain(word.text) for word in words]
    for start in range(len(texts)):
        if _held(texts[start]) or _hurried(words[start : start + HURRIED_WORDS]):
            return range(start, len(texts))
        for size, times in LOOPS.items():
            if _repeats(texts, start, size, times):
                return range(start, _goes_on(texts, start + size * times, size))
    return None


def _goes_on(texts: list[str], stop: int, size: int) -> int:
    while stop < len(texts) and texts[stop] == texts[stop - size]:
        stop += 1
    return stop


def _repeats(texts: list[str], start: int, size: int, times: int) -> bool:
    stretch = texts[start : start + size * times]
    return len(stretch) == size * times and stretch == stretch[:size] * times


def _hurried(words: tuple[Word, ...]) -> bool:
    if len(words) < HURRIED_WORDS:
        return False
    start, end = words[0].start_seconds, words[-1].end_seconds
    return start is not None and end is not None and end - start < HURRIED_SECONDS


def _held(text: str) -> bool:
    """One letter or syllable held on: "aaaa", "A-a-a-a", "na-na-na-na", longer than any person stammers."""
    bare = "".join(char for char in text if char.isalnum())
    if len(text) <= LONGEST_HELD or not bare:
        return False
    return max(Counter(bare).values()) > len(bare) * 0.8 or bool(_HELD.search(bare))
