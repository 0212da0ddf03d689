"""The moves an interviewer can make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Move:
    """What the interviewer does next, and what it is about.

    `about` are the candidate's own words that it takes up, `component` and `other` parts they named; `text`
    is the question bank's own line when it has one for this; `point` is the id of the key point that it
    looks for, `misconception` the place of the wrong claim that is tested, `step` the step of a hint (1-3).
    """

    kind: MoveKind
    about: str = ""
    component: str = ""
    other: str = ""
    text: str = ""
    point: str | None = None
    misconception: int | None = None
    step: int | None = None
    worded_as: str = ""
    """The kind of line where it is not the move's own: `check_sum`, `choose_label`."""
