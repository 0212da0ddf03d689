"""The one probe that would tell most about an answer, from the bank's neutral probes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.reading.leaks import gives_away
from data.domain import KeyPoint, KeyPointResult, Question

WORTH: Mapping[str, float] = {"C1": 25, "C2": 15, "C3": 20, "C4": 15, "C5": 10, "C6": 15}
"""What a point of each competency adds: the system-design weights of the rubric."""
OTHER_WORTH = 15.0
PRIMARY: Mapping[str, tuple[str, ...]] = {
    "distributed_systems": ("C2",),
    "data_infrastructure": ("C3",),
    "operations": ("C6", "C4"),
    "capacity": ("C5",),
    "coding": ("coding",),
    "experience": ("experience",),
    "behavioral": ("behavioral",),
}
"""The rubric's primary criteria of a category; a point that feeds one of them tells more."""
MUST_BE_RAISED = ("C4", "C6")
"""Failure modes and operations are asked about before a design question ends."""
STRONG_SHARE = 0.6
"""From this share of the key points on, what is missing tells less than how far the answer carries."""
OPEN: Mapping[str, float] = {"missed": 1.0, "cannot_tell": 0.8, "contradicted": 0.8, "partly": 0.5}

Depth = Literal[1, 2, 3]
STRETCH: Mapping[str, str] = {
    "C1": "Which of the requirements, if it were different, would make you draw this anew?",
    "C2": "Where does that choice stop being right?",
    "C3": "What would make you take that decision back?",
    "C4": "How would you find out beforehand whether it really behaves as you say?",
    "C5": "Which of your assumptions matters most, and what if it is off by a factor of five?",
    "C6": "What would you look at first when you are called about this at night?",
    "coding": "Which input would your solution deal with worst?",
    "experience": "Knowing what you know today, what would you do otherwise?",
    "behavioral": "Where did what you took from this show up later?",
}
"""The step from level 3 to 4 of each criterion, put so that it fits any answer and tells nothing."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What to ask, and the point it looks for (None for a stretch).

    `depth` 1 opens a competency of which nothing was heard, 2 goes on where something was, 3 stretches an
    answer that already carries (the rubric's level 4).
    """

    text: str
    key_point: KeyPoint | None = None
    depth: Depth = 1


def choose_probe(
    question: Question,
    results: Sequence[KeyPointResult],
    *,
    asked: Sequence[str],
    probed: Sequence[str] = (),
    probes_left: int,
    heard: str = "",
) -> Probe | None:
    """The next probe, or None when nothing is left to ask. A strong answer is stretched once, then completed.

    `results` are the key points as the scorer found them so far, `asked` the interviewer's lines and `probed`
    the ids of points already asked for in this round, `heard` the whole dialogue (nothing in it is a leak).
    """
    said = f"{question.title} {question.text} {heard}"
    fresh = [
        one
        for one in results
        if one.status in OPEN
        and one.key_point.id not in probed
        and one.key_point.probe not in asked
        and not gives_away(one.key_point.probe, (one.key_point,), said)
    ]
    urgent = _urgent(question, results, fresh, probed, probes_left)
    if urgent:
        return _probe(max(urgent, key=lambda one: _worth(one, question, results)), results)
    stretched = not set(asked).isdisjoint(STRETCH.values())
    if is_strong(results) and not (stretched and fresh):
        return _stretch(results, asked, said)
    if not fresh:
        return None
    return _probe(max(fresh, key=lambda one: _worth(one, question, results)), results)


def choose_hint(results: Sequence[KeyPointResult], probed: Sequence[str] = ()) -> Probe | None:
    """Content for a candidate who asked for a hint: the point probed last, else the first open one."""
    still_open = [one.key_point for one in results if one.status in OPEN]
    last = [point for name in reversed(probed) for point in still_open if point.id == name]
    point = next(iter((*last, *still_open)), None)
    if point is None:
        return None
    return Probe(f"A strong answer here: {point.text} How would that look in your case?", point)


def is_strong(results: Sequence[KeyPointResult]) -> bool:
    """True when most of the key points are covered."""
    covered = sum(one.status == "covered" for one in results)
    return bool(results) and covered / len(results) >= STRONG_SHARE


def _probe(chosen: KeyPointResult, results: Sequence[KeyPointResult]) -> Probe:
    point = chosen.key_point
    return Probe(point.probe, point, 2 if point.competency in _raised(results) else 1)


def _raised(results: Sequence[KeyPointResult]) -> set[str]:
    """The competencies of which something was heard."""
    return {one.key_point.competency for one in results if one.status in ("covered", "partly")}


def _worth(result: KeyPointResult, question: Question, results: Sequence[KeyPointResult]) -> float:
    """Most for what is wholly open, for what the category is about, and for a competency not yet heard of."""
    competency = result.key_point.competency
    worth = OPEN[result.status] * WORTH.get(competency, OTHER_WORTH)
    primary = 1.5 if competency in PRIMARY.get(question.category, ()) else 1.0
    return worth * primary * (0.6 if competency in _raised(results) else 1.0)


def _urgent(
    question: Question,
    results: Sequence[KeyPointResult],
    fresh: Sequence[KeyPointResult],
    probed: Sequence[str],
    probes_left: int,
) -> list[KeyPointResult]:
    """In a design, the open points of the next competency that must still be raised."""
    if question.category != "system_design":
        return []
    competency = {one.key_point.id: one.key_point.competency for one in results}
    raised = _raised(results) | {competency[name] for name in probed if name in competency}
    due = [name for name in MUST_BE_RAISED if name not in raised]
    if not due or probes_left > len(due):
        return []
    return [one for one in fresh if one.key_point.competency == due[0]]


def _stretch(results: Sequence[KeyPointResult], asked: Sequence[str], heard: str) -> Probe | None:
    """The stretch of the competency that was covered best and not stretched yet."""
    covered = [one.key_point.competency for one in results if one.status == "covered"]
    open_points = [one.key_point for one in results if one.status in OPEN]
    for competency in sorted(set(covered), key=lambda name: (-covered.count(name), name)):
        text = STRETCH.get(competency)
        if text and text not in asked and not gives_away(text, open_points, heard):
            return Probe(text, None, 3)
    return None
