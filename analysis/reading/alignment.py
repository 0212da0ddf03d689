"""How much of a point was said: each word of the point looks for its nearest word in the answer.

The measure is recall of the point's words, each weighed by its rarity, in contextual MiniLM vectors
(an alignment in the manner of Sultan et al. 2016). Words the question already gave count for less.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analysis.reading.embeddings import DIMENSIONS, Embedded, Floats, embed
from analysis.reading.sentences import Sentence, sentences
from data.domain import Turn

RARITY_POWER = 2.5
GIVEN_WORD_WEIGHT = 0.15
"""Weight of a word that the question already contains."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an answer with its vectors and the turn it is in."""

    sentence: Sentence
    embedded: Embedded
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """How one point is met: `recall` over the whole answer, `local` in its best sentence or pair (all 0-1).

    `first` and `last` are the indices of those sentences.
    """

    recall: float
    local: float
    similarity: float
    first: int
    last: int


def said(text: str, turn: Turn | None = None, remember: bool = False) -> tuple[Said, ...]:
    """The sentences of a text, embedded; `remember` what comes again, such as a question."""
    found = _of_question(text) if remember else sentences(text)
    vectors = embed([sentence.text for sentence in found], remember)
    return tuple(Said(s, e, turn) for s, e in zip(found, vectors, strict=True) if e.words)


def remember(texts: Sequence[str]) -> None:
    """Embed all sentences of these texts together, so that each is at hand when it is asked for."""
    embed([sentence.text for text in texts for sentence in _of_question(text)], remember=True)


@lru_cache(maxsize=1024)
def _of_question(text: str) -> tuple[Sentence, ...]:
    return sentences(text)


def said_in(turns: Sequence[Turn]) -> tuple[Said, ...]:
    """The sentences of several turns, a sentence said twice kept once."""
    placed: dict[str, tuple[Sentence, Turn]] = {}
    for turn in turns:
        for sentence in sentences(turn.text):
            placed.setdefault(sentence.text, (sentence, turn))
    vectors = embed(list(placed))
    return tuple(
        Said(sentence, embedded, turn)
        for (sentence, turn), embedded in zip(placed.values(), vectors, strict=True)
        if embedded.words
    )


def stems(parts: Sequence[Said]) -> frozenset[str]:
    """All word stems of these sentences."""
    return frozenset().union(*(one.embedded.stems for one in parts))


def word_weights(words: Embedded, given: Collection[str]) -> Floats:
    """The weight of each word of a point; never zero, so that every point can be missed."""
    demoted = [GIVEN_WORD_WEIGHT if root in given else 1.0 for root in words.stems]
    weights: Floats = words.rarity**RARITY_POWER * np.array(demoted, np.float32) + np.float32(1e-4)
    return weights


def match(point: Sequence[Said], answer: Sequence[Said], given: Collection[str]) -> Match:
    """How well the answer makes the point (both not empty)."""
    merged = merge(point)
    weights = word_weights(merged, given)
    best = np.stack([(merged.vectors @ one.embedded.vectors.T).max(axis=1) for one in answer], axis=1)
    singles = weights @ best / weights.sum()
    first = last = int(singles.argmax())
    local = float(singles[first])
    if len(answer) > 1:
        pairs = weights @ np.maximum(best[:, :-1], best[:, 1:]) / weights.sum()
        same_turn = np.array([a.turn is b.turn for a, b in zip(answer, answer[1:], strict=False)])
        at = int(np.where(same_turn, pairs, -1.0).argmax())
        if same_turn[at] and pairs[at] > local + 0.04:
            first, last, local = at, at + 1, float(pairs[at])
    whole = merged.whole @ np.stack([one.embedded.whole for one in answer]).T
    return Match(
        recall=float(weights @ best.max(axis=1) / weights.sum()),
        local=local,
        similarity=float(whole.max()),
        first=first,
        last=last,
    )


def merge(parts: Sequence[Said]) -> Embedded:
    """Several sentences as one."""
    if len(parts) == 1:
        return parts[0].embedded
    if not parts:
        nothing = np.zeros(0, np.float32)
        return Embedded(
            (), (), np.zeros((0, DIMENSIONS), np.float32), nothing, np.zeros(DIMENSIONS, np.float32)
        )
    whole = np.mean([one.embedded.whole for one in parts], axis=0)
    return Embedded(
        words=tuple(word for one in parts for word in one.embedded.words),
        stems=tuple(root for one in parts for root in one.embedded.stems),
        vectors=np.concatenate([one.embedded.vectors for one in parts]),
        rarity=np.concatenate([one.embedded.rarity for one in parts]),
        whole=whole / max(float(np.linalg.norm(whole)), 1e-9),
    )
