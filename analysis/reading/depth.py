"""What can be counted in an answer without understanding it: reasons, numbers, trade-offs, consequences.

With it go the quotes that carry a level: the points that were made, and the most telling sentence left.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.reading.embeddings import RARE_WORD, Floats
from analysis.reading.found import Found, PointHeard
from analysis.reading.lexicon import pattern, word_set
from analysis.reading.placed import Placed, Said
from analysis.reading.quotes import cut_out
from data.domain import Elicitation, Evidence

MOST_QUOTES = 3
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


@dataclass(frozen=True, slots=True)
class Weighed:
    """What of an answer bears on one competency.

    `points`: the key points that feed it; `heard`: the quotes of those that were made, the clearest first;
    `evidence`: the quotes that carry a level; `stages`: what the level model sees of each stage.
    """

    points: tuple[PointHeard, ...]
    heard: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]
    stages: tuple[tuple[Elicitation, dict[str, float]], ...]


def weigh(found: Found, criterion: str) -> Weighed:
    """Count each stage of the answer, and choose the quotes; nothing of an answer that a gate stopped."""
    mine = tuple(one for one in found.points if one.point.key_point.competency == criterion)
    made = sorted((one for one in mine if one.status in ("covered", "partly")), key=lambda one: -one.strength)
    heard = tuple(dict.fromkeys(one.evidence for one in made if one.evidence))
    if found.screened.gate or not found.screened.kept or not mine:
        return Weighed(mine, heard, (), ())
    placed = found.placed
    stages = tuple(
        (
            stage.reached,
            features(
                [p for p in stage.points if p.point.key_point.competency == criterion], stage.kept, placed
            ),
        )
        for stage in found.stages
    )
    return Weighed(mine, heard, _deciding(heard, mine, found), stages)


def features(points: Sequence[PointHeard], kept: Sequence[Said], placed: Placed) -> dict[str, float]:
    """What the level model sees of these sentences and the points in them (neither empty)."""
    strengths = [one.strength for one in points]
    counted = depth(kept, placed.given, _about(points, placed))
    return level_features(counted, sum(strengths) / len(strengths), max(strengths))


def negations(parts: Sequence[Said]) -> float:
    """Negating words per word."""
    words = [word for one in parts for word in one.sentence.words]
    return sum(word in word_set("negators") for word in words) / max(1, len(words))


def dismissals(parts: Sequence[Said]) -> int:
    """Sentences that wave a concern away or promise what no system keeps ("never fails", "no downside")."""
    return sum(bool(pattern("dismissals").search(one.sentence.text)) for one in parts)


def _deciding(heard: Sequence[Evidence], mine: Sequence[PointHeard], found: Found) -> tuple[Evidence, ...]:
    quoted = heard[: MOST_QUOTES - 1]
    kept = [one for one in found.screened.kept if one.turn and not any(_covers(q, one) for q in quoted)]
    telling = most_telling(kept, found.placed.given, _about(mine, found.placed)) if kept else None
    more = (
        cut_out(telling.turn, telling.sentence.start, telling.sentence.end)
        if telling and telling.turn
        else None
    )
    return (*quoted, *((more,) if more else heard[MOST_QUOTES - 1 : MOST_QUOTES]))


def _covers(quote: Evidence, one: Said) -> bool:
    if one.turn is None or quote.turn != one.turn.index:
        return False
    return one.turn.text[one.sentence.start : one.sentence.end] in quote.quote


def _about(points: Sequence[PointHeard], placed: Placed) -> tuple[Said, ...]:
    return (*placed.asked, *(part for one in points for part in one.point.parts))


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
