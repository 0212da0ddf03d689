"""The question of the bank that is nearest to what was just said: an open point's, or a follow-up. Pure.

Nearness is to the question and not to its answer: what comes near to the answer may have been the answer.
"""

from __future__ import annotations

from dataclasses import replace

from analysis.interview.listener.clauses import is_own, is_sentence
from analysis.interview.listener.understood import Heard
from analysis.interview.planner.moves import Move
from analysis.interview.planner.next_point import (
    KINDS,
    NOTHING,
    is_just_answered,
    is_sayable,
    open_points,
    spoken_of,
)
from analysis.interview.planner.standing import Standing
from analysis.reading.leaks import stems

NEAR, FAIRLY_NEAR = 0.42, 0.34
"""Likeness of something said to a question from which that follows what was said; fairly near ones come when
there is no decision to ask about."""
LINKED = 0.48
"""Likeness of a clause to a question from which they belong together, so that the clause is said first. Of
clauses said back further off five of six had no link with what was asked."""
LINKED_OWN = 0.27
"""The same where they tell what they do themselves, which is said back without "you say"."""
LATER = 0.08
"""A follow-up waits for the points of the question, unless it is so much nearer."""
FOLLOWED, SPOKEN_OF = 0.58, 0.5
"""A follow-up that is nearer to what was just said, or to what was said before, asks for that."""
SHARED = 2
"""A question with so many of their words takes them up as it stands."""


def near_question(
    heard: Heard,
    standing: Standing,
    competency: str | None = None,
    *,
    anything: bool = False,
    least: float = NEAR,
) -> Move | None:
    """Ask it, after the words that it answers to; None when none is near (`anything`: however far)."""
    points = {point.probe: point for point in open_points(heard, standing, competency)}
    lines = [*points, *(_follow_ups(heard, standing) if competency is None and not standing.opens else ())]
    open_still = [line for line in lines if line not in points or not is_just_answered(line, heard)]
    lines = open_still or (lines if anything else [])
    near = {line: _likeness(heard, line) - LATER * (line not in points) for line in lines}
    best = max(lines, key=lambda line: near[line], default=None)
    if best is None or not anything and near[best] < least:
        return None
    point = points.get(best)
    kind = KINDS.get(point.competency, "dig_claim") if point else "dig_claim"
    return linked(Move(kind, text=best, point=point.id if point else None), heard)


def linked(move: Move, heard: Heard) -> Move:
    """With the clause that its question follows from, where one does and the question has not its words."""
    near = heard.near.get(move.text, NOTHING)
    claim = next((one for one in heard.claims if one.text == near.clause), None)
    if claim is None or len(stems(move.text) & stems(claim.text)) >= SHARED:
        return move
    own = is_own(claim.text)
    if near.clause_likeness < (LINKED_OWN if own else LINKED) or not (own or is_sentence(claim.text)):
        return move
    return replace(move, about=claim.text, claim=claim.kind, component=claim.part)


def _likeness(heard: Heard, line: str) -> float:
    return heard.near.get(line, NOTHING).likeness


def _follow_ups(heard: Heard, standing: Standing) -> list[str]:
    """Those not asked yet, and not answered, whose point, where they ask for one, is open as well."""
    lines = (*standing.asked, *standing.earlier)
    closed = spoken_of(heard, standing) | set(standing.probed)
    return [
        one
        for one in standing.question.follow_ups
        if is_sayable(one, standing)
        and not any(one in line for line in lines)
        and heard.near.get(one, NOTHING).point not in closed
        and _likeness(heard, one) < FOLLOWED
        and (heard.told.get(one, 0.0) < SPOKEN_OF or _likeness(heard, one) >= NEAR)
    ]
