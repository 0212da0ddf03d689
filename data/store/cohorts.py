"""The part of the store that keeps cohorts: who is in them, what they are set, whose hint was put aside."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from data.access import SAMPLE_PREFIX, may_read_cohort, may_run_cohorts
from data.domain import RehearseError
from data.domain.cohort import Assignment, Cohort, Member, Person
from data.store import cohort_tables as tables
from data.store import guard, publishing
from data.store.again import again
from data.store.part import Part
from data.store.people import person_of
from data.store.to_rows import Row, utc

LONGEST_MINUTES = 60
"""Of the limit of one answer of an assignment."""


class Cohorts(Part):
    """Cohorts as their instructors and members may use them."""

    @again()
    def found(self, name: str) -> Cohort:
        """Begin a cohort; its founder becomes its first instructor."""
        if not may_run_cohorts(self.viewer):
            raise RehearseError("Only instructors and administrators begin a cohort.")
        if not name.strip():
            raise RehearseError("The cohort needs a name.")
        made, now, founder = (
            Cohort(uuid.uuid4().hex, name.strip()),
            guard.utc_now(),
            self.viewer.candidate_id,
        )
        row = {"id": made.id, "name": made.name, "synthetic": False, "created_by": founder, "created_at": now}
        first = {"cohort_id": made.id, "candidate_id": founder, "role": "instructor", "joined_at": now}
        with self.database.writing() as connection:
            connection.execute(insert(tables.cohorts), row)
            connection.execute(insert(tables.members), first)
        return made

    def instructed(self) -> tuple[Cohort, ...]:
        """The cohorts the viewer may look into: those they instruct; invented ones without sign-in."""
        cohorts = tables.cohorts.c
        local = self.viewer.role == "local"
        mine = cohorts.id.startswith(SAMPLE_PREFIX) if local else cohorts.id.in_(self.viewer.instructs)
        return self._cohorts(mine)

    def joined(self) -> tuple[Cohort, ...]:
        """The cohorts the viewer is a candidate in."""
        member = tables.members.c
        mine = select(member.cohort_id).where(
            member.candidate_id == self.viewer.candidate_id, member.role == "candidate"
        )
        return self._cohorts(tables.cohorts.c.id.in_(mine))

    def members(self, cohort_id: str) -> tuple[Member, ...]:
        """Everybody in a cohort, for its instructors."""
        guard.require_cohort(self.viewer, cohort_id)
        member, person = tables.members, tables.people
        wanted = (
            select(member.c.candidate_id, person.c.name, member.c.role, member.c.joined_at)
            .join(person, person.c.candidate_id == member.c.candidate_id)
            .where(member.c.cohort_id == cohort_id)
            .order_by(person.c.name)
        )
        with self.database.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(Member(*row[:3], row.joined_at.replace(tzinfo=UTC)) for row in rows)

    def instructors(self, cohort_id: str) -> tuple[Member, ...]:
        """Who instructs a cohort and since when, for everybody in it; nobody who was made a candidate."""
        self._require_in(cohort_id)
        member, person = tables.members, tables.people
        wanted = (
            select(member.c.candidate_id, person.c.name, member.c.joined_at, person.c.role)
            .join(person, person.c.candidate_id == member.c.candidate_id)
            .where(
                member.c.cohort_id == cohort_id, member.c.role == "instructor", person.c.role != "candidate"
            )
            .order_by(person.c.name, member.c.candidate_id)
        )
        with self.database.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            Member(who, name, "instructor", since.replace(tzinfo=UTC), role == "admin")
            for who, name, since, role in rows
        )

    def candidates(self, cohort_id: str) -> dict[str, Person]:
        """The candidates of a cohort by id, with their addresses, for its instructors."""
        guard.require_cohort(self.viewer, cohort_id)
        member = tables.members.c
        mine = select(member.candidate_id).where(member.cohort_id == cohort_id, member.role == "candidate")
        wanted = select(tables.people).where(tables.people.c.candidate_id.in_(mine))
        with self.database.reading() as connection:
            rows = [dict(row) for row in connection.execute(wanted).mappings()]
        return {row["candidate_id"]: person_of(row) for row in rows}

    def leave(self, cohort_id: str) -> None:
        """Leave a cohort: its instructors see nothing of the viewer's any more, old answers included."""
        self._remove(cohort_id, self.viewer.candidate_id)

    def remove(self, cohort_id: str, person: str) -> None:
        """Take a candidate out of a cohort, for its instructors; its founder takes out anybody."""
        guard.require_cohort(self.viewer, cohort_id)
        member, founded = tables.members.c, tables.cohorts.c
        wanted = (
            select(member.role, founded.created_by)
            .join_from(tables.members, tables.cohorts, founded.id == member.cohort_id)
            .where(member.cohort_id == cohort_id, member.candidate_id == person)
        )
        with self.database.reading() as connection:
            found = connection.execute(wanted).first()
        if found and found.role != "candidate" and found.created_by != self.viewer.candidate_id:
            raise RehearseError(
                "You may not take another instructor out.", "Only whoever began the cohort can."
            )
        self._remove(cohort_id, person)

    @again()
    def dismiss(self, cohort_id: str, candidate_id: str, rule: str, note: str) -> None:
        """Put a hint about somebody aside, with a note, until something new happens."""
        guard.require_cohort(self.viewer, cohort_id)
        key = {"cohort_id": cohort_id, "candidate_id": candidate_id, "rule": rule}
        said = {
            "note": note.strip(),
            "dismissed_by": self.viewer.candidate_id,
            "dismissed_at": guard.utc_now(),
        }
        statement = upsert(tables.dismissals).values({**key, **said})
        with self.database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=said))

    # --- assignments -------------------------------------------------------------------------

    @again()
    def assign(
        self,
        cohort_id: str,
        title: str,
        questions: tuple[str, ...],
        due_at: datetime,
        takes: int = 3,
        minutes: float | None = None,
    ) -> Assignment:
        """Set a cohort some questions; `minutes` are whole: many limits tell no length more closely."""
        guard.require_cohort(self.viewer, cohort_id)
        if not title.strip() or not questions:
            raise RehearseError("An assignment needs a title and at least one question.")
        if minutes is not None and minutes not in range(1, LONGEST_MINUTES + 1):
            raise RehearseError(
                f"The limit of an answer is a whole number of minutes, 1 to {LONGEST_MINUTES}.", "Change it."
            )
        made = Assignment(
            uuid.uuid4().hex, cohort_id, title.strip(), questions, takes, minutes, due_at, datetime.now(UTC)
        )
        row = {
            "id": made.id,
            "cohort_id": cohort_id,
            "title": made.title,
            "questions": json.dumps(questions),
            "takes": takes,
            "minutes": minutes,
            "due_at": utc(due_at),
            "created_by": self.viewer.candidate_id,
            "created_at": utc(made.created_at),
        }
        with self.database.writing() as connection:
            connection.execute(insert(tables.assignments), row)
        return made

    @again()
    def withdraw(self, assignment: Assignment) -> None:
        """Take an assignment back; answers stay."""
        guard.require_cohort(self.viewer, assignment.cohort_id)
        known = tables.assignments.c
        mine = update(tables.assignments).where(
            known.id == assignment.id, known.cohort_id == assignment.cohort_id
        )
        with self.database.writing() as connection:
            connection.execute(mine.values(withdrawn_at=guard.utc_now()))

    def assignments(self, cohort_id: str) -> tuple[Assignment, ...]:
        """What a cohort is set, the next due first; for its instructors and its members."""
        self._require_in(cohort_id)
        set_ = tables.assignments
        wanted = select(set_).where(set_.c.cohort_id == cohort_id, set_.c.withdrawn_at.is_(None))
        with self.database.reading() as connection:
            rows = connection.execute(wanted.order_by(set_.c.due_at)).mappings().all()
        return tuple(_assignment(dict(row)) for row in rows)

    # --- how ---------------------------------------------------------------------------------

    def _require_in(self, cohort_id: str) -> None:
        if not may_read_cohort(self.viewer, cohort_id) and cohort_id not in {c.id for c in self.joined()}:
            raise RehearseError("You may not see this cohort.", "Join it with its code.")

    def _cohorts(self, wanted: ColumnElement[bool]) -> tuple[Cohort, ...]:
        cohorts = tables.cohorts.c
        chosen = select(cohorts.id, cohorts.name, cohorts.synthetic).where(wanted).order_by(cohorts.name)
        with self.database.reading() as connection:
            return tuple(Cohort(*row) for row in connection.execute(chosen))

    @again()
    def _remove(self, cohort_id: str, person: str) -> None:
        with self.database.writing() as connection:
            for table in (tables.members, tables.dismissals, *tables.ROLLUPS_OF_PERSON):
                mine = (table.c.cohort_id == cohort_id) & (table.c.candidate_id == person)
                connection.execute(delete(table).where(mine))
            grants = tables.grants
            shared = (grants.c.to_cohort == cohort_id) & (grants.c.candidate_id == person)
            ended = update(grants).where(shared, grants.c.revoked_at.is_(None))
            connection.execute(ended.values(revoked_at=guard.utc_now()))
            publishing.forget(connection, [cohort_id], person)


def _assignment(row: Row) -> Assignment:
    due, made = row["due_at"].replace(tzinfo=UTC), row["created_at"].replace(tzinfo=UTC)
    questions = tuple(json.loads(row["questions"]))
    return Assignment(
        row["id"], row["cohort_id"], row["title"], questions, row["takes"], row["minutes"], due, made
    )
