"""The evidence check: a quote counts only when it is word for word in the candidate's turn."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.reading.word_diff import Opcode, opcodes
from data.domain import Evidence, Score, Turn, Word

SHORTEST_QUOTE_WORDS = 3
"""Two words match by chance; three are the shortest span that says something."""
NO_QUOTE = "No words of the answer stand behind this level, so it does not count."
_MEANINGFUL_SYMBOLS = frozenset("<>=+%≤≥")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a quote sits in one turn: characters of `turn.text`, and words of `turn.words` if it has any.

    `end` is exclusive; `first_word` and `last_word` are inclusive, None for turns without words.
    """

    start: int
    end: int
    first_word: int | None = None
    last_word: int | None = None


@dataclass(frozen=True, slots=True)
class _Flat:
    """A text without case, spaces and punctuation, and for each character left the place it came from."""

    text: str
    places: tuple[int, ...]


def verify(
    quote: str, turns: Sequence[Turn], turn: int | None = None, clause: str | None = None
) -> Evidence | None:
    """The quote as the transcript has it, with its seconds, or None when it is not there word for word.

    Case, punctuation, spaces and Unicode forms may differ; words may not. With `turn` (a `Turn.index`) only
    that turn counts, without it the first candidate turn that has the quote. What the interviewer said
    never counts.
    """
    for candidate in turns:
        if candidate.speaker != "candidate" or turn not in (None, candidate.index):
            continue
        span = locate(quote, candidate)
        if span is not None:
            return evidence_at(candidate, span, clause)
    return None


def locate(quote: str, turn: Turn) -> Span | None:
    """Where the quote stands in the turn, or None when it is absent or shorter than three words."""
    if count_words(quote) < SHORTEST_QUOTE_WORDS:
        return None
    wanted, said = _flatten(quote).text, _flatten(turn.text)
    at = said.text.find(wanted) if wanted else -1
    while at >= 0:
        start, end = said.places[at], said.places[at + len(wanted) - 1] + 1
        if _is_whole_words(turn.text, start, end):
            return span_at(turn, start, end)
        at = said.text.find(wanted, at + 1)
    return None


def span_at(turn: Turn, start: int, end: int) -> Span:
    """The span of these characters of `turn.text`, with the words they fall on."""
    return WordPlaces(turn).span(start, end)


class WordPlaces:
    """Where the words of one turn stand, for whoever asks for many spans of it."""

    def __init__(self, turn: Turn) -> None:
        """Find them, where the turn has words that were heard."""
        self._turn = turn
        self._said = [found.span() for found in re.finditer(r"\S+", turn.text)] if turn.words else []
        self._starts, self._ends = [start for start, _ in self._said], [end for _, end in self._said]

    def span(self, start: int, end: int) -> Span:
        """The span of these characters, with the words they fall on."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        if first > last:
            return Span(start, end)
        if len(self._said) == len(self._turn.words):
            return Span(start, end, first, last)
        shared = list(self._heard(first, last))
        return Span(start, end, min(shared), max(shared)) if shared else Span(start, end)

    def _heard(self, first: int, last: int) -> Iterator[int]:
        """Words of the turn, as it was heard, that still stand between these words of its text."""
        for tag, start, end, new_start, _ in self._changes:
            low, high = max(start, first), min(end - 1, last)
            if tag == "equal" and low <= high:
                yield from (new_start + low - start, new_start + high - start)

    @cached_property
    def _changes(self) -> list[Opcode]:
        written = [_flatten(self._turn.text[start:end]).text for start, end in self._said]
        return opcodes(written, [_flatten(word.text).text for word in self._turn.words])


def evidence_at(turn: Turn, span: Span, clause: str | None = None) -> Evidence:
    """The turn's own text in that span, as evidence."""
    timed: tuple[Word, ...] = ()
    if span.first_word is not None and span.last_word is not None:
        timed = turn.words[span.first_word : span.last_word + 1]
    return Evidence(
        quote=turn.text[span.start : span.end],
        turn=turn.index,
        elicitation=turn.elicitation,
        start_seconds=timed[0].start_seconds if timed else None,
        end_seconds=timed[-1].end_seconds if timed else None,
        clause=clause,
    )


def cut_out(turn: Turn, start: int, end: int) -> Evidence | None:
    """The turn's own words in this place, or None when they are too few to say something."""
    enough = count_words(turn.text[start:end]) >= SHORTEST_QUOTE_WORDS
    return evidence_at(turn, span_at(turn, start, end)) if enough else None


def only_quoted(score: Score) -> Score:
    """The score as it is with a quote; without one, level 1 and no higher, else unscored with the reason.

    Level 1 is where nothing was shown, so there is nothing to quote.
    """
    if score.evidence or score.level is None:
        return score
    if score.level > 1:
        return replace(score, level=None, low=None, high=None, reason=NO_QUOTE)
    return replace(score, low=1.0, high=1.0)


def count_words(text: str) -> int:
    """Words of a text, a hyphenated term counted by its parts."""
    spaced = "".join(char if char.isalnum() or char in "'’." else " " for char in text)
    return sum(any(char.isalnum() for char in word) for word in spaced.split())


def _is_kept(text: str, at: int) -> bool:
    char = text[at]
    if char.isalnum() or char in _MEANINGFUL_SYMBOLS:
        return True
    between_digits = 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
    return char == "." and between_digits


def _flatten(text: str) -> _Flat:
    """Not remembered between calls: what somebody said must not outlive its erasure in memory."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isascii():
            if char.isalnum() or _is_kept(text, place):
                chars.append(char.lower())
                places.append(place)
            continue
        if not _is_kept(text, place):
            continue
        for part in unicodedata.normalize("NFKD", char).casefold():
            if not unicodedata.combining(part):
                chars.append(part)
                places.append(place)
    return _Flat("".join(chars), tuple(places))


def _is_whole_words(text: str, start: int, end: int) -> bool:
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (cut_before or cut_after)
