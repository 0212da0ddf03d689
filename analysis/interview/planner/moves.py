"""The moves an interviewer can make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.interview.listener.understood import ClaimKind

MoveKind = Literal[
    "answer_fact",
    "assume",
    "confirm",
    "correct_number",
    "rephrase",
    "time_left",
    "check_in",
    "dig_claim",
    "challenge_wrong",
    "ask_number",
    "break_component",
    "change_requirement",
    "ten_times",
    "back_to_requirements",
    "redirect_offtopic",
    "cut_ramble",
    "smaller_question",
    "hint_step",
    "summarise",
    "wait",
    "move_on",
]
REACTIONS: frozenset[MoveKind] = frozenset(
    {
        *("dig_claim", "challenge_wrong", "ask_number", "break_component", "change_requirement"),
        *("ten_times", "back_to_requirements", "redirect_offtopic", "cut_ramble", "smaller_question"),
    }
)
"""Moves that answer to what was just said."""


Opening = Literal["", "smaller", "another", "concede", "stop", "suppose", "live", "keep", "ease"]


@dataclass(frozen=True, slots=True)
class Move:
    """What the interviewer does next, and what it is about.

    `about` is a clause of the candidate that it takes up, `claim` what that clause is, `component` a part and
    `amount` a figure they named; `opening` is how the line begins where that is not with their words. `text`
    is the question bank's own line when it has one for this; `point` is the id of the key point that it looks
    for, `misconception` the place of the wrong claim that is tested, `step` the step of a hint (1-3).
    """

    kind: MoveKind
    about: str = ""
    claim: ClaimKind | None = None
    component: str = ""
    amount: str = ""
    opening: Opening = ""
    text: str = ""
    point: str | None = None
    misconception: int | None = None
    step: int | None = None
    worded_as: str = ""
    """The kind of line where it is not the move's own: `check_sum`, `choose_label`."""
