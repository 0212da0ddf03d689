"""Clauses of what was said: short stretches in the candidate's own words that a line can take up. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_WORDS = 14
FEWEST_WORDS = 3
ENOUGH_WORDS = 6
"""From here on a comma or a joining word ends a clause."""
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_ENDS = re.compile(r"[.!?;:]+(?=\s|$)|\n+|\s[–—-]\s")
_LINKS = frozenset(
    {"and", "so", "but", "because", "then", "which", "as", "since", "while", "although", "that's", "when"}
)
_LEADS_ON = frozenset(
    {
        *(
            "a",
            "an",
            "the",
            "of",
            "in",
            "on",
            "at",
            "to",
            "with",
            "for",
            "from",
            "by",
            "and",
            "or",
            "but",
            "so",
        ),
        *("that", "which", "is", "are", "as", "than", "if", "when", "my", "our", "your", "its", "their"),
    }
)
"""Words a clause cannot end on."""
_OPENERS = frozenset(
    {
        *("um", "uh", "well", "so", "and", "but", "because", "then", "or", "yeah", "yes", "okay", "ok"),
        *("honestly", "actually", "basically", "right", "now"),
        *("also", "maybe", "phew", "hm", "sorry", "no"),
    }
)
_THINKING = frozenset({"think", "mean", "guess", "suppose", "believe"})


def clauses(text: str) -> tuple[str, ...]:
    """The clauses in order, each three to twelve words of the text as they stand there."""
    return tuple(clause for start, end in _stretches(text) for clause in _cut(text[start:end]))


def short(clause: str, most_words: int) -> str:
    """The clause, or its beginning up to where it can end: before a new clause, or on a word of content."""
    words = list(_WORD.finditer(clause))
    if len(words) <= most_words:
        return clause
    ends = (at for at in range(most_words, FEWEST_WORDS, -1) if _begins(clause, words, at))
    last = next(ends, None) or _whole(words, 0, most_words)
    return clause[: words[last - 1].end()]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _ENDS.finditer(text):
        yield start, stop.start()
        start = stop.end()
    yield start, len(text)


def _cut(stretch: str) -> Iterator[str]:
    """A stretch in pieces that can stand alone, cut at commas and words that begin a new clause."""
    words = list(_WORD.finditer(stretch))
    at = 0
    while at < len(words):
        end = at + 1
        while end < len(words) and not (end - at >= ENOUGH_WORDS and _begins(stretch, words, end)):
            end += 1
        first = _opened(words, at, end)
        last = min(end, first + MOST_WORDS)
        if last - first >= FEWEST_WORDS:
            yield stretch[words[first].start() : words[_whole(words, first, last) - 1].end()]
        at = end


def _opened(words: list[re.Match[str]], at: int, end: int) -> int:
    """Where a piece begins to say something: behind "well, so", "I think"."""
    while at < end:
        word = words[at].group().lower()
        if word == "i" and at + 1 < end and words[at + 1].group().lower() in _THINKING:
            at += 2
        elif word in _OPENERS:
            at += 1
        else:
            break
    return at


def _begins(stretch: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether a new clause begins with this word."""
    comma = "," in stretch[words[at - 1].end() : words[at].start()]
    return comma or words[at].group().lower() in _LINKS


def _whole(words: list[re.Match[str]], first: int, last: int) -> int:
    """Where a piece ends so that no word that leads on stands last."""
    while last - first > FEWEST_WORDS and words[last - 1].group().lower() in _LEADS_ON:
        last -= 1
    return last
