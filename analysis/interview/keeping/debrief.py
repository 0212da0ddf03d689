"""A loop looked back on, across its sittings: only what was measured, with how often; no verdict. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from analysis.scoring.coverage import Coverage, by_competency, coverage
from data.domain import Assessment, AttemptResult, Delivery, Score

MEASURES = (
    ("speaking_rate_wpm", "Speaking rate", "words/min"),
    ("long_pauses_per_minute", "Long pauses", "per minute"),
    ("filled_pauses_per_minute", "Filled pauses", "per minute"),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of a sitting: what was heard in it, and the levels of it that count."""

    sitting: str
    result: AttemptResult
    heard: Assessment | None
    levels: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """A value over all answers in which it was measured."""

    name: str
    value: float
    unit: str
    answers: int


@dataclass(frozen=True, slots=True)
class Debrief:
    """All sittings that were held, together."""

    by_sitting: dict[str, Coverage]
    by_competency: dict[str, Coverage]
    levels: tuple[Measured, ...]
    delivery: tuple[Measured, ...]


def debrief(answers: Sequence[Answered]) -> Debrief:
    """Coverage by sitting and competency; the middle of the levels by criterion and of each measure."""
    points = {
        name: [
            point
            for one in answers
            if one.sitting == name and one.heard is not None
            for point in one.heard.key_points
        ]
        for name in dict.fromkeys(one.sitting for one in answers)
    }
    levels = [score for one in answers for score in one.levels if score.level is not None]
    spoken = [one.result.delivery for one in answers if one.result.delivery is not None]
    return Debrief(
        {name: coverage(found) for name, found in points.items()},
        by_competency([point for found in points.values() for point in found]),
        tuple(
            Measured(name, median(found), "level", len(found))
            for name in dict.fromkeys(score.criterion for score in levels)
            if (found := [score.level for score in levels if score.criterion == name and score.level])
        ),
        tuple(
            Measured(title, median(found), unit, len(found))
            for name, title, unit in MEASURES
            if (found := _measured(spoken, name))
        ),
    )


def _measured(spoken: Sequence[Delivery], name: str) -> list[float]:
    values: list[float | None] = [getattr(one, name) for one in spoken]
    return [value for value in values if value is not None]
