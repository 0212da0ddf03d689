"""What the parts of a session have in common: the database, and who is looking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from data.access import Ties, Viewer, What
from data.domain import Attempt
from data.store import guard, saving
from data.store.again import again
from data.store.connected import Connected
from data.store.untimed import untimed

Piece = TypeVar("Piece")


@dataclass(frozen=True, slots=True)
class Part:
    """One subject of a session (`data.store.session`): its calls ask `data.access` for its viewer."""

    database: Connected
    viewer: Viewer

    @again()
    def _log(self, attempt: Attempt, what: What, why: str) -> None:
        """Write down that somebody else's answer was looked at; once a visit."""
        viewer = self.viewer
        if viewer.role == "local" or attempt.candidate_id == viewer.candidate_id or attempt.synthetic:
            return
        with self.database.reading() as connection:
            known = guard.is_logged(connection, viewer, attempt.id, what)
        if not known:
            with self.database.writing() as connection:
                guard.log(connection, viewer, attempt, what, why)

    def _of_answer(
        self, what: str, attempt_id: str, read: Callable[[Connection, str], Piece]
    ) -> Piece | None:
        """A part of an answer for whoever may see its words, and their look in the log; None without one.

        `what` names the part: it is read once until the next write.
        """
        with self.database.reading() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
            if attempt is None:
                return None
            ties = guard.ties(connection, self.viewer, attempt)
            why = guard.require(self.viewer, attempt.candidate_id, "content", ties).why
        found = self.database.kept((what, attempt_id), lambda connection: read(connection, attempt_id))
        self._log(attempt, "content", why)
        return self._as_opened(found, attempt.candidate_id, ties)

    def _as_opened(self, found: Piece, owner: str, ties: Ties) -> Piece:
        """What leaves the store of somebody else's answer: without times where the voice is not shared."""
        return found if guard.opened(self.viewer, owner, ties).times else untimed(found)
