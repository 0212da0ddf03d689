"""What the listener makes of the candidate's latest words: data, no verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from analysis.reading.design_steps import Step

Stance = Literal["answers", "stuck", "finished", "argues", "finish_first", "inside", "plea"]
"""finish_first: wants to be let finish; inside: wants what only we know of the round, our notes or marks;
plea: excuses their language or their day."""
ClaimKind = Literal["number", "choice", "steps", "part", "action", "belief", "aside"]
"""What can be asked about it: where a figure comes from, the other choice, what lies between two steps, a
part that can be gone, what is done, or when it would not be so; nothing is asked about an aside by itself."""


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a system that was named, as somebody else would say it, and the words it stands in."""

    name: str
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A whole clause that says something of the design, in the candidate's words, with the part or the amount
    that it names."""

    text: str
    kind: ClaimKind
    part: str = ""
    amount: str = ""
    likeness: float = 0.0
    """How near (0-1) it is to what a strong answer speaks of."""


@dataclass(frozen=True, slots=True)
class Near:
    """How near (0-1) what was just said is to a line of the question bank, and the clause nearest to it.

    `answered`: how near it is to what the line looks for: what was just answered is not asked.
    """

    likeness: float
    clause: str = ""
    clause_likeness: float = 0.0
    point: str | None = None
    """The key point that the line asks for."""
    answered: float = 0.0


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

    `claims` are clauses worth asking about, the most telling first, `quotes` their words; `near` has each
    open question of the bank by its text; `told` has for each key point (its id) and follow-up how nearly
    (0-1) it has been spoken of in this round, whether well or not: asking for it again would show that nobody
    listened. `topical` (0-1) is how much of the words belongs to the question; `points` are the ids of key
    points heard in this round so far, `touched` of those that may have been: not heard, and not to be asked
    for again either; `wrong_points` of those whose false version was heard; `fresh_words` counts content
    words nobody had said before.
    """

    text: str = ""
    words: int = 0
    components: tuple[Component, ...] = ()
    numbers: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    near: Mapping[str, Near] = field(default_factory=dict)
    told: Mapping[str, float] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    step: Step | None = None
    topical: float = 1.0
    stance: Stance = "answers"
    unfinished: bool = False
    """Whether it stops in the middle of a sentence."""
    closing: str = ""
    """The words that take the answer for finished."""
    points: tuple[str, ...] = ()
    touched: frozenset[str] = frozenset()
    wrong_points: tuple[str, ...] = ()
    fresh_words: int = 0
    rambles: bool = False
    """Whether it goes on for long with little of it about the question."""
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
    vague_clause: str = ""
    """The whole clause in which they stand."""
