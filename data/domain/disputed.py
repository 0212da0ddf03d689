"""Where a person and a scorer differ: the candidate's "this is wrong", the instructor's own level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.domain.worth import Score


@dataclass(frozen=True, slots=True)
class Dispute:
    """A candidate's disagreement with one score, and what judging once more gave; both are kept.

    `second` is None as long as no judge has looked again. `same_words` is False once the answer's words
    were corrected after the dispute: the scores in here are then about the earlier words.
    """

    attempt_id: str
    first: Score
    reason: str
    made_at: datetime
    second: Score | None = None
    second_at: datetime | None = None
    same_words: bool = True


@dataclass(frozen=True, slots=True)
class Override:
    """The level 1-4 an instructor gives, beside the score of the machine that it never replaces.

    `made_by` is the instructor's id. `same_words` as in `Dispute`.
    """

    attempt_id: str
    machine: Score
    level: float
    note: str
    made_by: str
    made_at: datetime
    same_words: bool = True
