"""When a point is aligned but denied: negation of what it affirms, or the opposite term.

Rules, not understanding: they find "we do not replicate" and "synchronous" for "asynchronous". What is wrong
in other words passes unseen, and the assessment says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from analysis.scoring.alignment import Said, merge, stem
from analysis.scoring.lexicon import entries, pattern, word_set

ALIGNED = 0.5
"""Similarity from which two words are taken to speak of the same thing."""
SCOPE_WORDS = 5
DENIED_SHARE = 0.5

_BREAKS = frozenset({"but", "because", "so", "since", "although", "though", "instead", "unless", "while"})


def is_denied(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    """True when the evidence says the opposite of the point it is aligned with."""
    return _share_denied(point, evidence) >= DENIED_SHARE or _has_opposite(point, evidence, answer)


def negated_sentences(parts: Sequence[Said]) -> float:
    """Share of sentences with a negation."""
    if not parts:
        return 0.0
    return sum(any(word in word_set("negators") for word in one.sentence.words) for one in parts) / len(parts)


def dismissals(parts: Sequence[Said]) -> int:
    """Sentences that wave a concern away or promise what no system keeps ("never fails", "no downside")."""
    return sum(bool(pattern("dismissals").search(one.sentence.text)) for one in parts)


def _share_denied(point: Sequence[Said], evidence: Sequence[Said]) -> float:
    """Share (by rarity) of the point's aligned words that stand under a negation only on one side."""
    wanted = merge(point)
    said = merge(evidence)
    similarity = wanted.vectors @ said.vectors.T
    wanted_negated, said_negated = _negated(wanted.words), _negated(said.words)
    aligned = flipped = 0.0
    for i, j in enumerate(similarity.argmax(axis=1)):
        if similarity[i, j] >= ALIGNED and wanted.rarity[i] > 0.4:
            aligned += float(wanted.rarity[i])
            if wanted_negated[i] != said_negated[j]:
                flipped += float(wanted.rarity[i])
    return flipped / aligned if aligned else 0.0


def _negated(words: Sequence[str]) -> list[bool]:
    """For each word whether a negator stands up to five words before it, in the same clause."""
    marks: list[bool] = []
    left = 0
    for word in words:
        if word in word_set("negators"):
            left = SCOPE_WORDS
            marks.append(True)
            continue
        if word in _BREAKS:
            left = 0
        marks.append(left > 0)
        left = max(0, left - 1)
    return marks


def _has_opposite(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    wanted, said, anywhere = _stems(point), _stems(evidence), _stems(answer)
    for mine, theirs in _opposites():
        denied = said & theirs and not anywhere & mine
        if denied and wanted & mine and not wanted & theirs:
            return True
    return False


def _stems(parts: Sequence[Said]) -> set[str]:
    return {stem(word) for one in parts for word in one.sentence.words}


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    for entry in entries("opposites"):
        one, other = (frozenset(stem(word) for word in side.split("/")) for side in entry.split(":"))
        pairs += [(one, other), (other, one)]
    return tuple(pairs)
