"""The old name of a session, with the old names of its calls, until every caller has the new ones."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, Engine

from data.access import Viewer
from data.domain import Assessment, Attempt, AttemptResult, Question
from data.store.database import Database
from data.store.session import Session


class Store(Session):
    """A session that can also be asked by the names that calls had before."""

    __slots__ = ()

    @classmethod
    def open(cls, url: str) -> Store:
        """`Database.open` for the local viewer."""
        return cls(Database.open(url))

    def close(self) -> None:
        """`Database.close`."""
        self.database.close()

    def seen_by(self, viewer: Viewer) -> Store:
        """`Database.session`."""
        return Store(self.database, viewer)

    @property
    def _engine(self) -> Engine:
        return self.database.engine

    def _read(self) -> AbstractContextManager[Connection]:
        return self.database.reading()

    def _write(self) -> AbstractContextManager[Connection]:
        return self.database.writing()

    def start_attempt(self, attempt: Attempt) -> None:
        """`answers.start`."""
        self.answers.start(attempt)

    def save_result(self, result: AttemptResult) -> None:
        """`answers.save`."""
        self.answers.save(result)

    def save_judged(self, result: AttemptResult) -> bool:
        """`answers.save_judged`."""
        return self.answers.save_judged(result)

    def save_results(self, results: Sequence[AttemptResult]) -> None:
        """`answers.save_many`."""
        self.answers.save_many(results)

    def save_self_rating(self, attempt_id: str, ratings: dict[str, float]) -> None:
        """`answers.rate`."""
        self.answers.rate(attempt_id, ratings)

    def load_result(self, attempt_id: str) -> AttemptResult | None:
        """`answers.load`."""
        return self.answers.load(attempt_id)

    def assessments(self, attempt_id: str) -> tuple[Assessment, ...]:
        """`answers.assessments`."""
        return self.answers.assessments(attempt_id)

    def self_rating(self, attempt_id: str) -> dict[str, float]:
        """`answers.self_rating`."""
        return self.answers.self_rating(attempt_id)

    def attempts(self, candidate_id: str) -> tuple[Attempt, ...]:
        """`answers.of`."""
        return self.answers.of(candidate_id)

    def unfinished(self, candidate_id: str) -> tuple[Attempt, ...]:
        """`answers.unfinished`."""
        return self.answers.unfinished(candidate_id)

    def erase_attempt(self, attempt_id: str) -> None:
        """`answers.erase`."""
        self.answers.erase(attempt_id)

    def erase_candidate(self, candidate_id: str) -> None:
        """`erase_everything`."""
        self.erase_everything(candidate_id)

    def keep_questions(self, questions: Sequence[Question]) -> None:
        """`bank.keep`."""
        self.bank.keep(questions)

    def remember(self, owner: str, key: str, value: str) -> None:
        """`memory.remember`."""
        self.memory.remember(owner, key, value)

    def forget(self, owner: str, key: str) -> None:
        """`memory.forget`."""
        self.memory.forget(owner, key)

    def recall(self, owner: str, key: str) -> str | None:
        """`memory.recall`."""
        return self.memory.recall(owner, key)

    def recall_all(self, owner: str, prefix: str) -> dict[str, str]:
        """`memory.recall_all`."""
        return self.memory.recall_all(owner, prefix)

    def load_sample(self, questions: Sequence[Question]) -> int:
        """`SampleAnswers.load`."""
        from data.synthetic.samples import SampleAnswers

        return SampleAnswers.over(self).load(questions)

    def remove_sample(self) -> None:
        """`SampleAnswers.remove`."""
        from data.synthetic.samples import SampleAnswers

        SampleAnswers.over(self).remove()

    def has_sample(self) -> bool:
        """`SampleAnswers.is_there`."""
        from data.synthetic.samples import SampleAnswers

        return SampleAnswers.over(self).is_there()
