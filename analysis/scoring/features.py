"""What can be counted in an answer without understanding it: reasons, numbers, trade-offs, consequences."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analysis.scoring.alignment import Said, stem
from analysis.scoring.lexicon import pattern

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


@dataclass(frozen=True, slots=True)
class Depth:
    """Counts over the sentences that bear on the question. `content` counts distinct content words."""

    content: int
    cues: dict[str, int]
    empty: int
    sentences: int


def depth(parts: Sequence[Said], given: Collection[str]) -> Depth:
    """Count the cues of reasoning; each different cue of a kind once per sentence."""
    counts = dict.fromkeys(CUES, 0)
    empty = 0
    content: set[str] = set()
    for one in parts:
        text = one.sentence.text
        for name in CUES:
            counts[name] += len(set(pattern(f"cue_{name}").findall(text)))
        empty += len(pattern("empty_praise").findall(text))
        content |= {
            stem(word)
            for word, rarity in zip(one.embedded.words, one.embedded.rarity, strict=True)
            if rarity > RARE_WORD
        }
    return Depth(len(content - set(given)), counts, empty, len(parts))


def level_features(found: Depth, coverage: float, best: float, share: float) -> dict[str, float]:
    """The numbers the level model sees; counts enter by their logarithm: more of the same adds little."""
    logs = {name: math.log1p(count) for name, count in found.cues.items()}
    return {
        "coverage": coverage,
        "best": best,
        "share": share,
        "content": math.log1p(found.content),
        "empty": found.empty / max(1, found.sentences),
        **logs,
    }
