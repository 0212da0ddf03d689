"""The key point that would tell most and is still open: near what was just said, not answered by it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.interview.listener.understood import Heard, Near
from analysis.interview.planner.moves import Move, MoveKind
from analysis.interview.planner.standing import Standing
from analysis.reading.leaks import gives_away
from data.domain import KeyPoint

WORTH: Mapping[str, float] = {"C1": 25, "C2": 15, "C3": 20, "C4": 15, "C5": 10, "C6": 15}
"""What a point of each competency adds: the system-design weights of the rubric."""
OTHER_WORTH = 15.0
PRIMARY: Mapping[str, tuple[str, ...]] = {
    "distributed_systems": ("C2",),
    "data_infrastructure": ("C3",),
    "operations": ("C6", "C4"),
    "capacity": ("C5",),
    "coding": ("coding",),
    "code_reading": ("code_reading",),
    "ai_coding": ("ai_coding",),
    "debugging": ("debugging",),
    "experience": ("experience",),
    "behavioral": ("behavioral",),
}
"""The rubric's primary criteria of a category; a point that feeds one of them tells more."""
SUITS: Mapping[str, tuple[str, ...]] = {
    "junior": ("C1", "C3"),
    "mid": ("C5", "C3"),
    "senior": ("C2",),
    "staff": ("C2", "C5"),
}
"""What is asked for first at a level."""
WAITED_FOR = ("senior", "staff")
"""From these levels on failures and operations should come unasked; they are asked for when they have not."""
KINDS: Mapping[str, MoveKind] = {"C1": "dig_claim", "C4": "break_component", "C5": "ask_number"}
MUST_BE_RAISED = ("C4", "C6")
"""Failure modes and operations are asked about before a design question ends."""
TOLD = 0.62
"""Likeness of something said in a round to a key point from which it is not asked for: it was spoken of. No
score, and only where others are open."""
JUST_ANSWERED = 0.4
"""The same of what was just said: of lines that asked on so near every second one asked for what was said, of
the others every fifteenth (played interviews, judged by somebody else)."""
SAYS_THE_SAME = 0.62
"""A question that is as near as this to what was just said asks for that."""
LEAST_NEAR, LEAST_TOLD = 0.1, 0.3
"""From here on nearness to what was just said counts for a point, and having been spoken of against it."""
ABOUT_THAT = 0.3
"""Likeness of what was just said to a question from which that is about it."""
NOTHING = Near(0.0)
EASIEST_FIRST = ("C1", "C3", "coding", "experience", "behavioral", "C5", "C2")
"""What somebody who has little to say is asked for first; failures and operations come last."""


def open_point(heard: Heard, standing: Standing, competency: str | None = None) -> KeyPoint | None:
    """The most telling point that was neither spoken of nor asked for; one that was said wrongly is open."""
    still = _not_just_answered(open_points(heard, standing, competency), heard)
    due = due_competency(heard, standing) if competency is None else ""
    urgent = [point for point in still if point.competency == due]
    return max(urgent or still, key=lambda point: _worth(point, heard, standing), default=None)


def easiest_point(heard: Heard, standing: Standing) -> KeyPoint | None:
    """The open point that somebody who has little to say begins with: what it does before how it fails."""
    order = {name: at for at, name in enumerate(EASIEST_FIRST)}
    still = _not_just_answered(open_points(heard, standing), heard)
    return min(still, key=lambda point: order.get(point.competency, len(order)), default=None)


def open_points(heard: Heard, standing: Standing, competency: str | None = None) -> list[KeyPoint]:
    """Those that can be asked for: nobody has spoken of them, and their question gives nothing away."""
    known = spoken_of(heard, standing)
    still = [
        point
        for point in standing.question.key_points
        if point.id not in known
        and point.id not in standing.probed
        and point.probe
        and not any(point.probe in line for line in standing.asked)
        and competency in (None, point.competency)
        and not (_settles_needs(point) and not standing.opens)
    ]
    return [point for point in still if is_sayable(point.probe, standing)] or still


def spoken_of(heard: Heard, standing: Standing) -> set[str]:
    """The points that are heard, or may be: asking for them would ask for what was just said."""
    told = {name for name, near in heard.told.items() if near >= TOLD}
    return (set(heard.points) | told | heard.touched) - said_wrongly(heard, standing)


def is_just_answered(line: str, heard: Heard) -> bool:
    """Whether what was just said comes so near to what a line looks for, or asks, that it may answer it."""
    near = heard.near.get(line, NOTHING)
    return near.answered >= JUST_ANSWERED or near.likeness >= SAYS_THE_SAME


def _not_just_answered(points: list[KeyPoint], heard: Heard) -> list[KeyPoint]:
    """The rest of them; all where there is no rest."""
    return [point for point in points if not is_just_answered(point.probe, heard)] or points


def is_sayable(line: str, standing: Standing) -> bool:
    """Whether a line of the bank gives away nothing that nobody has said."""
    return not gives_away(line, standing.question.key_points, standing.heard)


def _settles_needs(point: KeyPoint) -> bool:
    """Whether it is about what is asked before anything is designed: too late once the design has begun."""
    return point.kind == "do" and point.competency == "C1"


def said_wrongly(heard: Heard, standing: Standing) -> set[str]:
    """The points whose false version was said in this round: they are never taken as made."""
    question, wrong = standing.question, set(heard.wrong_points)
    for place in standing.challenged:
        at = question.misconceptions[place].contradicts
        if at is not None and 0 < at <= len(question.key_points):
            wrong.add(question.key_points[at - 1].id)
    return wrong


def due_competency(heard: Heard, standing: Standing) -> str:
    """The competency a design must speak of before it ends, and has not."""
    if standing.question.category != "system_design" or not standing.closing:
        return ""
    points = {point.id: point.competency for point in standing.question.key_points}
    raised = {points[name] for name in (*heard.points, *standing.probed) if name in points}
    return next((name for name in MUST_BE_RAISED if name not in raised), "")


def ask_for(point: KeyPoint, heard: Heard | None = None) -> Move:
    """The bank's open question for a point: it moves on, unless it is about what was just said."""
    near = heard.near.get(point.probe, NOTHING).likeness if heard is not None else 0.0
    kind = KINDS.get(point.competency, "dig_claim" if near >= ABOUT_THAT else "move_on")
    return Move(kind, text=point.probe, point=point.id)


def _worth(point: KeyPoint, heard: Heard, standing: Standing) -> float:
    """Most for what the category is about, for what suits the level, and for a competency not heard of."""
    raised = {one.competency for one in standing.question.key_points if one.id in heard.points}
    worth = WORTH.get(point.competency, OTHER_WORTH)
    primary = 1.5 if point.competency in PRIMARY.get(standing.question.category, ()) else 1.0
    waits = standing.level in WAITED_FOR and point.competency in MUST_BE_RAISED and not standing.closing
    suits = 0.5 if waits else 1.3 if point.competency in SUITS.get(standing.level, ()) else 1.0
    near = max(0.0, heard.near.get(point.probe, NOTHING).likeness - LEAST_NEAR)
    told = max(0.0, heard.told.get(point.id, 0.0) - LEAST_TOLD)
    return (
        worth * primary * suits * (0.6 if point.competency in raised else 1.0) * (1 + 2 * near) * (1 - told)
    )
