"""What the interviewer says to a question that is put to us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.interview.facts.assumptions import Assumption

ReplyMove = Literal[
    "answer_fact", "assume", "hand_back", "confirm", "correct_number", "rephrase", "time_left", "check_in"
]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the interviewer says. `facts` are places in `Question.facts`; `assumed` is new in this round."""

    move: ReplyMove
    text: str
    facts: tuple[int, ...] = ()
    assumed: Assumption | None = None
