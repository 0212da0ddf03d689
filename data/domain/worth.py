"""What the answer was worth: levels, and the verified quotes behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from data.domain.asked import KeyPoint
from data.domain.said import Elicitation

CoverageStatus = Literal["covered", "partly", "missed", "contradicted", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that is verbatim in the turn it names. Seconds are None for typed answers."""

    quote: str
    turn: int
    elicitation: Elicitation = "volunteered"
    start_seconds: float | None = None
    end_seconds: float | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class WrongClaim:
    """Something said that does not hold: the words, what holds instead (empty when not told), and why."""

    quote: str
    fact: str
    why: str = ""

    @property
    def sentence(self) -> str:
        """One line for the screen."""
        told = " ".join(part for part in (self.fact, self.why) if part)
        return f"“{self.quote}”: {told}" if self.quote else told


@dataclass(frozen=True, slots=True)
class Score:
    """The level of one criterion, 1-4, or None with the reason. `low`/`high` bound the uncertainty."""

    criterion: str
    level: float | None
    scorer: str
    scorer_version: str
    rubric_version: str
    low: float | None = None
    high: float | None = None
    reason: str | None = None
    """Why it is unscored; None when `level` is a number."""
    evidence: tuple[Evidence, ...] = ()
    missing_for_next: str = ""
    errors: tuple[WrongClaim, ...] = ()
    fix: str = ""


@dataclass(frozen=True, slots=True)
class KeyPointResult:
    """Whether one key point was made, and the quotes that show it: `also` when it was made in parts."""

    key_point: KeyPoint
    status: CoverageStatus
    evidence: Evidence | None = None
    also: tuple[Evidence, ...] = ()

    @property
    def quotes(self) -> tuple[Evidence, ...]:
        """Every quote that shows it."""
        return (() if self.evidence is None else (self.evidence,)) + self.also


@dataclass(frozen=True, slots=True)
class OwnMark:
    """The candidate's own word that they made a key point (`point`, its id), with the words that make it.

    `seconds` is where those begin in the recording; None when the words were not timed. No scorer sees it.
    """

    attempt_id: str
    point: str
    quote: str
    turn: int
    seconds: float | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Flag:
    """One of four classic mistakes, as a retired scorer found them by word lists; none is found any more."""

    name: Literal["tech_before_requirements", "happy_path_only", "cap_as_checkbox", "ends_at_diagram"]
    explanation: str
    evidence: Evidence | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that one scorer says of one answer."""

    scores: tuple[Score, ...]
    key_points: tuple[KeyPointResult, ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()
    """Plain sentences on what could not be judged or detected."""
    scorer: str = ""
    scorer_version: str = ""
    rubric_version: str = ""
    """Who made it, where no score says so: a reader gives none."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to do differently: what, where in the answer, and a better way to say it."""

    what: str
    how: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """What worked first, at most three fixes, one thing to do next."""

    worked: tuple[str, ...]
    fixes: tuple[Fix, ...]
    do_next: str
