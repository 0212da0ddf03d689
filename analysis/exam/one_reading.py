"""What a scorer says of an answer, in the words of the labels; and when two quotes are of the same claim.

Two quotes are of the same claim when at least half of the pairs of neighbouring words of the shorter one
stand in the longer one. Both are quotes of one answer, so only words that are really shared count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from analysis.exam.constructed_answers import Rating, Verdict
from data.domain import Assessment, CoverageStatus, KeyPoint

ENOUGH_SHARED = 0.5
_VERDICTS: Mapping[CoverageStatus, Verdict] = {
    "covered": "heard",
    "partly": "half",
    "contradicted": "wrong",
    "missed": "none",
    "cannot_tell": "none",
}


def rating_of(assessment: Assessment, points: Iterable[KeyPoint]) -> Rating:
    """Verdicts on these key points in order, levels, and every claim that is called wrong, once."""
    statuses = {one.key_point.id: one for one in assessment.key_points}
    verdicts = [_VERDICTS[statuses[one.id].status] if one.id in statuses else "none" for one in points]
    told = [claim.quote or claim.why for score in assessment.scores for claim in score.errors]
    told += [
        one.evidence.quote
        for one in assessment.key_points
        if one.status == "contradicted" and one.evidence is not None
    ]
    levels = {score.criterion: score.level for score in assessment.scores}
    return Rating(tuple(verdicts), levels, _distinct(told))


def same_claim(one: str, other: str) -> bool:
    """Whether two quotes of one answer are of the same claim."""
    first, second = _pairs(one), _pairs(other)
    fewer, more = (first, set(second)) if len(first) <= len(second) else (second, set(first))
    return bool(fewer) and sum(pair in more for pair in fewer) >= ENOUGH_SHARED * len(fewer)


def told_of(claim: str, told: Iterable[str]) -> bool:
    """Whether any of these quotes is of the claim."""
    return any(same_claim(claim, one) for one in told)


def _distinct(told: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for quote in told:
        if not told_of(quote, kept):
            kept.append(quote)
    return tuple(kept)


def _pairs(quote: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", quote.lower())
    return list(zip(words, words[1:], strict=False)) or [tuple(words)] * bool(words)
