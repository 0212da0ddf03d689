"""The part of the store that knows who is signed in, and lets people in by codes that run out."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from data.access import NOBODY, Viewer, may_run_cohorts
from data.domain import RehearseError
from data.domain.cohort import Identity, MemberRole, Person, PersonRole, is_same_address
from data.store import cohort_tables as tables
from data.store import guard, rollups
from data.store.again import again
from data.store.part import Part
from data.store.to_rows import Row, utc

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CLOCKS_DIFFER = timedelta(minutes=2)
"""How far a provider's clock may be behind ours."""
IDLE = timedelta(hours=12)
"""How long somebody stays signed in who does not come, unless SIGN_IN_IDLE_HOURS says otherwise."""
_SEEN_AGAIN = timedelta(minutes=5)
"""How often it is noted that somebody is here."""


class People(Part):
    """Signing in, being admitted, roles."""

    @again()
    def viewer_of(self, identity: Identity, admin: str = "", idle: timedelta = IDLE) -> Viewer:
        """The viewer behind an identity; `NOBODY` when they were not admitted or their session has ended.

        It ends by signing out, and when nobody comes for `idle`. `admin` names who is made administrator: a
        verified e-mail address, or issuer and subject.
        """
        who = person_id(identity)
        with self.database.reading() as connection:
            person = _row(connection, who)
            known = select(tables.sign_ins).where(tables.sign_ins.c.key == identity.key)
            sign_in = connection.execute(known).mappings().first()
            member = tables.members.c
            taught = select(member.cohort_id).where(member.candidate_id == who, member.role == "instructor")
            instructs = frozenset(connection.execute(taught).scalars())
        if is_admin(identity, admin) and (person is None or person["role"] != "admin"):
            with self.database.writing() as connection:
                _admit(connection, identity, "admin")
            return self.viewer_of(identity, admin, idle)
        if person is None:
            return NOBODY
        goes_on = self._goes_on(dict(sign_in), idle) if sign_in else self._begins(identity, person, idle)
        if not goes_on:
            return NOBODY
        return Viewer(who, person["role"], instructs if person["role"] != "candidate" else frozenset())

    @again()
    def _begins(self, identity: Identity, person: Row, idle: timedelta) -> bool:
        """Whether a cookie that is seen for the first time is a new signing-in, and not one from long ago."""
        now, issued, left = guard.utc_now(), utc(identity.issued_at), person["signed_out_at"]
        if issued < now - idle or (left is not None and issued < left - _CLOCKS_DIFFER):
            return False
        row = {"key": identity.key, "candidate_id": person["candidate_id"], "began_at": now, "seen_at": now}
        with self.database.writing() as connection:
            connection.execute(upsert(tables.sign_ins).values(row).on_conflict_do_nothing())
            _keep_address(connection, identity)
        return True

    @again()
    def _goes_on(self, sign_in: Row, idle: timedelta) -> bool:
        """Whether a session has not ended; ends it when nobody came for too long."""
        now, seen = guard.utc_now(), sign_in["seen_at"] or sign_in["began_at"]
        if sign_in["ended_at"] is not None or seen > now - _SEEN_AGAIN:
            return sign_in["ended_at"] is None
        changed = {"ended_at": now} if seen < now - idle else {"seen_at": now}
        mine = update(tables.sign_ins).where(tables.sign_ins.c.key == sign_in["key"])
        with self.database.writing() as connection:
            connection.execute(mine.values(changed))
        return "seen_at" in changed

    def is_admitted(self, identity: Identity) -> bool:
        """Whether somebody was admitted, whatever became of their session."""
        with self.database.reading() as connection:
            return _row(connection, person_id(identity)) is not None

    @again()
    def admit(self, identity: Identity, code: str) -> None:
        """Let somebody in who has a code, and into its cohort; `RehearseError` when the code is not valid."""
        with self.database.writing() as connection:
            if _row(connection, person_id(identity)) is not None:
                raise RehearseError("This session has ended.", "Sign out and sign in again.")
            found = _use(connection, code)
            _admit(connection, identity, found["role"])
            if found["cohort_id"]:
                _join(connection, found["cohort_id"], person_id(identity), found["role"])

    @again()
    def join(self, code: str) -> None:
        """Join the cohort of a code; a code for instructors also gives that role."""
        with self.database.writing() as connection:
            found = _use(connection, code)
            person = _row(connection, self.viewer.candidate_id)
            if person is None:
                raise RehearseError("Only people who are signed in can join a cohort.")
            if found["role"] != "candidate" and person["role"] == "candidate":
                _set_role(connection, person["candidate_id"], found["role"])
            if found["cohort_id"]:
                _join(connection, found["cohort_id"], person["candidate_id"], found["role"])

    @again()
    def invite(self, role: PersonRole, cohort_id: str | None, expires_at: datetime, uses: int) -> str:
        """Make a code; it is shown once and kept as a hash. Instructors invite into their own cohorts.

        Only its instructors make somebody an instructor of a cohort: an administrator cannot let
        themselves into one.
        """
        viewer = self.viewer
        own = cohort_id is not None and cohort_id in viewer.instructs and role != "admin"
        anyway = viewer.role == "admin" and (cohort_id is None or role == "candidate")
        if not (anyway or (own and may_run_cohorts(viewer))):
            raise RehearseError("You may not invite here.", "Ask an administrator or an instructor.")
        code = "".join(secrets.choice(_ALPHABET) for _ in range(10))
        row = {
            "code_hash": _hash(code),
            "cohort_id": cohort_id,
            "role": role,
            "created_by": viewer.candidate_id,
            "expires_at": utc(expires_at),
            "uses_left": uses,
        }
        with self.database.writing() as connection:
            connection.execute(insert(tables.invitations), row)
        return f"{code[:5]}-{code[5:]}"

    @again()
    def sign_out_everywhere(self) -> None:
        """End every session of the viewer, on every device."""
        mine, now = self.viewer.candidate_id, guard.utc_now()
        sign_ins, people = tables.sign_ins, tables.people
        with self.database.writing() as connection:
            connection.execute(update(sign_ins).where(sign_ins.c.candidate_id == mine).values(ended_at=now))
            connection.execute(update(people).where(people.c.candidate_id == mine).values(signed_out_at=now))

    def everybody(self) -> tuple[Person, ...]:
        """Everybody who was admitted, for administrators."""
        self._require_admin()
        with self.database.reading() as connection:
            rows = connection.execute(select(tables.people).order_by(tables.people.c.name)).mappings()
            return tuple(person_of(dict(row)) for row in rows)

    @again()
    def set_role(self, person: str, role: PersonRole) -> None:
        """Change somebody's role; nobody changes their own, so that an administrator remains."""
        self._require_admin()
        if person == self.viewer.candidate_id:
            raise RehearseError("You cannot change your own role.", "Ask another administrator.")
        with self.database.writing() as connection:
            _set_role(connection, person, role)

    def me(self) -> Person | None:
        """The viewer as a person; None without sign-in."""
        with self.database.reading() as connection:
            row = _row(connection, self.viewer.candidate_id)
        return None if row is None else person_of(row)

    def names(self, people: tuple[str, ...]) -> dict[str, str]:
        """Names by id; whoever erased their account is missing."""
        column = tables.people.c
        wanted = select(column.candidate_id, column.name).where(column.candidate_id.in_(people))
        with self.database.reading() as connection:
            return {row.candidate_id: row.name for row in connection.execute(wanted)}

    def _require_admin(self) -> None:
        if self.viewer.role != "admin":
            raise RehearseError("Only administrators may do this.")


def person_id(identity: Identity) -> str:
    """The same for the same issuer and subject, whatever name and address become."""
    return sha256(f"{identity.issuer}\n{identity.subject}".encode()).hexdigest()[:32]


def is_admin(identity: Identity, configured: str) -> bool:
    """Whether the configuration makes this identity an administrator."""
    if not configured:
        return False
    by_address = identity.email_verified and is_same_address(identity.email, configured)
    return by_address or configured == f"{identity.issuer} {identity.subject}"


def _hash(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in _ALPHABET)
    return sha256(plain.encode()).hexdigest()


def _row(connection: Connection, person: str) -> Row | None:
    wanted = select(tables.people).where(tables.people.c.candidate_id == person)
    row = connection.execute(wanted).mappings().first()
    return None if row is None else dict(row)


def person_of(row: Row) -> Person:
    """One person from a row of `people`."""
    joined = row["joined_at"].replace(tzinfo=UTC)
    return Person(row["candidate_id"], row["name"], row["email"], row["role"], joined)


def _use(connection: Connection, code: str) -> Row:
    invitations = tables.invitations
    wanted = select(invitations).where(
        invitations.c.code_hash == _hash(code),
        invitations.c.expires_at > guard.utc_now(),
        invitations.c.uses_left > 0,
    )
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise RehearseError("This code is not valid.", "It may have run out or been used. Ask for a new one.")
    used = update(invitations).where(invitations.c.code_hash == row["code_hash"])
    connection.execute(used.values(uses_left=row["uses_left"] - 1))
    return dict(row)


def _admit(connection: Connection, identity: Identity, role: PersonRole) -> None:
    row = {
        "candidate_id": person_id(identity),
        "issuer": identity.issuer,
        "subject": identity.subject,
        "name": identity.name,
        "role": role,
        "joined_at": guard.utc_now(),
        **_address(identity),
    }
    changed = {"name": identity.name, "role": role, **_address(identity)}
    before = _row(connection, row["candidate_id"])
    statement = upsert(tables.people).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["candidate_id"], set_=changed))
    if before is not None:
        _tell_of_return(connection, before, role)


def _address(identity: Identity) -> Row:
    return {"email": identity.email, "email_verified": identity.email_verified}


def _keep_address(connection: Connection, identity: Identity) -> None:
    """An address may change hands: with every signing-in the provider says again whose it is."""
    mine = update(tables.people).where(tables.people.c.candidate_id == person_id(identity))
    connection.execute(mine.values(_address(identity)))


def _set_role(connection: Connection, person: str, role: PersonRole) -> None:
    before = _row(connection, person)
    mine = update(tables.people).where(tables.people.c.candidate_id == person)
    connection.execute(mine.values(role=role))
    if before is not None:
        _tell_of_return(connection, before, role)


def _tell_of_return(connection: Connection, before: Row, role: PersonRole) -> None:
    """Somebody who had been made a candidate instructs their cohorts again: from now on, and it is told."""
    if before["role"] != "candidate" or role == "candidate":
        return
    member, person = tables.members.c, before["candidate_id"]
    again = (member.candidate_id == person) & (member.role == "instructor")
    cohorts = connection.execute(select(member.cohort_id).where(again)).scalars().all()
    connection.execute(update(tables.members).where(again).values(joined_at=guard.utc_now()))
    for cohort_id in cohorts:
        _tell_members(connection, cohort_id, person)


def _join(connection: Connection, cohort_id: str, person: str, role: MemberRole) -> None:
    row = {"cohort_id": cohort_id, "candidate_id": person, "role": role, "joined_at": guard.utc_now()}
    statement = upsert(tables.members).values(row)
    connection.execute(statement.on_conflict_do_nothing())
    if role == "instructor":
        _tell_members(connection, cohort_id, person)
    rollups.refresh(connection, [person])


def _tell_members(connection: Connection, cohort_id: str, instructor: str) -> None:
    """Write into the log of every candidate of the cohort that somebody may now read their answers."""
    name = select(tables.cohorts.c.name).where(tables.cohorts.c.id == cohort_id)
    why = f"became an instructor of {connection.execute(name).scalar()}"
    member = tables.members.c
    told = select(member.candidate_id).where(member.cohort_id == cohort_id, member.role == "candidate")
    common = {
        "attempt_id": None,
        "viewer_id": instructor,
        "what": "attempts",
        "why": why,
        "at": guard.utc_now(),
    }
    rows = [{"candidate_id": one, **common} for one in connection.execute(told).scalars()]
    if rows:
        connection.execute(insert(tables.accesses), rows)
