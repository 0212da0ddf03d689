"""The opposite of a term of a point, said of the same thing in the same claim.

"Accepts that a link may be missing" and "we refuse new links meanwhile" share an object and no claim: a term
counts only where it is claimed, governs no clause of its own, and shares with its opposite what it stands by.
What comes before what must be turned round on both sides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis.reading.claims import (
    clause_around,
    describes,
    implicit,
    is_content,
    same_situation,
    situation,
    supposed,
)
from analysis.reading.lexicon import entries, word_set
from analysis.reading.placed import Said
from analysis.reading.sentences import stem

BESIDE_WORDS = 4
"""How far from a term and its opposite the words may stand that show that both speak of one thing."""
SHARED = 0.5
"""Share of the words beside a term that must stand beside its opposite as well."""


@dataclass(frozen=True, slots=True)
class _Use:
    """One place where a term is claimed: stems of the content words of its clause before and after it.

    `denials`: stems beside it that say "not" by themselves; `situation`: when its sentence holds.
    """

    before: frozenset[str]
    after: frozenset[str]
    denials: frozenset[str]
    situation: frozenset[str]

    @property
    def beside(self) -> frozenset[str]:
        return self.before | self.after


def has_opposite(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    """True when the evidence has the opposite of a term of the point, or its order, turned round.

    An answer that also uses the point's own term compares both sides, which is no contradiction.
    """
    return _turns_order(point, evidence, answer) or _has_other_term(point, evidence, answer)


def _has_other_term(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    wanted, heard = _words(point), _words(answer)
    for mine, theirs in _opposites():
        if wanted & mine and not wanted & theirs and not heard & mine:
            ours = list(_uses(point, mine))
            if any(_of_one_thing(one, other) for one in ours for other in _uses(evidence, theirs)):
                return True
    return False


def _of_one_thing(one: _Use, other: _Use) -> bool:
    """True when both stand by the same words in the same case.

    A "not" on one side alone, or a second opposite between them, leaves open whether they agree.
    """
    shared = one.beside & other.beside
    if one.denials != other.denials or not same_situation(one.situation, other.situation):
        return False
    if any(one.beside & mine and other.beside & theirs for mine, theirs in _opposites()):
        return False
    return bool(shared) and len(shared) >= SHARED * min(len(one.beside), len(other.beside))


def _turns_order(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    """True when what the point puts first comes later in the evidence, and the other way round."""
    said, everywhere = list(_orders(evidence)), list(_orders(answer))
    for wanted in _orders(point):
        kept = any(wanted.before & one.before and wanted.after & one.after for one in everywhere)
        if not kept and any(_is_turned(wanted, one) for one in said):
            return True
    return False


def _is_turned(one: _Use, other: _Use) -> bool:
    turned = one.before & other.after and one.after & other.before
    return bool(turned) and same_situation(one.situation, other.situation)


def _orders(parts: Sequence[Said]) -> Iterator[_Use]:
    """What comes before what, for each "before" and "after" that stands between two things."""
    yield from _uses(parts, {"before"})
    for use in _uses(parts, {"after"}):
        yield replace(use, before=use.after, after=use.before)


def _uses(parts: Sequence[Said], terms: Collection[str]) -> Iterator[_Use]:
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
                yield _Use(
                    frozenset(root for i, root in content.items() if i < at),
                    frozenset(root for i, root in content.items() if i > at),
                    implicit(stems.values()),
                    situation(one.embedded),
                )


def _words(parts: Sequence[Said]) -> set[str]:
    """All words and their stems."""
    return {word for one in parts for word in (*one.embedded.words, *one.embedded.stems)}


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    for entry in entries("opposites"):
        one, other = (frozenset(map(_form, side.split("/"))) for side in entry.split(":"))
        pairs += [(one, other), (other, one)]
    return tuple(pairs)


def _form(word: str) -> str:
    """The stem, or the word itself where it would lose its meaning: a follower is not what follows."""
    return word if word.removesuffix("s").endswith("er") else stem(word)
