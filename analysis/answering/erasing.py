"""Erasing an answer everywhere it is kept: its row, its recording, a judge's replies that quote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from analysis.llm.reply_cache import FileCache, attempt_group
from analysis.scoring.judge import configured_judge
from data.access import may_write
from data.domain import AttemptResult, RehearseError

if TYPE_CHECKING:
    from data.recordings import Recordings
    from data.store import Session


class Judging(Protocol):
    """What may be at work on an answer."""

    def drop(self, attempt_id: str) -> None:
        """Stop, and keep nothing that still arrives."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Everywhere an answer is kept, as whoever is looking may erase it."""

    session: Session
    recordings: Recordings
    judging: Judging

    def erase_attempt(self, attempt_id: str) -> None:
        """Erase one attempt and all that is kept of it. The row last: it says what is left."""
        self.erase_files(attempt_id)
        self.session.answers.erase(attempt_id)

    def erase_files(self, attempt_id: str) -> None:
        """Erase what is kept outside the database: the recording, the judge's replies about it."""
        result = self.session.answers.load(attempt_id)
        if result is not None and not may_write(self.session.viewer, result.attempt.candidate_id):
            raise RehearseError("You may not erase this.", "Only the person it belongs to can.")
        self.judging.drop(attempt_id)
        if result is not None:
            forget_judged(result)
        self.recordings.erase_attempt(attempt_id)


def forget_judged(result: AttemptResult) -> None:
    """Erase the judge's kept replies about this answer, whatever its words were; they quote them."""
    _replies().erase(attempt_group(result.attempt.id))


def forget_unowned() -> None:
    """Erase kept replies of earlier versions, of which nobody can say whose answer they quote."""
    _replies().erase_unowned()


def _replies() -> FileCache:
    return FileCache(configured_judge.JUDGE_CACHE)
