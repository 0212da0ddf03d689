"""The question of the bank that is nearest to what was just said: an open point's, or a follow-up. Pure."""

from __future__ import annotations

from analysis.interview.listener.understood import Heard, Near
from analysis.interview.planner.moves import Move
from analysis.interview.planner.next_point import KINDS, is_sayable, open_points, spoken_of
from analysis.interview.planner.standing import Standing
from analysis.reading.leaks import stems

NEAR, FAIRLY_NEAR = 0.42, 0.34
"""Likeness (a mean over the question and what it looks for) from which a question follows what was said;
fairly near ones come when there is no decision to ask about."""
LEADS = 0.27
"""From here on the clause that it follows from is said first."""
LATER = 0.08
"""A follow-up waits for the points of the question, unless it is so much nearer."""
SHARED = 2
"""A question with so many of their words takes them up as it stands."""
NOTHING = Near(0.0)


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
    near = {line: _likeness(heard, line) - LATER * (line not in points) for line in lines}
    best = max(lines, key=lambda line: near[line], default=None)
    if best is None or not anything and near[best] < least:
        return None
    point = points.get(best)
    kind = KINDS.get(point.competency, "dig_claim") if point else "dig_claim"
    move = Move(kind, text=best, point=point.id if point else None)
    return move if anything else _leading(move, heard, best)


def _likeness(heard: Heard, line: str) -> float:
    return heard.near.get(line, NOTHING).likeness


def _leading(move: Move, heard: Heard, line: str) -> Move:
    """With the clause it follows from, else the most telling one, unless it takes up their words itself."""
    near = heard.near[line]
    claim = next((one for one in heard.claims if one.text == near.clause), None)
    if claim is None or near.clause_likeness < LEADS:
        claim = next((one for one in heard.claims if one.kind != "aside"), None)
    if claim is None or near.likeness < NEAR or len(stems(line) & stems(claim.text)) >= SHARED:
        return move
    return Move(move.kind, claim.text, claim.kind, claim.part, text=line, point=move.point)


def _follow_ups(heard: Heard, standing: Standing) -> list[str]:
    """Those not asked yet whose point, where they ask for one, is open as well."""
    lines = (*standing.asked, *standing.earlier)
    closed = spoken_of(heard, standing) | set(standing.probed)
    return [
        one
        for one in standing.question.follow_ups
        if is_sayable(one, standing)
        and not any(one in line for line in lines)
        and heard.near.get(one, NOTHING).point not in closed
    ]
