"""The part of the store that keeps where people and scorer differ: `session.disagreements`.

Nothing here changes a score: a dispute keeps the first score and the second, an override stands beside.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Literal, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from data.access import may_read, may_read_times
from data.domain import Attempt, Dispute, Evidence, Override, RehearseError, Score
from data.domain.letters import visible
from data.store import from_rows, guard, saving, tables
from data.store.again import again
from data.store.part import Part
from data.store.to_rows import Row, utc
from data.store.untimed import untimed

_Found: TypeAlias = tuple[Row, bool]
_Made = TypeVar("_Made", Dispute, Override)
ALREADY_DISPUTED = "You have said once before that this level is wrong."
LOWEST, HIGHEST = 1, 4


class Disagreements(Part):
    """Disputes and overrides: one dispute a level, any number of overrides, all kept until erased."""

    # --- saving ------------------------------------------------------------------------------

    @again()
    def dispute(self, attempt_id: str, score: Score, reason: str) -> Dispute:
        """Keep that the candidate holds this score to be wrong; `RehearseError` on a second time."""
        if not reason.strip():
            raise RehearseError("A reason is missing.", "Say in a sentence what the level overlooks.")
        with self.database.writing() as connection:
            attempt = _attempt(connection, attempt_id)
            guard.require_own(self.viewer, attempt.candidate_id, "dispute")
            words = _words(connection, attempt_id)
            key = _key(attempt_id, score, words)
            known = select(tables.disputes.c.dispute_id).where(tables.disputes.c.dispute_id == key)
            if connection.execute(known).first() is not None:
                raise RehearseError(ALREADY_DISPUTED, "Both levels stay; an instructor can add their own.")
            made = Dispute(attempt_id, score, visible(reason).strip(), datetime.now(UTC))
            row = {
                **_common(attempt, score, words),
                "dispute_id": key,
                "reason": made.reason,
                "made_at": utc(made.made_at),
                "first_level": score.level,
                "first_score": _json(score),
            }
            connection.execute(insert(tables.disputes), [row])
        return made

    @again()
    def judged_again(self, attempt_id: str, first: Score, second: Score) -> None:
        """Keep what judging once more gave; a dispute that has a second score keeps that one."""
        disputes = tables.disputes
        with self.database.writing() as connection:
            attempt = _attempt(connection, attempt_id)
            guard.require_own(self.viewer, attempt.candidate_id, "dispute")
            key = _key(attempt_id, first, _words(connection, attempt_id))
            waiting = update(disputes).where(disputes.c.dispute_id == key, disputes.c.second_score.is_(None))
            now = utc(datetime.now(UTC))
            found = {"second_level": second.level, "second_score": _json(second), "second_at": now}
            connection.execute(waiting.values(found))

    @again()
    def override(self, attempt_id: str, machine: Score, level: float, note: str) -> Override:
        """Keep the level an instructor gives, with a note; every one stays, the newest of each counts."""
        if not LOWEST <= level <= HIGHEST:
            raise RehearseError(f"A level is from {LOWEST} to {HIGHEST}.", "Choose one of them.")
        with self.database.writing() as connection:
            attempt = _attempt(connection, attempt_id)
            guard.require_override(self.viewer, guard.ties(connection, self.viewer, attempt))
            made = Override(
                attempt_id, machine, level, note.strip(), self.viewer.candidate_id, datetime.now(UTC)
            )
            row = {
                **_common(attempt, machine, _words(connection, attempt_id)),
                "note": made.note,
                "made_by": made.made_by,
                "made_at": utc(made.made_at),
                "level": level,
                "machine_level": machine.level,
                "machine_score": _json(machine),
            }
            connection.execute(insert(tables.overrides), [row])
        return made

    # --- loading -----------------------------------------------------------------------------

    def disputes(self, attempt_id: str) -> tuple[Dispute, ...]:
        """The disputes of one answer, newest first; none when there is no such answer."""
        read = partial(_of_attempt, tables.disputes, _dispute)
        return self._of_answer("disputes", attempt_id, read) or ()

    def overrides(self, attempt_id: str) -> tuple[Override, ...]:
        """The levels instructors gave one answer, newest first."""
        return (
            self._of_answer("overrides", attempt_id, partial(_of_attempt, tables.overrides, _override)) or ()
        )

    def all_disputes(self, candidates: Sequence[str]) -> tuple[Dispute, ...]:
        """Every dispute of these candidates, newest first."""
        return self._of_candidates(tables.disputes, candidates, _dispute)

    def all_overrides(self, candidates: Sequence[str]) -> tuple[Override, ...]:
        """Every override of answers of these candidates, newest first."""
        return self._of_candidates(tables.overrides, candidates, _override)

    # --- how ---------------------------------------------------------------------------------

    def _of_candidates(
        self, table: Table, candidates: Sequence[str], made: Callable[[Row, bool], _Made]
    ) -> tuple[_Made, ...]:
        with self.database.reading() as connection:
            for candidate in candidates:
                guard.require_tied(connection, self.viewer, candidate)
            found = _rows(connection, table, table.c.candidate_id.in_(candidates))
            seen = {row["attempt_id"]: self._sees(connection, row["attempt_id"]) for row, _ in found}
        told = [(made(row, same), seen[row["attempt_id"]]) for row, same in found]
        return tuple(one if sees == "timed" else untimed(one) for one, sees in told if sees)

    def _sees(self, connection: Connection, attempt_id: str) -> Literal["", "words", "timed"]:
        attempt = _attempt(connection, attempt_id)
        ties = guard.ties(connection, self.viewer, attempt)
        if not may_read(self.viewer, attempt.candidate_id, "content", ties):
            return ""
        return "timed" if may_read_times(self.viewer, attempt.candidate_id, ties) else "words"


def _of_attempt(
    table: Table, made: Callable[[Row, bool], _Made], connection: Connection, attempt_id: str
) -> tuple[_Made, ...]:
    return tuple(made(*found) for found in _rows(connection, table, table.c.attempt_id == attempt_id))


def _rows(connection: Connection, table: Table, wanted: ColumnElement[bool]) -> list[_Found]:
    """The rows, newest first, each with whether the answer still has the words it is about."""
    newest_first = select(table).where(wanted).order_by(table.c.made_at.desc())
    rows = [dict(row) for row in connection.execute(newest_first).mappings()]
    words = {name: _words(connection, name) for name in {row["attempt_id"] for row in rows}}
    return [(row, row["words"] == words[row["attempt_id"]]) for row in rows]


def _attempt(connection: Connection, attempt_id: str) -> Attempt:
    found = saving.find_attempt(connection, attempt_id)
    if found is None:
        raise RehearseError("This answer is not there any more.")
    return found


def _words(connection: Connection, attempt_id: str) -> str:
    said = [[turn.speaker, turn.text] for turn in from_rows.turns_of(connection, attempt_id)]
    return sha256(json.dumps(said).encode()).hexdigest()[:24]


def _key(attempt_id: str, score: Score, words: str) -> str:
    """The same for the same level: of one criterion by one version of a scorer, about the same words."""
    named = [attempt_id, score.criterion, score.scorer, score.scorer_version, score.rubric_version, words]
    return sha256(json.dumps(named).encode()).hexdigest()[:24]


def _common(attempt: Attempt, score: Score, words: str) -> Row:
    return {
        "attempt_id": attempt.id,
        "candidate_id": attempt.candidate_id,
        "criterion": score.criterion,
        "scorer": score.scorer,
        "scorer_version": score.scorer_version,
        "words": words,
    }


def _json(score: Score) -> str:
    return json.dumps(asdict(score))


def _score(text: str) -> Score:
    found = json.loads(text)
    evidence = tuple(Evidence(**one) for one in found["evidence"])
    return Score(**{**found, "evidence": evidence, "errors": from_rows.wrong_claims(found["errors"])})


def _dispute(row: Row, same_words: bool) -> Dispute:
    return Dispute(
        row["attempt_id"],
        _score(row["first_score"]),
        row["reason"],
        row["made_at"].replace(tzinfo=UTC),
        _score(row["second_score"]) if row["second_score"] else None,
        row["second_at"].replace(tzinfo=UTC) if row["second_at"] else None,
        same_words,
    )


def _override(row: Row, same_words: bool) -> Override:
    made_at = row["made_at"].replace(tzinfo=UTC)
    machine = _score(row["machine_score"])
    return Override(
        row["attempt_id"], machine, row["level"], row["note"], row["made_by"], made_at, same_words
    )
