"""What an answer says of each key point: placed, screened and matched, with the quote of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.reading.alignment import match
from analysis.reading.contradiction import is_denied
from analysis.reading.fitted import load_model
from analysis.reading.placed import Placed, Point, Said, place
from analysis.reading.quotes import cut_out
from analysis.reading.screening import Screened, screen
from data.domain import Answer, CoverageStatus, Elicitation, Evidence, Turn

_STAGES: tuple[tuple[Elicitation, ...], ...] = (
    ("volunteered",),
    ("volunteered", "prompted"),
    ("volunteered", "prompted", "hinted"),
)


@dataclass(frozen=True, slots=True)
class PointHeard:
    """How clearly one key point was made (0-1), in a word, and where."""

    point: Point
    strength: float
    status: CoverageStatus
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Stage:
    """What was kept, and the points in it, up to what was elicited in the way `reached`."""

    reached: Elicitation
    kept: tuple[Said, ...]
    points: tuple[PointHeard, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer read: what scoring carries on. A gate leaves every point missed and no stage."""

    placed: Placed
    screened: Screened
    points: tuple[PointHeard, ...]
    stages: tuple[Stage, ...]


def read(answer: Answer, comments: Sequence[Turn] = ()) -> Found:
    """The answer, and the comments of its written code, held against its question."""
    placed = place(answer, comments)
    screened = screen(placed.said, placed.asked, [one for point in placed.points for one in point.parts])
    kept = () if screened.gate else screened.kept
    elicited = {turn.elicitation for turn in answer.candidate_turns}
    points = hear(placed.points, kept, placed.given)
    stages = []
    for included in _STAGES:
        part = tuple(one for one in kept if one.turn is not None and one.turn.elicitation in included)
        if part and included[-1] in elicited:
            seen = points if elicited <= set(included) else hear(placed.points, part, placed.given)
            stages.append(Stage(included[-1], part, seen))
    return Found(placed, screened, points, tuple(stages))


def hear(points: Sequence[Point], kept: Sequence[Said], given: frozenset[str]) -> tuple[PointHeard, ...]:
    """What these sentences say of each point; `given`: stems that the question already has."""
    return tuple(_hear(point, kept, given) for point in points)


def _hear(point: Point, kept: Sequence[Said], given: frozenset[str]) -> PointHeard:
    if not kept:
        return PointHeard(point, 0.0, "missed", None)
    best = match(point.merged, kept, given)
    strength = load_model().coverage(best)
    status = load_model().status(strength)
    if status == "missed":
        return PointHeard(point, strength, status, None)
    first, last = kept[best.first], kept[best.last]
    evidence = cut_out(first.turn, first.sentence.start, last.sentence.end) if first.turn else None
    if is_denied(point.parts, kept[best.first : best.last + 1], kept):
        return PointHeard(point, 0.0, "contradicted", evidence)
    return PointHeard(point, strength, status if evidence else "cannot_tell", evidence)
