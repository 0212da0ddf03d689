"""The ladder of hints towards a key point: a narrower question, a nudge, the content; step by step. Pure."""

from __future__ import annotations

from analysis.interview.listener.understood import Heard
from analysis.interview.planner.moves import Move
from analysis.interview.planner.next_point import open_point, said_wrongly
from analysis.interview.planner.standing import Standing
from data.domain import KeyPoint

MOST_HINTS = 3


def next_hint(heard: Heard, standing: Standing) -> Move:
    """The next of three steps towards the point asked for last, else towards the most telling open one."""
    by_id = {point.id: point for point in standing.question.key_points}
    heard_right = set(heard.points) - said_wrongly(heard, standing)
    last = [
        name for name in (*reversed(standing.hints), *reversed(standing.probed)) if name not in heard_right
    ]
    candidates = [by_id[name] for name in last if name in by_id]
    point = candidates[0] if candidates else open_point(heard, standing)
    if point is None:
        return Move("move_on")
    step = next_step(point, standing)
    if step > MOST_HINTS:
        return Move("move_on")
    return Move("hint_step", text=_step_text(point, step), point=point.id, step=step)


def next_step(point: KeyPoint, standing: Standing) -> int:
    """The step of the ladder that comes next, from 1; one asked as a smaller question is behind us."""
    step = standing.hints.count(point.id) + 1
    while step < MOST_HINTS and any(_step_text(point, step) in line for line in standing.asked):
        step += 1
    return step


def _step_text(point: KeyPoint, step: int) -> str:
    """The bank's step; a set without any has its open question, twice, and then the point itself."""
    if len(point.hints) == MOST_HINTS:
        return point.hints[step - 1]
    return point.probe if step < MOST_HINTS else f"A strong answer here: {point.text}"
