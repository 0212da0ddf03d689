"""Answers from their start to their end: begun, saved, rated, read again, erased. Part of a session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Connection

from data.domain import Assessment, Attempt, AttemptResult, Evidence, OwnMark, RehearseError
from data.store import from_rows, guard, rollups, saving, tables
from data.store.again import again
from data.store.part import Part
from data.store.to_rows import Row, result_rows, utc


class Answers(Part):
    """What the store keeps of answers (`session.answers`)."""

    # --- saving -----------------------------------------------------------------------------

    @again(twice=True)
    def start(self, attempt: Attempt) -> None:
        """Keep that an attempt has begun, or what has changed about it."""
        guard.require_own(self.viewer, attempt.candidate_id, "change")
        with self.database.writing() as connection:
            saving.require_not_erased(self.database.erased, [attempt])
            saving.require_same_owner(connection, [attempt])
            saving.put_attempts(connection, [attempt])

    def save(self, result: AttemptResult) -> None:
        """Save everything about an attempt in one transaction, in place of what was saved before.

        Assessments of other scorers or versions stay beside the new one, unless the words of the answer
        changed: a quote must be in the transcript it is shown with.
        """
        self.save_many([result])

    @again(twice=True)
    def save_judged(self, result: AttemptResult) -> bool:
        """Save what a scorer said, and nothing else; False when the answer was erased.

        `RehearseError` when its words, code or sketch are no longer those that were read.
        """
        guard.require_own(self.viewer, result.attempt.candidate_id, "change")
        with self.database.writing() as connection:
            return saving.put_judged(connection, result, datetime.now(UTC))

    @again(twice=True)
    def save_many(self, results: Sequence[AttemptResult]) -> None:
        """Save many attempts in one transaction."""
        now = datetime.now(UTC)
        rows: dict[str, list[Row]] = defaultdict(list)
        for result in results:
            guard.require_own(self.viewer, result.attempt.candidate_id, "change")
            for name, found in result_rows(result, now).items():
                rows[name].extend(found)
        attempts = [result.attempt for result in results]
        with self.database.writing() as connection:
            saving.require_not_erased(self.database.erased, attempts)
            known = saving.require_same_owner(connection, attempts)
            for result in results:
                if result.attempt.id in known:
                    saving.make_room(connection, result)
            saving.put_attempts(connection, attempts)
            for table in tables.OF_ATTEMPT:
                saving.insert_rows(connection, table, rows[table.name])
            rollups.refresh(connection, {attempt.candidate_id for attempt in attempts})

    @again(twice=True)
    def rate(self, attempt_id: str, ratings: dict[str, float]) -> None:
        """Keep how the candidate rated the own answer: level 1-4 by criterion."""
        now = utc(datetime.now(UTC))
        with self.database.writing() as connection:
            attempt = self._own(connection, attempt_id)
            saving.clear_ratings(connection, attempt_id)
            owner = {"attempt_id": attempt_id, "candidate_id": attempt.candidate_id, "rated_at": now}
            rows = [{**owner, "criterion": criterion, "level": level} for criterion, level in ratings.items()]
            saving.insert_rows(connection, tables.self_ratings, rows)

    @again(twice=True)
    def mark_own(self, attempt_id: str, point: str, said: Evidence) -> OwnMark:
        """Keep where the candidate says to have made a key point, in place of an earlier mark of it."""
        with self.database.writing() as connection:
            attempt = self._own(connection, attempt_id)
            if not saving.is_said(from_rows.turns_of(connection, attempt_id), said.quote, said.turn):
                raise RehearseError("These words are not in the answer.", "Choose them again.")
            held_against = from_rows.rows_of(connection, tables.key_points, attempt_id)
            if point not in {row["key_point_id"] for row in held_against}:
                raise RehearseError("The answer was not held against this point.", "Choose another one.")
            now = datetime.now(UTC)
            made = OwnMark(attempt_id, point, said.quote, said.turn, said.start_seconds, now)
            row = {**asdict(made), "candidate_id": attempt.candidate_id, "made_at": utc(now)}
            saving.clear_mark(connection, attempt_id, point)
            saving.insert_rows(connection, tables.own_marks, [row])
        return made

    @again(twice=True)
    def take_back(self, attempt_id: str, point: str) -> None:
        """Forget the own mark of a key point; nothing happens when there is none."""
        with self.database.writing() as connection:
            self._own(connection, attempt_id)
            saving.clear_mark(connection, attempt_id, point)

    def _own(self, connection: Connection, attempt_id: str) -> Attempt:
        attempt = saving.find_attempt(connection, attempt_id)
        if attempt is None:
            raise RehearseError("This attempt is not there any more.")
        guard.require_own(self.viewer, attempt.candidate_id, "change")
        return attempt

    # --- loading ----------------------------------------------------------------------------

    def load(self, attempt_id: str) -> AttemptResult | None:
        """Everything about an attempt, with the newest assessment; None when there is no such attempt.

        What camera and voice measured, and when words were said, is left out where the viewer may not see it.
        """
        with self.database.reading() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
            if attempt is None:
                return None
            owner, ties = attempt.candidate_id, guard.ties(connection, self.viewer, attempt)
            why = guard.require(self.viewer, owner, "content", ties).why
            opened = guard.opened(self.viewer, owner, ties)
        found = self.database.kept(
            ("result", attempt, opened),
            lambda connection: from_rows.result_of(connection, attempt, opened),
        )
        self._log(attempt, "content", why)
        return found

    def assessments(self, attempt_id: str) -> tuple[Assessment, ...]:
        """What every scorer said of an attempt, newest first."""
        return self._of_answer("assessments", attempt_id, from_rows.assessments_of) or ()

    def self_rating(self, attempt_id: str) -> dict[str, float]:
        """How the candidate rated the own answer, by criterion; empty when they did not."""
        rows = self._of_answer("self ratings", attempt_id, from_rows.self_ratings_of)
        return {row["criterion"]: row["level"] for row in rows or ()}

    def own_marks(self, attempt_id: str) -> tuple[OwnMark, ...]:
        """The key points the candidate says to have made; apart from what any scorer heard."""
        return self._of_answer("own marks", attempt_id, from_rows.own_marks_of) or ()

    def of(self, candidate_id: str) -> tuple[Attempt, ...]:
        """Everything a candidate began, newest first."""
        guard.require(self.viewer, candidate_id, "attempts")
        asked = ("attempts", candidate_id)
        return self.database.kept(asked, lambda connection: from_rows.attempts_of(connection, candidate_id))

    def unfinished(self, candidate_id: str) -> tuple[Attempt, ...]:
        """Attempts that were begun and never scored, newest first."""
        return tuple(
            attempt for attempt in self.of(candidate_id) if attempt.status in ("recording", "captured")
        )

    # --- erasing ----------------------------------------------------------------------------

    def erase(self, attempt_id: str) -> None:
        """Erase one attempt, also from the disk. Its recording is erased by `Recordings.erase_attempt`."""
        with self.database.reading() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
        if attempt is None:
            return
        guard.require_own(self.viewer, attempt.candidate_id, "erase")
        self.database.erased.add(attempt_id)
        self.database.erase(saving.clear_attempt, attempt_id)
