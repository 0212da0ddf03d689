"""People who share an installation: who they are, their cohorts, what they were set and what they share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

PersonRole = Literal["candidate", "instructor", "admin"]
MemberRole = Literal["candidate", "instructor"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an OpenID provider says is signed in. `key` tells one signing-in from the next."""

    issuer: str
    subject: str
    name: str
    email: str
    email_verified: bool
    key: str
    issued_at: datetime


def is_same_address(one: str, other: str) -> bool:
    """Whether two e-mail addresses are the same: letters of either case are, others only as they are.

    Beyond ASCII different addresses share a form: the Kelvin sign is a small k in lower case.
    """
    one, other = one.strip(), other.strip()
    if one.isascii() and other.isascii():
        return one.lower() == other.lower()
    return one == other


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was admitted; `id` is the `candidate_id` of everything that is theirs."""

    id: str
    name: str
    email: str
    role: PersonRole
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group of candidates with its instructors; an invented one says so."""

    id: str
    name: str
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one cohort, since when."""

    id: str
    name: str
    role: MemberRole
    joined_at: datetime
    administers: bool = False
    """Whether they are an administrator of the installation as well."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a candidate shares of one answer, with whom, until when; words and levels always belong to it."""

    id: str
    owner: str
    attempt_id: str
    to_person: str | None
    to_cohort: str | None
    by_link: bool
    recording: bool
    delivery: bool
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def is_live(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


@dataclass(frozen=True, slots=True)
class Access:
    """One line of the access log: who looked at what, when, and why they could."""

    attempt_id: str
    """Empty where the line is about no single answer."""
    viewer: str
    what: str
    why: str
    at: datetime


MOCK = "mock-interview"
"""Stands in place of a question where a whole mock interview is set."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Questions, or one whole mock interview, that an instructor sets a cohort.

    `minutes` is the limit of one answer, None without a limit.
    """

    id: str
    cohort_id: str
    title: str
    questions: tuple[str, ...]
    takes: int
    minutes: float | None
    due_at: datetime
    created_at: datetime

    @property
    def is_mock(self) -> bool:
        """Whether a whole mock interview is set."""
        return self.questions == (MOCK,)
