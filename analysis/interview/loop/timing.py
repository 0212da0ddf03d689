"""When the interviewer may speak: shares of a round, the silence ladder, the minutes of the whole. Pure."""

from __future__ import annotations

from typing import Literal

from analysis.interview.loop.dialogue import has_spoken
from analysis.interview.loop.state import State
from analysis.interview.moves.lines import NUDGES
from analysis.interview.planning.plan import CLOSING_SECONDS, OPENING_SECONDS, shares

MAX_PROBES = 2
SHORTEST_ROUND_SECONDS = 45.0
"""With less time than this a question is not worth beginning."""
PATIENCE_SECONDS = (6.0, 10.0)
"""Silence before "take your time", then before the offer to move on. Thinking for 4 s is normal."""
TURN_SECONDS = 4.0
"""Silence before the interviewer takes the floor for a probe because time is short."""
BREATH_SECONDS = 1.5
"""A pause into which a reminder fits."""
REMINDER_SHARE = 0.8
PROBE_SHARES = (0.6, 0.8)
"""The share of a round after which the first and the second probe should be asked at the next silence."""
REPLY_SECONDS = 20.0
"""What a probe asked late is given at least."""

Due = Literal["next", "send", "probe", "remind", "nudge"]


def round_seconds(state: State) -> float | None:
    """What the current round gets of the time left, None when that is too little to begin.

    It is what the plan shows, and a share of what earlier rounds left or took. The greeting has its own time.
    """
    left = interview_seconds(state) - max(state.clock.active_seconds, OPENING_SECONDS)
    share = shares(state.plan.rounds[state.round :], left / 60)[0] * 60
    return share if share >= min(SHORTEST_ROUND_SECONDS, state.current.question.minutes * 60) else None


def interview_seconds(state: State) -> float:
    """When the last question must be over."""
    return state.plan.minutes * 60 - CLOSING_SECONDS


def is_interview_over(state: State) -> bool:
    """True when the minutes of the whole interview are used."""
    return state.clock.active_seconds >= interview_seconds(state)


def is_round_over(state: State) -> bool:
    """True when this round has had its time, and a late probe its reply."""
    late = state.probes > 0 and state.clock.active_seconds < state.asked_at + REPLY_SECONDS
    return state.spent_seconds >= state.round_seconds and not late


def due(state: State, silent_seconds: float) -> Due | None:
    """What silence of this length calls for now."""
    if not state.spoken:
        return _due_in_writing(state)
    silent = min(silent_seconds, state.clock.active_seconds - state.quiet_at)
    if is_round_over(state) and silent >= BREATH_SECONDS:
        return "next"
    waiting = state.probes < MAX_PROBES and has_spoken(state)
    if waiting and silent >= TURN_SECONDS and state.spent_seconds >= _probe_at(state):
        return "probe"
    if _is_reminder_due(state) and silent >= BREATH_SECONDS:
        return "remind"
    if state.nudges < len(NUDGES) and silent >= PATIENCE_SECONDS[state.nudges]:
        return "nudge"
    return None


def _due_in_writing(state: State) -> Due | None:
    """Text cannot cut in, and nobody can see whether somebody is writing."""
    if is_round_over(state):
        return "send" if state.nudges < len(NUDGES) else None
    return "remind" if _is_reminder_due(state) else None


def _probe_at(state: State) -> float:
    return PROBE_SHARES[state.probes] * state.round_seconds


def _is_reminder_due(state: State) -> bool:
    return not state.reminded and state.spent_seconds >= REMINDER_SHARE * state.round_seconds
