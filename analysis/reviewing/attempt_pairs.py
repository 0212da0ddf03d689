"""Two attempts at one question side by side: levels, key points, delivery, what the words became. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.reading.word_diff import opcodes
from analysis.speech.delivery import BANDS
from data.domain import Assessment, AttemptResult, CoverageStatus, Delivery, Score, Turn
from data.domain.in_words import number


@dataclass(frozen=True, slots=True)
class LevelPair:
    """One criterion in both attempts; None where it was not judged."""

    criterion: str
    before: Score | None
    after: Score | None

    @property
    def comparable(self) -> bool:
        """Whether both are levels of the same scorer, version and rubric."""
        if self.before is None or self.after is None:
            return False
        same = _scale(self.before) == _scale(self.after)
        return same and self.before.level is not None and self.after.level is not None


@dataclass(frozen=True, slots=True)
class PointPair:
    """One key point in both attempts; None where the question had no such point."""

    text: str
    before: CoverageStatus | None
    after: CoverageStatus | None


@dataclass(frozen=True, slots=True)
class MeasuredPair:
    """One delivery value in both attempts, with its unit."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


def level_pairs(before: Assessment | None, after: Assessment | None) -> tuple[LevelPair, ...]:
    """Every criterion of either, in the order of the later attempt."""
    old = {score.criterion: score for score in (before.scores if before else ())}
    new = {score.criterion: score for score in (after.scores if after else ())}
    return tuple(LevelPair(name, old.get(name), new.get(name)) for name in dict.fromkeys([*new, *old]))


def point_pairs(before: Assessment | None, after: Assessment | None) -> tuple[PointPair, ...]:
    """Every key point of either."""
    old = {result.key_point.id: result for result in (before.key_points if before else ())}
    new = {result.key_point.id: result for result in (after.key_points if after else ())}
    texts = {name: result.key_point.text for name, result in [*old.items(), *new.items()]}
    return tuple(
        PointPair(
            text,
            old[name].status if name in old else None,
            new[name].status if name in new else None,
        )
        for name, text in texts.items()
    )


def same_reading(before: Assessment, after: Assessment) -> bool:
    """Whether one version of one scorer read both."""
    return bool(_made_by(before) & _made_by(after))


def delivery_pairs(
    before: Delivery | None, after: Delivery | None, names: Iterable[str] = tuple(BANDS)
) -> tuple[MeasuredPair, ...]:
    """Every delivery value of these names that was measured in at least one of them."""
    pairs = ((BANDS[name], getattr(before, name, None), getattr(after, name, None)) for name in names)
    return tuple(
        MeasuredPair(signal.label, number(old, signal.unit), number(new, signal.unit))
        for signal, old, new in pairs
        if old is not None or new is not None
    )


def word_changes(before: str, after: str) -> tuple[Change, ...]:
    """What has to be taken out of and put into `before` to get `after`, word by word."""
    old, new = before.split(), after.split()
    changes: list[Change] = []
    keys = [_key(word) for word in old], [_key(word) for word in new]
    for kind, first, last, begin, end in opcodes(*keys):
        if kind == "equal":
            changes.append(Change("same", " ".join(new[begin:end])))
            continue
        if first < last:
            changes.append(Change("removed", " ".join(old[first:last])))
        if begin < end:
            changes.append(Change("added", " ".join(new[begin:end])))
    return tuple(changes)


def said(turns: Sequence[Turn]) -> str:
    """The candidate's words only."""
    return " ".join(turn.text for turn in turns if turn.speaker == "candidate")


def in_order(one: AttemptResult, other: AttemptResult) -> tuple[AttemptResult, AttemptResult]:
    """The earlier attempt first."""
    if one.attempt.started_at <= other.attempt.started_at:
        return one, other
    return other, one


def _scale(score: Score) -> tuple[str, str, str]:
    return score.scorer, score.scorer_version, score.rubric_version


def _made_by(assessment: Assessment) -> set[tuple[str, str]]:
    told = (*assessment.scores, *((assessment,) if assessment.scorer else ()))
    return {(one.scorer, one.scorer_version) for one in told}


def _key(word: str) -> str:
    return word.lower().strip(".,;:!?\"'“”‘’()")
