"""A store whose disk is full for a while: no attempt can be begun and no answer saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data.domain import Attempt, AttemptResult, RehearseError
from data.store import Session


@dataclass
class Full:
    """Refuses so many times."""

    session: Session
    refusals: int = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.session, name)

    @property
    def answers(self) -> Any:
        return _Answers(self)


class _Answers:
    def __init__(self, full: Full) -> None:
        self._full = full

    def __getattr__(self, name: str) -> Any:
        return getattr(self._full.session.answers, name)

    def start(self, attempt: Attempt) -> None:
        self._refuse()
        self._full.session.answers.start(attempt)

    def save(self, result: AttemptResult) -> None:
        self._refuse()
        self._full.session.answers.save(result)

    def _refuse(self) -> None:
        if self._full.refusals:
            self._full.refusals -= 1
            raise RehearseError("The disk is full.")
