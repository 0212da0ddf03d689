"""What can be counted in an answer without understanding it: reasons, numbers, trade-offs, consequences."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.reading.alignment import Said
from analysis.reading.embeddings import Floats
from analysis.reading.lexicon import pattern

RARE_WORD = 0.45
"""Rarity (0-1) above which a word carries content."""

CUES = (
    "reasons",
    "tradeoffs",
    "failures",
    "conditions",
    "effects",
    "numbers",
    "plans",
    "limits",
)


RELEVANT_SIMILARITY = (0.15, 0.3)
"""Similarity to the question or a key point at which a sentence begins to count, and counts in full.

On the constructed answers of level 3 and 4 the middle is passed by 91 % of their sentences, by 10 % of small
talk and by 13 % of the off-topic sentences.
"""
REPEATED_SIMILARITY = 0.85
"""A sentence this close to an earlier one says it again; chosen on answers padded by repetition."""


@dataclass(frozen=True, slots=True)
class Depth:
    """Counts over the sentences, each weighed by how much it bears on the question (0-1).

    `content` counts distinct content words, `cues` different signs of reasoning per kind.
    """

    content: float
    cues: dict[str, float]
    empty: float
    relevant: float


def depth(parts: Sequence[Said], given: Collection[str], about: Sequence[Said]) -> Depth:
    """Count content and signs of reasoning; small talk and what was said before count for nothing."""
    weights = _relevance(parts, about)
    counts = dict.fromkeys(CUES, 0.0)
    empty = 0.0
    content: dict[str, float] = {}
    for one, weight in zip(parts, weights, strict=True):
        text = one.sentence.text
        for name in CUES:
            counts[name] += weight * len(set(pattern(f"cue_{name}").findall(text)))
        empty += weight * len(pattern("empty_praise").findall(text))
        for root in _own_roots(one, given):
            content[root] = max(weight, content.get(root, 0.0))
    return Depth(sum(content.values()), counts, empty, float(weights.sum()))


def level_features(found: Depth, coverage: float, best: float) -> dict[str, float]:
    """The numbers the level model sees; counts enter by their logarithm: more of the same adds little."""
    logs = {name: math.log1p(count) for name, count in found.cues.items()}
    return {
        "coverage": coverage,
        "best": best,
        "content": math.log1p(found.content),
        "empty": found.empty / max(1.0, found.relevant),
        **logs,
    }


def most_telling(parts: Sequence[Said], given: Collection[str], about: Sequence[Said]) -> Said | None:
    """The sentence that says most of its own about the question, or None when none bears on it."""
    weights = [
        weight * math.log1p(len(_own_roots(one, given)))
        for one, weight in zip(parts, _relevance(parts, about), strict=True)
    ]
    best = max(range(len(parts)), key=weights.__getitem__)
    return parts[best] if weights[best] > 0 else None


def _own_roots(one: Said, given: Collection[str]) -> set[str]:
    roots = zip(one.embedded.stems, one.embedded.rarity.tolist(), strict=True)
    return {root for root, rarity in roots if rarity > RARE_WORD and root not in given}


def _relevance(parts: Sequence[Said], about: Sequence[Said]) -> Floats:
    low, high = RELEVANT_SIMILARITY
    said = np.stack([one.embedded.whole for one in parts])
    nearest = (said @ np.stack([one.embedded.whole for one in about]).T).max(axis=1)
    weights: Floats = np.clip((nearest - low) / (high - low), 0.0, 1.0)
    repeats = np.tril(said @ said.T, -1).max(axis=1) >= REPEATED_SIMILARITY
    weights[repeats] = 0.0
    return weights
