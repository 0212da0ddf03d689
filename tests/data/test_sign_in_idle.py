"""Signing in ends when nobody comes for some hours, also for the recordings, and begins only anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data.access import NOBODY
from data.domain.cohort import Identity
from data.store import Session, guard
from data.store.people import IDLE, People
from data.store.to_rows import utc

pytestmark = pytest.mark.slow

BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ADA = Identity("https://id.example", "ada", "Ada", "ada@example.org", True, "first cookie", BEGAN)
ADMIN = "https://id.example ada"
AFTER = timedelta(minutes=1)


class Clock:
    """The server's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return utc(self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(guard, "utc_now", moved)
    return moved


@pytest.fixture
def people(session: Session, clock: Clock) -> People:
    return session.seen_by(NOBODY).people


def is_in(people: People, identity: Identity = ADA, idle: timedelta = IDLE) -> bool:
    return people.viewer_of(identity, ADMIN, idle) != NOBODY


def test_whoever_comes_again_in_time_stays_signed_in_for_days(people: People, clock: Clock) -> None:
    for _ in range(10):
        assert is_in(people)
        clock.now += IDLE - AFTER


def test_whoever_stays_away_too_long_has_to_sign_in_again(people: People, clock: Clock) -> None:
    assert is_in(people)
    clock.now += IDLE + AFTER
    assert not is_in(people)
    clock.now -= IDLE
    assert not is_in(people), "an ended session stays ended"
    assert people.is_admitted(ADA)
    assert is_in(people, replace(ADA, key="second cookie", issued_at=clock.now))


def test_the_limit_is_the_one_that_was_set(people: People, clock: Clock) -> None:
    assert is_in(people, idle=timedelta(minutes=15))
    clock.now += timedelta(minutes=16)
    assert not is_in(people, idle=timedelta(minutes=15))


def test_an_old_cookie_that_was_never_used_does_not_begin_a_session(people: People, clock: Clock) -> None:
    assert is_in(people)
    clock.now += IDLE + AFTER
    assert not is_in(people, replace(ADA, key="an old copy"))


def test_a_session_from_before_this_was_kept_counts_from_its_beginning(people: People, clock: Clock) -> None:
    from sqlalchemy import update

    from data.store.cohort_tables import sign_ins

    assert is_in(people)
    with people.database.writing() as connection:
        connection.execute(update(sign_ins).values(seen_at=None))
    clock.now += IDLE - AFTER
    assert is_in(people)
