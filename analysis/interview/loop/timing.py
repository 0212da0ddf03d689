"""When the interviewer may speak: shares of a round, the silence ladder, the minutes of the whole. Pure."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

from analysis.interview.listener.broken_off import is_unfinished
from analysis.interview.listener.rambling import rambles
from analysis.interview.loop.dialogue import current_words, has_spoken, words_since
from analysis.interview.loop.events import Quiet
from analysis.interview.loop.state import State
from analysis.interview.moves.lines import MOST_NUDGES
from analysis.interview.planning.plan import CLOSING_SECONDS, OPENING_SECONDS, shares

SHORTEST_ROUND_SECONDS = 45.0
"""With less time than this a question is not worth beginning."""
PATIENCE_SECONDS = (10.0, 40.0)
"""Silence before "take your time", and later in the round before the offer to move on. Thinking for 4 s is
normal, and who has been told to take their time is left in peace."""
MOST_STRETCH = 1.5
"""How much more than its usual minutes a question gets of what earlier rounds left."""
TURN_SECONDS = 4.0
"""Silence after which an answer of some length is taken for finished. Thinking for 4 s in it is normal."""
OVER_SECONDS, OVER_FROM = 2.0, 0.98
"""The same after what sounds finished, from this likelihood on."""
UNFINISHED_SECONDS, UNFINISHED_BELOW = 6.0, 0.05
"""And after what sounds as if it went on."""
ENOUGH_WORDS = 15
"""Shorter answers may be a beginning: they get the patience of somebody who has said nothing."""
SHORT_REPLY_SECONDS = 6.0
"""Silence after a few words before they are taken for all that is said."""
LAST_PATIENCE_SECONDS = 40.0
"""Silence after an encouragement before the interviewer helps; nobody is encouraged twice in between."""
MOMENT_SECONDS = 60.0
"""A minute to think."""
LONG_SECONDS, LONG_SHARE = 100.0, 0.45
"""Who has spoken this long without end, and for this share of the round, is interrupted at a breath."""
BREATH_SECONDS = 1.5
"""A pause into which a reminder fits."""
PAUSE_SECONDS = 0.75
"""The shortest pause that shows that somebody stops to think."""
MONOLOGUE_SECONDS = 60.0
"""Who has spoken this long without such a pause is interrupted; nobody can take part in that."""
ASTRAY_SECONDS = 45.0
"""Who has spoken this long with little of it about the question is interrupted at a breath."""
REMINDER_SHARE = 0.8
_STOPS = frozenset(".?!…")
REPLY_SECONDS = 20.0
"""What a line said late is given at least; with less than that left nothing more is asked."""

Due = Literal["next", "send", "probe", "cut_in", "remind", "nudge"]


def round_seconds(state: State) -> float | None:
    """What the current round gets of the time left, None when that is too little to begin.

    It is what the plan shows, and a share of what earlier rounds left or took. The greeting has its own time.
    """
    left = interview_seconds(state) - max(state.clock.active_seconds, OPENING_SECONDS)
    share = shares(state.plan.rounds[state.round :], left / 60, stretch=MOST_STRETCH)[0] * 60
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


def has_time_for_more(state: State) -> bool:
    """True while an answer to another line fits into this round."""
    return state.round_left_seconds >= REPLY_SECONDS


def due(state: State, silent_seconds: float, turn_over: float | None = None) -> Due | None:
    """What silence of this length calls for now; `turn_over`: how likely (0-1) the turn before is over."""
    if not state.spoken:
        return _due_in_writing(state)
    silent = min(silent_seconds, state.clock.active_seconds - state.quiet_at)
    if is_round_over(state) and silent >= BREATH_SECONDS:
        return "next"
    if talks_without_end(state) or silent >= BREATH_SECONDS and is_astray(state):
        return "cut_in"
    if has_spoken(state) and silent >= _turn_after(state, turn_over):
        return "probe"
    if _is_reminder_due(state) and silent >= BREATH_SECONDS and _is_between_sentences(state):
        return "remind"
    if not state.nudges and state.made.nudged < MOST_NUDGES:
        return "nudge" if silent >= PATIENCE_SECONDS[state.made.nudged] else None
    return "probe" if silent >= LAST_PATIENCE_SECONDS else None


def _turn_after(state: State, turn_over: float | None) -> float:
    """The silence after which what was said is taken for a turn."""
    if is_long(state):
        return BREATH_SECONDS
    if words_since(state) >= ENOUGH_WORDS:
        patience = turn_patience(turn_over)
        return max(patience, UNFINISHED_SECONDS) if is_unfinished(current_words(state)) else patience
    return SHORT_REPLY_SECONDS if state.probes or state.nudges else math.inf


def turn_patience(turn_over: float | None) -> float:
    """The silence after an answer of some length before it is taken for finished."""
    if turn_over is None:
        return TURN_SECONDS
    if turn_over >= OVER_FROM:
        return OVER_SECONDS
    return UNFINISHED_SECONDS if turn_over < UNFINISHED_BELOW else TURN_SECONDS


def is_long(state: State) -> bool:
    """True when the candidate has spoken for long without end."""
    talked = state.clock.active_seconds - state.asked_at
    return talked >= max(LONG_SECONDS, LONG_SHARE * state.round_seconds)


def after_quiet(state: State, quiet: Quiet) -> State:
    """The state with the last pause for a breath."""
    unheard = quiet.silent_seconds if quiet.unheard_seconds is None else quiet.unheard_seconds
    return replace(state, paused_at=state.clock.active_seconds) if unheard >= PAUSE_SECONDS else state


def talks_without_end(state: State) -> bool:
    """True when somebody has been heard for a minute without a pause."""
    begun = max(state.asked_at, state.paused_at, state.quiet_at if not has_spoken(state) else 0.0)
    return state.clock.active_seconds - begun >= MONOLOGUE_SECONDS


def is_astray(state: State) -> bool:
    """True when somebody has spoken for a while, with little of it about the question."""
    talked = state.clock.active_seconds - state.asked_at
    return talked >= ASTRAY_SECONDS and rambles(current_words(state), state.current.question)


def _due_in_writing(state: State) -> Due | None:
    """Text cannot cut in, and nobody can see whether somebody is writing."""
    if is_round_over(state):
        return "send" if state.nudges < MOST_NUDGES else None
    return "remind" if _is_reminder_due(state) else None


def _is_between_sentences(state: State) -> bool:
    """Whether nothing is being said, as far as stops are written at all."""
    said = current_words(state).rstrip()
    return not said or said[-1] in _STOPS or not _STOPS.intersection(said)


def _is_reminder_due(state: State) -> bool:
    return not state.reminded and state.spent_seconds >= REMINDER_SHARE * state.round_seconds
