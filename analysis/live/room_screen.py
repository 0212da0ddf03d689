"""What the screen of a running interview says, from its state. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.loop.dialogue import last_asked
from data.domain import Turn
from data.domain.in_words import clock


@dataclass(frozen=True, slots=True)
class Screen:
    """One moment of an interview in words and shares (0-1)."""

    place: str
    left: str
    share: float
    round_left: str
    asked: str
    """The probe or hint to answer now; "" while it is the question itself."""
    turns: tuple[Turn, ...]
    """What was said in this round after the question."""


def screen_of(interview: Interview) -> Screen:
    """What to show now; the interview must have begun."""
    state = interview.state
    asked = last_asked(state) if state.dialogues else ""
    question = state.current.question
    whole = state.plan.minutes * 60
    left = max(0.0, whole - state.clock.active_seconds)
    return Screen(
        place=f"Question {state.round + 1} of {len(state.plan.rounds)}",
        left=f"{clock(left)} in all",
        share=min(1.0, state.clock.active_seconds / whole),
        round_left=f"{clock(state.round_left_seconds)} left for this one",
        asked="" if asked == question.text else asked,
        turns=state.dialogue.turns[1:],
    )
