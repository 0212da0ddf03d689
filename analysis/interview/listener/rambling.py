"""Whether somebody goes on for long with little of it about the question. Pure, and quick."""

from __future__ import annotations

from functools import lru_cache

from analysis.reading.leaks import stems
from data.domain import Question

RAMBLING_WORDS, RAMBLING_SHARE = 110, 0.4
"""Of so many words less than this share of the content words belong to the question. Written candidates who
ramble have .22 to .31 (one .52), all others .55 and more."""


def rambles(text: str, question: Question) -> bool:
    """Whether it has gone on for long with little of it about the question."""
    said = stems(text)
    if len(text.split()) < RAMBLING_WORDS:
        return False
    return len(said & _own_stems(question)) < RAMBLING_SHARE * len(said)


@lru_cache(maxsize=64)
def _own_stems(question: Question) -> frozenset[str]:
    points = (" ".join((point.text, point.probe, *point.hints)) for point in question.key_points)
    facts = (fact.text for fact in question.facts)
    return frozenset(stems(" ".join([question.title, question.text, question.outline, *points, *facts])))
