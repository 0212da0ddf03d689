"""What the screen of a running interview says, from its state. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.loop.dialogue import current_words, has_spoken, last_asked
from analysis.interview.loop.state import SPEAKING_WORDS_PER_SECOND, State
from data.domain import Turn
from data.domain.in_words import clock

WhoseTurn = Literal["yours", "speaking", "collecting", "thinking", "paused"]
CAPTION_WORDS = 24
"""As many of the words heard last as fit into two lines."""
SLOWEST_READING = 2.0
"""A voice may take this many times as long as is usual; one that never begins is not waited for longer."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One moment of an interview in words and shares (0-1)."""

    place: str
    left: str
    share: float
    round_left: str
    round_share: float
    asked: str
    """The probe or hint to answer now; "" while it is the question itself."""
    line: str
    """What the interviewer said last in this round, a reply too; "" while that is the question itself."""
    caption: str
    """The newest words heard since then; "" where nothing was said, or it is written."""
    earlier: tuple[tuple[Turn, ...], ...]
    """What was said in the rounds before, each with its question."""
    turns: tuple[Turn, ...]
    """What was said in this round after the question."""


def screen_of(interview: Interview) -> Screen:
    """What to show now; the interview must have begun."""
    state = interview.state
    asked = last_asked(state) if state.dialogues else ""
    question = state.current.question
    whole = state.plan.minutes * 60
    left = max(0.0, whole - state.clock.active_seconds)
    lines = state.lines[1:]
    words = current_words(state).split() if state.spoken else []
    cut = len(words) > CAPTION_WORDS
    return Screen(
        place=f"Question {state.round + 1} of {len(state.plan.rounds)}",
        left=f"{clock(left)} in all",
        share=min(1.0, state.clock.active_seconds / whole),
        round_left=f"{clock(state.round_left_seconds)} left for this one",
        round_share=min(1.0, state.spent_seconds / max(1.0, state.round_seconds)),
        asked="" if asked == question.text else asked,
        line=lines[-1] if lines else "",
        caption=("… " if cut else "") + " ".join(words[-CAPTION_WORDS:]),
        earlier=tuple(dialogue.turns for dialogue in state.dialogues[:-1]),
        turns=state.dialogue.turns[1:],
    )


def whose_turn(state: State, *, read_aloud: bool) -> WhoseTurn:
    """Who has the floor. `read_aloud`: the browser has not said yet that the newest line was read."""
    if state.clock.paused:
        return "paused"
    match state.phase:
        case "collecting" | "thinking":
            return state.phase
        case _ if read_aloud and not has_spoken(state) and _may_still_be_read(state):
            return "speaking"
        case _:
            return "yours"


def _may_still_be_read(state: State) -> bool:
    usual = len(state.lines[-1].split()) / SPEAKING_WORDS_PER_SECOND if state.lines else 0.0
    return state.clock.active_seconds < state.asked_at + SLOWEST_READING * usual
