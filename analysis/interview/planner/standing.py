"""Where a round stands, as far as the next move depends on it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.interview.planner.moves import MoveKind
from data.domain import Question


@dataclass(frozen=True, slots=True)
class Standing:
    """One round so far.

    `level` is the level it is held against. `moves` are the kinds made so far, `reacted`: the last of them
    answered to what was said. `challenged` are the places of wrong claims that were tested, `tested` the
    words of other claims that were; `probed` the ids of key points asked for, `hints` of those a hint was
    given for, once for each step; `asked` every line of the interviewer in this round, `earlier` in those
    before it, `said` all words of the candidate. `in_question`: the key point that was asked for last, while
    nothing else has been asked since. `cut_in`: they were interrupted, and have not stopped by themselves.
    `early`: too soon in the round for making it harder, `sound`: enough has been said for it; `closing`: time
    to ask for what a design must speak of.
    """

    question: Question
    level: str = "mid"
    moves: tuple[MoveKind, ...] = ()
    reacted: bool = False
    challenged: tuple[int, ...] = ()
    tested: tuple[str, ...] = ()
    probed: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    said: str = ""
    in_question: str | None = None
    cut_in: bool = False
    early: bool = False
    sound: bool = False
    closing: bool = False
    twisted: bool = False

    @property
    def opens(self) -> bool:
        """Whether nothing but the question itself was asked yet."""
        return len(self.asked) <= 1

    @property
    def heard(self) -> str:
        """All that was said so far, from both sides."""
        return " ".join([self.question.title, self.question.text, *self.asked, self.said])

    @property
    def just_quoted(self) -> bool:
        """Whether the last line repeated words of the candidate."""
        return bool(self.asked) and ("“" in self.asked[-1] or self.asked[-1].startswith("You "))

    @property
    def family(self) -> str:
        """What its category is like to talk about: systems, coding or people."""
        if self.question.category in ("coding", "code_reading", "ai_coding"):
            return "coding"
        return "people" if self.question.category in ("experience", "behavioral") else "systems"
