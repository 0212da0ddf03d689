"""How much of a point was said: each word of the point looks for its nearest word in the answer.

The measure is recall of the point's words, each weighed by its rarity, in contextual MiniLM vectors
(an alignment in the manner of Sultan et al. 2016). Words the question already gave count for less.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.reading.embeddings import Embedded, Floats
from analysis.reading.placed import Said

RARITY_POWER = 2.5
GIVEN_WORD_WEIGHT = 0.15
"""Weight of a word that the question already contains."""


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


def word_weights(words: Embedded, given: Collection[str]) -> Floats:
    """The weight of each word of a point; never zero, so that every point can be missed."""
    demoted = [GIVEN_WORD_WEIGHT if root in given else 1.0 for root in words.stems]
    weights: Floats = words.rarity**RARITY_POWER * np.array(demoted, np.float32) + np.float32(1e-4)
    return weights


def match(point: Embedded, answer: Sequence[Said], given: Collection[str]) -> Match:
    """How well the answer makes the point (both not empty)."""
    weights = word_weights(point, given)
    best = np.stack([(point.vectors @ one.embedded.vectors.T).max(axis=1) for one in answer], axis=1)
    singles = weights @ best / weights.sum()
    first = last = int(singles.argmax())
    local = float(singles[first])
    if len(answer) > 1:
        pairs = weights @ np.maximum(best[:, :-1], best[:, 1:]) / weights.sum()
        same_turn = np.array([a.turn is b.turn for a, b in zip(answer, answer[1:], strict=False)])
        at = int(np.where(same_turn, pairs, -1.0).argmax())
        if same_turn[at] and pairs[at] > local + 0.04:
            first, last, local = at, at + 1, float(pairs[at])
    whole = point.whole @ np.stack([one.embedded.whole for one in answer]).T
    return Match(
        recall=float(weights @ best.max(axis=1) / weights.sum()),
        local=local,
        similarity=float(whole.max()),
        first=first,
        last=last,
    )
