"""What a sentence claims: how far a negation reaches, and what is only supposed or set aside.

"If we publish first" and "instead of a synchronous copy" name a thing without claiming it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from analysis.reading.embeddings import DIMENSIONS, RARE_WORD, Embedded, Floats
from analysis.reading.lexicon import word_set
from analysis.reading.placed import Said
from analysis.reading.stemming import stem

SCOPE_WORDS = 5
"""How many words after it a negation reaches."""
CONDITION_WORDS = 8
"""How long a condition lasts when no word ends it."""
ASIDE_WORDS = 4
"""How many words after it "instead of" sets aside."""
SHARED_SITUATION = 0.6
"""Share of the words of the shorter of two conditions that the other must have as well."""

BREAKS = frozenset(
    {
        *("but", "because", "so", "since", "although", "though", "instead", "unless", "while", "just"),
        *("only", "otherwise", "and", "then", "if", "when", "or", "which", "that", "than"),
    }
)
"""Words at which a new claim may begin."""
_LINKS = frozenset({"and", "or", "that"})
"""Breaks over which a negation reaches on when nothing new begins: "not replicate or retry"."""
_CONDITIONS = frozenset({"if", "when", "whenever", "unless", "could", "might"})
_SITUATIONS = frozenset({"if", "when", "whenever", "unless", "while", "during"})
_SUBJECTS = frozenset({"i", "we", "you", "they", "it", "nobody", "everybody"})
_ASIDE = frozenset({"instead", "than", "unlike", "versus", "alternative", "alternatives"})
_NO_GERUNDS = frozenset({"during", "nothing", "something", "anything", "everything", "string", "according"})
BESIDE_WORDS = 4
"""How far from a term and its opposite the words may stand that show that both speak of one thing."""
TOTAL_WORDS = 3
"""How soon after a negator "all" must come for "not all"."""
TOTALS = frozenset({"all", "always", "each", "every", "everybody", "everyone", "everything", "everywhere"})
_OF_NOUNS = frozenset({"no", "without", "none"})
"""They deny a noun only: "needs no ring" is about needing, so the word before counts as well."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The stretch around one negation, as places of words.

    `governed` are the content words the negation reaches, `key` those that must be aligned in any case.
    `total`: "not all" is denied, which leaves some.
    """

    governed: tuple[int, ...]
    content: tuple[int, ...]
    key: tuple[int, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class Side:
    """The words of a point or an answer; nothing reaches over the end of a sentence.

    `described`: words of a sentence about a way that it may not take.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    vectors: Floats
    negated: tuple[bool, ...]
    supposed: tuple[bool, ...]
    described: tuple[bool, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a term is claimed: stems of the content words of its clause before and after it.

    `denials`: stems beside it that say "not" by themselves; `situation`: when its sentence holds.
    """

    before: frozenset[str]
    after: frozenset[str]
    denials: frozenset[str]
    situation: frozenset[str]

    @property
    def beside(self) -> frozenset[str]:
        """All of them."""
        return self.before | self.after


def side_of(parts: Sequence[Said]) -> Side:
    """The claims of a point or an answer."""
    denied: list[bool] = []
    conditions: list[bool] = []
    described: list[bool] = []
    clauses: list[Clause] = []
    for one in parts:
        words = one.embedded.words
        own = supposed(words)
        clauses += _clauses(one.embedded, len(denied), own)
        denied += negated(words)
        conditions += own
        described += [describes(words)] * len(words)
    return Side(
        words=tuple(word for one in parts for word in one.embedded.words),
        stems=tuple(root for one in parts for root in one.embedded.stems),
        vectors=np.concatenate(
            [np.zeros((0, DIMENSIONS), np.float32), *(one.embedded.vectors for one in parts)]
        ),
        negated=tuple(denied),
        supposed=tuple(conditions),
        described=tuple(described),
        clauses=tuple(clauses),
    )


def uses(parts: Sequence[Said], terms: Collection[str]) -> Iterator[Use]:
    """Where these terms are claimed."""
    for one in parts:
        words = one.embedded.words
        named = zip(words, one.embedded.stems, strict=True)
        places = [at for at, (word, root) in enumerate(named) if word in terms or root in terms]
        if not places or describes(words):
            continue
        aside = supposed(words)
        for at in places:
            start, end = clause_around(words, at)
            denied = not word_set("negators").isdisjoint(words[start:at])
            if not denied and not aside[at] and words[at + 1 : at + 2] != ("that",):
                near = range(max(start, at - BESIDE_WORDS), min(end, at + BESIDE_WORDS + 1))
                stems = {i: one.embedded.stems[i] for i in near if i != at}
                content = {i: root for i, root in stems.items() if is_content(one.embedded, i)}
                yield Use(
                    frozenset(root for i, root in content.items() if i < at),
                    frozenset(root for i, root in content.items() if i > at),
                    implicit(stems.values()),
                    situation(one.embedded),
                )


def _clauses(text: Embedded, offset: int, conditions: Sequence[bool]) -> list[Clause]:
    """A clause for each negation that governs a content word, at its places in the whole text.

    What is denied in a condition is not denied, and "not more than" denies a degree.
    """
    found = []
    for at, word in enumerate(text.words):
        if word in word_set("negators") and not conditions[at] and not _is_noun(text.words, at):
            start, end = clause_around(text.words, at)
            content = tuple(i for i in range(start, end) if i != at and is_content(text, i))
            governed = tuple(i for i in content if at < i <= at + SCOPE_WORDS)
            before = [i for i in content if i < at][-1:] if word in _OF_NOUNS else []
            if governed and not compares(text.words, end):
                found.append(
                    Clause(
                        governed=tuple(offset + i for i in governed),
                        content=tuple(offset + i for i in content),
                        key=tuple(offset + i for i in (*before, governed[0])),
                        total=not TOTALS.isdisjoint(text.words[at : at + TOTAL_WORDS + 1]),
                    )
                )
    return found


def _is_noun(words: Sequence[str], at: int) -> bool:
    """True for the "no" of "a quick no is cheaper"."""
    return words[at] == "no" and at + 1 < len(words) and words[at + 1] in word_set("function_words")


def negated(words: Sequence[str]) -> list[bool]:
    """For each word whether a negator stands up to five words before it, in the same clause."""
    marks: list[bool] = []
    left = 0
    for word in words:
        if word in word_set("negators"):
            left = SCOPE_WORDS
            marks.append(True)
            continue
        if word in BREAKS and word not in _LINKS:
            left = 0
        marks.append(left > 0)
        left = max(0, left - 1)
    return marks


def supposed(words: Sequence[str]) -> list[bool]:
    """For each word whether it stands in a condition or is set aside.

    A condition ends at a second subject: "if we publish first | we may ...".
    """
    return _reached(
        words, {**dict.fromkeys(_CONDITIONS, CONDITION_WORDS), **dict.fromkeys(_ASIDE, ASIDE_WORDS)}
    )


def situation(text: Embedded) -> frozenset[str]:
    """Stems of what a sentence says about when it holds: "refuse writes while the | store is down"."""
    reached = _reached(text.words, dict.fromkeys(_SITUATIONS, CONDITION_WORDS))
    return frozenset(text.stems[i] for i, within in enumerate(reached) if within and is_content(text, i))


def same_situation(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when two claims are about the same case: neither names one, or they share most of its words."""
    if not one or not other:
        return one == other
    return len(one & other) >= SHARED_SITUATION * min(len(one), len(other))


def _reached(words: Sequence[str], openers: Mapping[str, int]) -> list[bool]:
    """For each word whether an opener reaches it, with no new claim or second subject between."""
    marks: list[bool] = []
    left = 0
    for at, word in enumerate(words):
        if word in openers:
            left = openers[word]
        elif word in BREAKS or (word in _SUBJECTS and words[at - 1] not in openers):
            left = 0
        marks.append(left > 0)
        left = max(0, left - 1)
    return marks


def describes(words: Sequence[str]) -> bool:
    """True when a sentence is about a way that it may not take: "sending all reads to one node works but"."""
    first = words[0] if words else ""
    return len(first) > 5 and first.endswith("ing") and first not in _NO_GERUNDS


def compares(words: Sequence[str], end: int) -> bool:
    """True when a clause that ends here is one of degree: "not more | than", but "rather than" sets aside."""
    return words[end : end + 1] == ("than",) and words[end - 1] != "rather"


def clause_around(words: Sequence[str], at: int) -> tuple[int, int]:
    """First place and end of the stretch without a break that the word at `at` stands in."""
    start = max([0, *(i + 1 for i in range(at) if words[i] in BREAKS)])
    end = next((i for i in range(at, len(words)) if words[i] in BREAKS), len(words))
    return start, end


def implicit(stems: Iterable[str]) -> frozenset[str]:
    """Those of these stems that say "not" by themselves."""
    return _implicit_negators().intersection(stems)


@cache
def _implicit_negators() -> frozenset[str]:
    return frozenset(map(stem, word_set("implicit_negators")))


def is_content(text: Embedded, at: int) -> bool:
    """True for a word that says what a sentence is about."""
    return bool(text.rarity[at] > RARE_WORD) and text.words[at] not in word_set("function_words")
