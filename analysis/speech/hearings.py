"""One stretch of sound heard several times: which of its words to believe.

A prompt of terms helps an engine to hear terms, and makes it mishear people who speak of something else. So
the words come from the hearing without it, unless what it heard is technical; what the other two hearings
agree on goes before what one heard; and a term of the glossary that only the prompt brought is taken where
it fits the sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

from analysis.reading.word_diff import opcodes
from analysis.speech.delivery import FILLED_PAUSES, plain
from analysis.speech.glossary import all_terms
from analysis.speech.spelling import respell
from analysis.speech.voiced_time import merged
from data.domain import Interval, Word

TECHNICAL_TERMS = 2
"""From so many different terms on, a chunk is about what the prompt is about, and its other words are heard
better with it too. With fewer, the same words without it had fewer errors."""

LONGEST_TERM, LONGEST_MISHEARD = 4, 5
"""Words of a term, and of what it can be misheard as."""

ALIKE, SAME_SOUND = 0.5, 0.85
"""Share of letters (or of their sounds) in common from which a term can be what was said, and from which it
sounds the same."""

SURE = 0.7
"""Words heard this surely give way to a term only if it sounds the same."""

SAME_TIME = 0.3
"""Share of the time of both in common."""

SHORTEST_TERM = 3
"""Letters. Of shorter terms ("go") too many words share half."""

ENDINGS = ("", "s", "es", "ed", "d", "ing")
_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("qu", "kw"), ("sh", "s"), ("ch", "s"), ("wr", "r"), ("gh", "g"),
    ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("y", "i"),
)  # fmt: skip

Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Hearings:
    """The words of one stretch, on one clock: with the glossary as a prompt, and without."""

    prompted: Words
    plainly: Words | None = None
    """None where one hearing is all there is."""

    @property
    def is_technical(self) -> bool:
        """Whether it is about what the glossary is about."""
        return _terms_named(respell(self.prompted)) >= TECHNICAL_TERMS

    def is_open(self, third: Words = ()) -> bool:
        """Whether hearing it without the prompt could change a word, after `third` if there was one.

        Two that heard the same outvote any other.
        """
        if not third:
            return not self.is_technical
        first, other = (_keys(_without_fillers(respell(words))) for words in (self.prompted, third))
        return first != other

    def words(self, third: Words = ()) -> Words:
        """The words to believe, terms spelled as usual. `third` is one more hearing, if there was one."""
        prompted = respell(self.prompted)
        if self.plainly is None:
            return prompted
        first, second = respell(self.plainly), prompted
        if self.is_technical:
            first, second = second, first
        if third:
            first = agreed(first, _without_fillers(second), _without_fillers(respell(third)))
        return in_order(respell(with_terms(first, prompted)))


def agreed(first: Words, second: Words, third: Words) -> Words:
    """The first hearing, but where the other two heard the same as each other and something else than it."""
    shared, joints = _shared(second, third)
    kept: list[Word] = []
    for tag, start, end, other_start, other_end in opcodes(_keys(first), _keys(second)):
        same = range(other_start, other_end)
        outvoted = all(shared[at] for at in same) if same else other_start in joints
        kept += second[other_start:other_end] if tag != "equal" and outvoted else first[start:end]
    return tuple(kept)


def with_terms(words: Words, prompted: Words) -> Words:
    """The words, with the terms of the prompted hearing where these fit what was heard there."""
    kept = list(words)
    for place, term in sorted(_fitting(words, prompted), key=lambda found: -found[0].start):
        kept[place.start : place.stop] = term
    return tuple(kept)


def in_order(words: Words) -> Words:
    """Words of several hearings, none beginning before the one it follows: their times differ a little."""
    ordered: list[Word] = []
    for word in words:
        start, end = word.start_seconds, word.end_seconds
        if ordered and start is not None and end is not None:
            start = max(start, ordered[-1].start_seconds or 0.0)
            word = replace(word, start_seconds=start, end_seconds=max(start, end))
        ordered.append(word)
    return tuple(ordered)


def _shared(words: Words, others: Words) -> tuple[list[bool], set[int]]:
    """Which of `words` the others have too, and before which of them nothing more stands in either."""
    shared: list[bool] = []
    joints: set[int] = set()
    for tag, start, end, _, _ in opcodes(_keys(words), _keys(others)):
        shared += [tag == "equal"] * (end - start)
        if tag == "equal":
            joints |= set(range(start + (start > 0), end + (end == len(words))))
    return shared, joints


def _fitting(words: Words, prompted: Words) -> Iterator[tuple[range, Words]]:
    """Where a term belongs, and the term; no two in one place."""
    changes = opcodes(_keys(words), _keys(prompted))
    taken = 0
    for place in _terms(prompted):
        touched = [code for code in changes if code[3] < place.stop and code[4] > place.start]
        if all(code[0] == "equal" for code in touched):
            continue
        start, end = _reach(touched[0], place)[0], _reach(touched[-1], place)[1]
        term = prompted[place.start : place.stop]
        there = _likest(words, range(max(start, taken), end), term)
        if there is not None:
            taken = there.stop
            yield there, term


def _reach(code: tuple[str, int, int, int, int], place: range) -> tuple[int, int]:
    """The words that a change leaves open for the term; of what is the same, only its own."""
    tag, start, end, other_start, _ = code
    if tag != "equal":
        return start, end
    return start + max(0, place.start - other_start), min(end, start + place.stop - other_start)


def _likest(words: Words, reach: range, term: Words) -> range | None:
    """The words that sound most like the term at its time; None where none do, or sure ones stand there."""
    found = [
        (_alike(said, term) + time, at, size)
        for at in reach
        for size in range(1, min(LONGEST_MISHEARD, reach.stop - at) + 1)
        for said in (words[at : at + size],)
        for time in (_same_time(said, term),)
        if time > 0
    ]
    if not found:
        return None
    _, at, size = max(found)
    said = words[at : at + size]
    alike = _alike(said, term)
    if alike < ALIKE or _same_time(said, term) < SAME_TIME:
        return None
    return range(at, at + size) if alike >= SAME_SOUND or _sure(said) < SURE else None


def _terms(words: Words) -> Iterator[range]:
    """Where terms of the glossary stand, the longest first."""
    at = 0
    while at < len(words):
        sizes = range(min(LONGEST_TERM, len(words) - at), 0, -1)
        size = next((size for size in sizes if _is_term(words[at : at + size])), 0)
        if size:
            yield range(at, at + size)
        at += size or 1


def _terms_named(words: Words) -> int:
    return len({_letters(words[place.start : place.stop]) for place in _terms(words)})


def _is_term(words: Words) -> bool:
    if _letters(words) in _glossary():
        return True
    parts = words[0].text.split("-") if len(words) == 1 else ()
    return any(len(part) > SHORTEST_TERM and _bare(part) in _glossary() for part in parts)


@cache
def _glossary() -> frozenset[str]:
    bare = (_bare(term) for term in all_terms())
    return frozenset(term + ending for term in bare if len(term) >= SHORTEST_TERM for ending in ENDINGS)


def _alike(said: Sequence[Word], term: Sequence[Word]) -> float:
    one, two = _letters(said), _letters(term)
    pairs = ((one, two), (_sound(one), _sound(two)))
    return max(SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in pairs)


def _sound(letters: str) -> str:
    for written, heard in _SOUNDS:
        letters = letters.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouh]+", "a", letters))


def _same_time(said: Sequence[Word], term: Sequence[Word]) -> float:
    one, two = _span(said), _span(term)
    shared = min(one.end_seconds, two.end_seconds) - max(one.start_seconds, two.start_seconds)
    (whole, *_) = merged((one, two), gap=max(0.0, -shared))
    return shared / whole.seconds if whole.seconds else 0.0


def _span(words: Sequence[Word]) -> Interval:
    return Interval(words[0].start_seconds or 0.0, words[-1].end_seconds or 0.0)


def _sure(words: Sequence[Word]) -> float:
    return sum(word.confidence or 0.0 for word in words) / len(words)


def _without_fillers(words: Words) -> Words:
    return tuple(word for word in words if plain(word.text) not in FILLED_PAUSES)


def _keys(words: Sequence[Word]) -> list[str]:
    return [_bare(word.text) for word in words]


def _letters(words: Sequence[Word]) -> str:
    return "".join(_keys(words))


def _bare(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
