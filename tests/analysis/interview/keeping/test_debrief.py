"""A loop looked back on: what was heard, levels and measures over all sittings, each with how often."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from analysis.interview.keeping.debrief import Answered, Measured, debrief
from data.domain import Assessment, Delivery, KeyPoint, KeyPointResult, Score
from tests.stored import result


def heard(*told: tuple[str, Literal["covered", "missed", "cannot_tell"]]) -> Assessment:
    points = [
        KeyPointResult(KeyPoint(f"k{at}", "a point", "And?", competency), status)
        for at, (competency, status) in enumerate(told)
    ]
    return Assessment((), tuple(points))


def answered(sitting: str, said: Assessment | None, level: float | None, pace: float | None) -> Answered:
    delivery = None if pace is None else Delivery(speaking_rate_wpm=pace)
    scores = () if level is None else (Score("C2", level, "judge", "1", "r1"),)
    return Answered(sitting, replace(result(1), delivery=delivery), said, scores)


def test_it_counts_over_all_sittings_and_says_how_often_each_was_measured() -> None:
    told = debrief(
        [
            answered("Design", heard(("C1", "covered"), ("C2", "missed")), 2.0, 120.0),
            answered("Design", heard(("C2", "covered"), ("C2", "cannot_tell")), 3.0, None),
            answered("Coding", None, None, 160.0),
        ]
    )
    assert {name: (one.heard, one.told) for name, one in told.by_sitting.items()} == {
        "Design": (2, 3),
        "Coding": (0, 0),
    }
    assert {name: (one.heard, one.told) for name, one in told.by_competency.items()} == {
        "C1": (1, 1),
        "C2": (1, 2),
    }
    assert told.levels == (Measured("C2", 2.5, "level", 2),)
    assert told.delivery == (Measured("Speaking rate", 140.0, "words/min", 2),)


def test_nothing_measured_is_nothing_told() -> None:
    told = debrief([answered("Coding", None, None, None)])
    assert (told.by_competency, told.levels, told.delivery) == ({}, (), ())
