"""What the listener makes of the candidate's latest words: data, no verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.reading.design_steps import Step

Stance = Literal["answers", "stuck", "finished"]


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a system that was named, as somebody else would say it, and the words it stands in."""

    name: str
    quote: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something said that is worth testing, in the candidate's words.

    `misconception` is its place in the question's list; None for a number that does not follow from what was
    said before it, and for a claim that leaves no exception.
    """

    quote: str
    misconception: int | None = None
    kind: Literal["known", "sum", "absolute"] = "known"


@dataclass(frozen=True, slots=True)
class Heard:
    """The latest words of the candidate, since the interviewer's last line.

    `quotes` are clauses worth taking up, the most telling first; `topical` (0-1) is how much of the words
    belongs to the question; `points` are the ids of key points heard in this round so far, `wrong_points` of
    those whose false version was heard; `fresh_words` counts content words nobody had said before.
    """

    text: str = ""
    words: int = 0
    components: tuple[Component, ...] = ()
    numbers: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    step: Step | None = None
    topical: float = 1.0
    stance: Stance = "answers"
    closing: str = ""
    """The words that take the answer for finished."""
    points: tuple[str, ...] = ()
    wrong_points: tuple[str, ...] = ()
    fresh_words: int = 0
    lists: bool = False
    """Whether it strings terms together instead of saying something of them."""
    asked_for_number: bool = False
    speaks_of_failure: bool = False
    speaks_of_operation: bool = False
    states_need: bool = False
    """Whether a requirement, an assumption or a number is in it."""
    technologies: tuple[str, ...] = ()
    label: str = ""
    """The words that choose a side of CAP without what follows from it."""
    vague_amount: str = ""
    """The words of an amount without a number."""
