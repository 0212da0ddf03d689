"""The part of the store that keeps what candidates share, and who looked at it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, insert, or_, select, update

from data.access import NO_TIES, SAMPLE_CANDIDATE, Ties, may_override, may_read
from data.domain import Attempt, AttemptResult, RehearseError
from data.domain.cohort import Access, Grant, is_same_address
from data.store import cohort_tables as tables
from data.store import from_rows, guard, saving
from data.store.again import again
from data.store.part import Part
from data.store.tables import attempts
from data.store.to_rows import Row, utc


class Grants(Part):
    """Sharing answers, ending it, and the access log."""

    @again()
    def share(
        self,
        attempt_id: str,
        *,
        to_person: str | None = None,
        to_cohort: str | None = None,
        link: bool = False,
        recording: bool = False,
        delivery: bool = False,
        expires_at: datetime | None = None,
    ) -> str:
        """Share one answer with a person, a cohort's instructors, or whoever has a link.

        Gives the secret of the link, which is kept as a hash and shown once; empty for the others.
        """
        if sum((to_person is not None, to_cohort is not None, link)) != 1:
            raise RehearseError("Say with whom to share.", "Choose a person, a cohort, or a link.")
        if link and expires_at is None:
            raise RehearseError("A link needs a day on which it ends.")
        key = secrets.token_urlsafe(24) if link else ""
        with self.database.writing() as connection:
            attempt = self._own(connection, attempt_id)
            _require_known(connection, attempt.candidate_id, to_person, to_cohort)
            row = {
                "id": uuid.uuid4().hex,
                "candidate_id": attempt.candidate_id,
                "attempt_id": attempt_id,
                "to_person": to_person,
                "to_cohort": to_cohort,
                "link_hash": _hash(key) if link else None,
                "recording": recording,
                "delivery": delivery,
                "created_at": guard.utc_now(),
                "expires_at": None if expires_at is None else utc(expires_at),
                "revoked_at": None,
            }
            connection.execute(insert(tables.grants), row)
        return key

    @again(twice=True)
    def revoke(self, grant_id: str) -> None:
        """End one grant at once."""
        grants = tables.grants
        with self.database.writing() as connection:
            owner = connection.execute(select(grants.c.candidate_id).where(grants.c.id == grant_id)).scalar()
            if owner is None:
                return
            guard.require_own(self.viewer, owner, "change")
            ended = update(grants).where(grants.c.id == grant_id, grants.c.revoked_at.is_(None))
            connection.execute(ended.values(revoked_at=guard.utc_now()))

    def given(self, owner: str) -> tuple[Grant, ...]:
        """Everything a candidate shares or shared, newest first."""
        guard.require(self.viewer, owner, "settings")
        return self._grants(tables.grants.c.candidate_id == owner)

    def received(self) -> tuple[Attempt, ...]:
        """Answers that others share with the viewer now, newest first."""
        grant = tables.grants.c
        mine = or_(grant.to_person == self.viewer.candidate_id, grant.to_cohort.in_(self.viewer.instructs))
        shared = select(grant.attempt_id).where(mine, guard.is_live())
        wanted = select(attempts).where(attempts.c.id.in_(shared)).order_by(attempts.c.started_at.desc())
        with self.database.reading() as connection:
            found = [from_rows.attempt_from(dict(row)) for row in connection.execute(wanted).mappings()]
            return tuple(self._told(connection, attempt) for attempt in found)

    def accesses(self, owner: str) -> tuple[Access, ...]:
        """Who looked at a candidate's answers, newest first."""
        guard.require(self.viewer, owner, "settings")
        log = tables.accesses
        names = select(tables.people.c.candidate_id, tables.people.c.name)
        wanted = select(log).where(log.c.candidate_id == owner).order_by(log.c.at.desc())
        with self.database.reading() as connection:
            named = {row.candidate_id: row.name for row in connection.execute(names)}
            rows = connection.execute(wanted).mappings().all()
        return tuple(_access(dict(row), named) for row in rows)

    def person_with(self, email: str) -> str | None:
        """Who signs in with an address, to share with; None when nobody does.

        Only addresses that a provider has verified count. `RehearseError` when several people have this one.
        """
        guard.require_signed_in(self.viewer)
        column, asked = tables.people.c, email.strip()
        wanted = select(column.candidate_id, column.email).where(column.email_verified)
        with self.database.reading() as connection:
            known = connection.execute(wanted).all()
        found = [row.candidate_id for row in known if asked and is_same_address(row.email, asked)]
        if len(found) > 1:
            raise RehearseError("Several people here sign in with that address.", "Share by a link instead.")
        return next(iter(found), None)

    def by_link(self, key: str) -> tuple[AttemptResult, Grant] | None:
        """The answer behind a link, with what it covers; None when the link is wrong or has ended.

        Who opens somebody else's answer by a link is written into the access log.
        """
        with self.database.reading() as connection:
            grant = _live_link(connection, key)
            attempt = saving.find_attempt(connection, grant.attempt_id) if grant else None
            if grant is None or attempt is None:
                return None
            owner, ties = attempt.candidate_id, _linked(NO_TIES, grant)
            why = guard.require(self.viewer, owner, "content", ties).why
            result = from_rows.result_of(connection, attempt, guard.opened(self.viewer, owner, ties))
        self._log(attempt, "content", why)
        return result, grant

    def require_recording(self, name: str, key: str = "") -> Attempt:
        """The attempt of a recording that the viewer may play; `RehearseError` when they may not.

        `key` is the secret of a share link. What somebody else plays is written into the access log.
        """
        with self.database.reading() as connection:
            row = connection.execute(select(attempts).where(attempts.c.recording == name)).mappings().first()
            if row is None:
                raise RehearseError(
                    f"The recording {name} is not there any more.", "It may have been erased."
                )
            attempt = from_rows.attempt_from(dict(row))
            linked = _live_link(connection, key) if key else None
            ties = guard.ties(connection, self.viewer, attempt)
        if linked and linked.attempt_id == attempt.id:
            ties = _linked(ties, linked)
        why = guard.require(self.viewer, attempt.candidate_id, "recording", ties).why
        self._log(attempt, "recording", why)
        return self._as_opened(attempt, attempt.candidate_id, ties)

    def may_play(self, attempt: Attempt) -> bool:
        """Whether the viewer may play the recording of an answer."""
        with self.database.reading() as connection:
            ties = guard.ties(connection, self.viewer, attempt)
        return may_read(self.viewer, attempt.candidate_id, "recording", ties)

    def may_override(self, attempt: Attempt) -> bool:
        """Whether the viewer may put a level beside the machine's; never on their own or the sample."""
        if attempt.candidate_id in (self.viewer.candidate_id, SAMPLE_CANDIDATE):
            return False
        with self.database.reading() as connection:
            return may_override(self.viewer, guard.ties(connection, self.viewer, attempt))

    def _told(self, connection: Connection, attempt: Attempt) -> Attempt:
        return self._as_opened(attempt, attempt.candidate_id, guard.ties(connection, self.viewer, attempt))

    def _own(self, connection: Connection, attempt_id: str) -> Attempt:
        attempt = saving.find_attempt(connection, attempt_id)
        if attempt is None:
            raise RehearseError("This answer is not there any more.")
        guard.require_own(self.viewer, attempt.candidate_id, "share")
        return attempt

    def _grants(self, wanted: ColumnElement[bool]) -> tuple[Grant, ...]:
        newest_first = select(tables.grants).where(wanted).order_by(tables.grants.c.created_at.desc())
        with self.database.reading() as connection:
            rows: Sequence[Row] = [dict(row) for row in connection.execute(newest_first).mappings()]
        return tuple(_grant(row) for row in rows)


def _live_link(connection: Connection, key: str) -> Grant | None:
    wanted = select(tables.grants).where(tables.grants.c.link_hash == _hash(key), guard.is_live())
    row = connection.execute(wanted).mappings().first()
    return None if row is None else _grant(dict(row))


def _linked(known: Ties, link: Grant) -> Ties:
    return replace(known, linked=guard.covered(recording=link.recording, delivery=link.delivery))


def _require_known(connection: Connection, owner: str, person: str | None, cohort: str | None) -> None:
    """Nobody shares with an id that is nobody's, or with a cohort that is not theirs."""
    known, member = tables.people.c.candidate_id, tables.members.c
    if person is not None and connection.execute(select(known).where(known == person)).first() is None:
        raise RehearseError("This person is not here any more.", "Choose another one, or share by a link.")
    joined = select(member.role).where(member.cohort_id == cohort, member.candidate_id == owner)
    if cohort is not None and connection.execute(joined).first() is None:
        raise RehearseError("You are not in this cohort.", "Join it with its code first.")


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _grant(row: Row) -> Grant:
    def moment(name: str) -> datetime | None:
        return None if row[name] is None else row[name].replace(tzinfo=UTC)

    return Grant(
        id=row["id"],
        owner=row["candidate_id"],
        attempt_id=row["attempt_id"],
        to_person=row["to_person"],
        to_cohort=row["to_cohort"],
        by_link=row["link_hash"] is not None,
        recording=row["recording"],
        delivery=row["delivery"],
        created_at=row["created_at"].replace(tzinfo=UTC),
        expires_at=moment("expires_at"),
        revoked_at=moment("revoked_at"),
    )


def _access(row: Row, names: dict[str, str]) -> Access:
    viewer = names.get(
        row["viewer_id"], "Somebody with the link" if not row["viewer_id"] else "Someone who left"
    )
    about = row["attempt_id"] or ""
    return Access(about, viewer, row["what"], row["why"], row["at"].replace(tzinfo=UTC))
