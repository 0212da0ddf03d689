"""Which of a question's known wrong claims was made: by meaning, where the right one is further away.

Sentences about one thing are alike whether they are right or wrong, so likeness to the wrong claim alone
says little. What tells is how much closer the words are to it than to its nearly same, right neighbour;
numbers and negations that stand in one of the two only count on top. The weights were fitted on sixty claims
worded anew with their right neighbours (by the same author, so first-seen claims are found less often).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.estimates import find_quantities
from analysis.interview.listener.absolutes import is_absolute
from analysis.reading.embeddings import Embedded, Floats, embed, merge
from analysis.reading.sentences import Sentence, sentences
from data.domain import Misconception, Question

CLOSER_WEIGHT, NUMBER_WEIGHT, NEGATION_WEIGHT, OFFSET = 20.0, 2.8, 0.7, -0.45
LEAST = 0.7
"""Chosen so that about one in twenty right neighbours is taken for the wrong claim."""
ABOUT_IT = 0.57
"""Least share of the wrong claim's words that must be there: one in ten rewordings has less, and passages
of other claims to the same question rarely have as much."""
NOTHING_ELSE = 0.5
"""Least share of what was said that the wrong claim must have."""
ITS_OWN = 0.45
"""How near the two words that only the wrong claim has must come to something said: without them the
likeness is about the subject."""
FIRM_LEAST, FIRM_ABOUT_IT, FIRM_NOTHING_ELSE, FIRM_ITS_OWN = 2.0, 0.55, 0.44, 0.35
"""The same for what leaves no exception, as most wrong claims do: clearly closer, with less likeness."""
FIRM_BONUS = 0.3
"""What leaves no exception is the part of a claim to take up."""
LOOSELY = 0.48
"""Least share before a passage is read as a whole, which takes time."""
ROUNDED = 0.15
CONTENT = 0.3
"""Rarity from which a word can be what a claim is about."""
MOST_NEGATIONS = 2
NEGATIONS = frozenset({"no", "not", "never", "none", "nobody", "nothing", "without", "neither", "nor"})
LONGEST_PASSAGE = 3
"""Sentences. A claim and its reason are often two."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """One misconception (its place in the question's list), where it was heard, and how clearly."""

    place: int
    start: int
    end: int
    strength: float


def recognise(text: str, question: Question) -> tuple[Recognised, ...]:
    """The wrong claims made in this text, the clearest first."""
    if not question.misconceptions:
        return ()
    lines, known = sentences(text), [_known(one) for one in question.misconceptions]
    places = _promising(lines, [wrong.words for wrong, _ in known])
    told = [_of(words) for words in embed([_joined(lines[first:last]) for first, last in places])]
    found = []
    for place, (wrong, right) in enumerate(known):
        best = max((_strength(one, wrong, right), at) for at, one in enumerate(told)) if told else (0.0, 0)
        if best[0] > 0.0:
            first, last = places[best[1]]
            found.append(Recognised(place, lines[first].start, lines[last - 1].end, best[0]))
    return tuple(sorted(found, key=lambda one: -one.strength))


def clearest(pieces: Sequence[str], known: Misconception) -> str:
    """The piece of what was said that is most the wrong claim and least the right one."""
    wrong, right = _known(known)
    said = embed([_joined(sentences(piece)) for piece in pieces])
    likeness = [
        _own_words(one, wrong.words, right.words)
        + float(one.whole @ wrong.words.whole)
        + FIRM_BONUS * is_absolute(piece)
        for one, piece in zip(said, pieces, strict=True)
    ]
    return pieces[int(np.argmax(likeness))]


@dataclass(frozen=True, slots=True)
class _Claim:
    words: Embedded
    numbers: frozenset[float]
    negations: int
    firm: bool


def _strength(said: _Claim, wrong: _Claim, right: _Claim) -> float:
    """How clearly this is the wrong claim, zero when it is not to be taken for it."""
    about_it, nothing_else = _carried(wrong.words, said.words), _carried(said.words, wrong.words)
    own, closer = _own_words(said.words, wrong.words, right.words), _closer(said, wrong, right)
    found = (about_it, nothing_else, own, closer)
    firmly = said.firm and _reaches(found, (FIRM_ABOUT_IT, FIRM_NOTHING_ELSE, FIRM_ITS_OWN, FIRM_LEAST))
    return closer if firmly or _reaches(found, (ABOUT_IT, NOTHING_ELSE, ITS_OWN, LEAST)) else 0.0


def _reaches(found: Sequence[float], least: Sequence[float]) -> bool:
    return all(one >= other for one, other in zip(found, least, strict=True))


def _own_words(said: Embedded, wrong: Embedded, right: Embedded) -> float:
    """How near what was said comes to the words of the wrong claim that the right one does not have."""
    theirs = set(right.stems)
    places = [at for at, root in enumerate(wrong.stems) if root not in theirs and wrong.rarity[at] > CONTENT]
    if not places or not said.words:
        return 1.0
    nearest = (wrong.vectors[places] @ said.vectors.T).max(axis=1)
    return float(np.sort(nearest)[:2].mean())


def _closer(said: _Claim, wrong: _Claim, right: _Claim) -> float:
    """Above zero the words are closer to the wrong claim than to the right one."""
    both_ways = (
        _carried(wrong.words, said.words)
        - _carried(right.words, said.words)
        + _carried(said.words, wrong.words)
        - _carried(said.words, right.words)
    )
    only_wrong, only_right = wrong.numbers - right.numbers, right.numbers - wrong.numbers
    number = _any_alike(said.numbers, only_wrong) - _any_alike(said.numbers, only_right)
    off = abs(said.negations - right.negations) - abs(said.negations - wrong.negations)
    negation = max(-MOST_NEGATIONS, min(MOST_NEGATIONS, off))
    return CLOSER_WEIGHT * both_ways + NUMBER_WEIGHT * number + NEGATION_WEIGHT * negation + OFFSET


def _any_alike(said: frozenset[float], known: frozenset[float]) -> bool:
    """Whether one of the numbers said is one of these, rounded as people do."""
    return any(abs(one - other) <= ROUNDED * max(abs(one), abs(other)) for one in said for other in known)


def _carried(one: Embedded, other: Embedded) -> float:
    """How much of the words of one (0-1, the rare ones weigh most) the other has."""
    if not one.words or not other.words:
        return 0.0
    weights: Floats = one.rarity + np.float32(1e-3)
    return float(weights @ (one.vectors @ other.vectors.T).max(axis=1) / weights.sum())


def _known(known: Misconception) -> tuple[_Claim, _Claim]:
    """The wrong claim and its right neighbour; remembered, because they come again with every answer."""
    texts = [_joined(sentences(text)) for text in (known.wrong, known.near_right or known.right)]
    wrong, right = embed(texts, remember=True)
    return _of(wrong), _of(right)


def _of(words: Embedded) -> _Claim:
    numbers = set()
    for quantity in find_quantities(" ".join(words.words)):
        numbers |= {float(f"{quantity.value:.2g}"), float(f"{quantity.value * (quantity.period or 1):.2g}")}
    negations = sum(word in NEGATIONS for word in words.words)
    return _Claim(words, frozenset(numbers), negations, is_absolute(" ".join(words.words)))


def _promising(lines: Sequence[Sentence], wrong: Sequence[Embedded]) -> list[tuple[int, int]]:
    """The passages about one of the claims, by their sentences alone; only these are read as a whole."""
    alone = embed([line.text for line in lines])
    found = []
    for first, last in _passages(len(lines)):
        words = merge(alone[first:last])
        if any(_carried(one, words) >= LOOSELY and _carried(words, one) >= LOOSELY - 0.1 for one in wrong):
            found.append((first, last))
    return found


def _passages(count: int) -> Iterator[tuple[int, int]]:
    """One to three neighbouring sentences of so many: the first, and one behind the last."""
    for length in range(1, LONGEST_PASSAGE + 1):
        for first in range(count - length + 1):
            yield first, first + length


def _joined(said: Sequence[Sentence]) -> str:
    return " ".join(one.text for one in said)
