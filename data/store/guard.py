"""Asks `data.access` before anything is read or written, with what the database knows between two people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select

from data.access import (
    NO_TIES,
    NOBODY,
    Decision,
    Ties,
    Viewer,
    What,
    decide,
    may_look_over_cohorts,
    may_override,
    may_read,
    may_read_all_cohorts,
    may_read_cohort,
    may_read_times,
    may_write,
)
from data.domain import Attempt, RehearseError
from data.store import cohort_tables as tables
from data.store.queries import NamedQuery
from data.store.to_rows import utc

_ONE_VISIT = timedelta(minutes=10)
"""Looking at the same thing again within this time is one line in the access log."""
_SHARED: tuple[What, ...] = ("attempts", "content")
_MEASURED: tuple[What, ...] = ("delivery", "camera")


def utc_now() -> datetime:
    """Now, as it is kept."""
    return utc(datetime.now(UTC))


def ties(connection: Connection, viewer: Viewer, attempt: Attempt) -> Ties:
    """What ties a viewer to somebody else's answer: an instructed cohort, live grants."""
    if viewer.role == "local" or attempt.candidate_id == viewer.candidate_id:
        return NO_TIES
    member, grant = tables.members.c, tables.grants.c
    joined = select(member.joined_at).where(
        member.candidate_id == attempt.candidate_id,
        member.role == "candidate",
        member.cohort_id.in_(viewer.instructs),
        member.joined_at <= utc(attempt.started_at),
    )
    live = select(grant.recording, grant.delivery).where(
        grant.attempt_id == attempt.id,
        grant.candidate_id == attempt.candidate_id,
        or_(grant.to_person == viewer.candidate_id, grant.to_cohort.in_(viewer.instructs)),
        is_live(),
    )
    shared: set[What] = set()
    for recording, delivery in connection.execute(live):
        shared |= covered(recording=recording, delivery=delivery)
    return Ties(connection.execute(joined).first() is not None, frozenset(shared))


def covered(*, recording: bool, delivery: bool) -> frozenset[What]:
    """What a grant opens: words and levels always, the rest where it says so."""
    return frozenset((*_SHARED, *(("recording",) if recording else ()), *(_MEASURED if delivery else ())))


@dataclass(frozen=True, slots=True)
class Opened:
    """Which parts of an answer somebody sees beside its words and levels."""

    delivery: bool
    camera: bool
    times: bool
    """When each word was said, and how clearly."""


def opened(viewer: Viewer, owner: str, known: Ties) -> Opened:
    """What `viewer` may see of an answer of `owner` beside its words and levels."""
    return Opened(
        may_read(viewer, owner, "delivery", known),
        may_read(viewer, owner, "camera", known),
        may_read_times(viewer, owner, known),
    )


def is_live() -> ColumnElement[bool]:
    """The condition that a grant was neither revoked nor has run out."""
    grant = tables.grants.c
    return and_(grant.revoked_at.is_(None), or_(grant.expires_at.is_(None), grant.expires_at > utc_now()))


def require(viewer: Viewer, owner: str, what: What, known: Ties = NO_TIES) -> Decision:
    """Raise `RehearseError` when the viewer may not see it; the reason when they may."""
    decision = decide(viewer, owner, what, known)
    if not decision.allowed:
        raise RehearseError("You may not see this.", "Ask the person it belongs to to share it.")
    return decision


def require_tied(connection: Connection, viewer: Viewer, owner: str) -> None:
    """Raise `RehearseError` unless it is the viewer's own or the viewer instructs a cohort of the owner."""
    member = tables.members.c
    joined = select(member.cohort_id).where(
        member.candidate_id == owner, member.role == "candidate", member.cohort_id.in_(viewer.instructs)
    )
    require(viewer, owner, "content", Ties(connection.execute(joined).first() is not None))


def require_query(viewer: Viewer, query: NamedQuery, given: Mapping[str, object]) -> None:
    """Raise `RehearseError` when the viewer may not run a named query with these parameters."""
    if query.scope == "candidate":
        require(viewer, str(given["candidate_id"]), query.reads)
    elif query.scope == "cohort":
        require_cohort(viewer, str(given["cohort_id"]))
    elif query.scope == "admin":
        require_admin(viewer)
    elif not may_read_all_cohorts(viewer):
        raise RehearseError("Only instructors and administrators may see this.")


def require_signed_in(viewer: Viewer) -> None:
    """Raise `RehearseError` for whoever has not signed in where that is needed."""
    if viewer == NOBODY:
        raise RehearseError("Only people who are signed in may do this.", "Sign in first.")


def require_admin(viewer: Viewer) -> None:
    """Raise `RehearseError` when the viewer does not look after the installation."""
    if not may_look_over_cohorts(viewer):
        raise RehearseError("Only administrators may see this.")


def require_cohort(viewer: Viewer, cohort_id: str) -> None:
    """Raise `RehearseError` when the viewer is not an instructor of the cohort."""
    if not may_read_cohort(viewer, cohort_id):
        raise RehearseError("You may not see this cohort.", "Only its instructors can.")


def require_own(viewer: Viewer, owner: str, verb: str) -> None:
    """Raise `RehearseError` unless it is the viewer's own; `verb` is what was tried ("dispute")."""
    if not may_write(viewer, owner):
        raise RehearseError(f"You may not {verb} this.", "Only the person it belongs to can.")


def require_override(viewer: Viewer, known: Ties) -> None:
    """Raise `RehearseError` when the viewer may not give a level."""
    if not may_override(viewer, known):
        raise RehearseError("You may not give a level here.", "Only an instructor of this person can.")


def is_logged(connection: Connection, viewer: Viewer, attempt_id: str, what: What) -> bool:
    """Whether this look is part of a visit that is in the access log already."""
    access = tables.accesses.c
    wanted = select(access.at).where(
        access.attempt_id == attempt_id,
        access.viewer_id == viewer.candidate_id,
        access.what == what,
        access.at > utc_now() - _ONE_VISIT,
    )
    return connection.execute(wanted).first() is not None


def log(connection: Connection, viewer: Viewer, attempt: Attempt, what: What, why: str) -> None:
    """Write into the access log who saw what of whom, and why they could."""
    row = {"attempt_id": attempt.id, "candidate_id": attempt.candidate_id, "viewer_id": viewer.candidate_id}
    connection.execute(insert(tables.accesses), {**row, "what": what, "why": why, "at": utc_now()})
