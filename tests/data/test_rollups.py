"""Roll-ups equal what the answers say, whatever was saved, scored again, erased, joined or left before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from sqlalchemy import insert, text

from data.access import Viewer
from data.domain import RehearseError
from data.store import Database, Session, cohort_tables, rollups
from tests.engines import Engine
from tests.stored import BEGAN, result, score

pytestmark = pytest.mark.slow

_TABLES = tuple(table.name for table in cohort_tables.ROLLUPS_OF_PERSON)
_PEOPLE = ("anna", "ben", "cleo")
_MEMBERS = {"spring": ("anna", "ben"), "autumn": ("ben",)}
_whose = some.tuples(some.sampled_from(_PEOPLE), some.integers(1, 5))
_saved = some.tuples(
    some.just("save"),
    _whose,
    some.integers(-9, 30),
    some.sampled_from(["url-shortener", "rate-limiter"]),
    some.lists(
        some.tuples(some.sampled_from([None, 1.0, 2.5, 4.0]), some.sampled_from(["C1", "C2"])),
        unique_by=lambda one: one[1],
        min_size=1,
    ),
    some.sampled_from(["plain", "judge"]),
)
_steps = some.lists(
    _saved
    | some.tuples(some.just("erase"), _whose)
    | some.tuples(some.just("erase everything"), some.sampled_from(_PEOPLE))
    | some.tuples(some.just("leave"), some.sampled_from(["anna", "ben"]), some.sampled_from(list(_MEMBERS))),
    min_size=4,
    max_size=14,
)


@pytest.fixture(scope="module", autouse=True)
def bytes_of_erased_rows_stay() -> Iterator[None]:
    """Taking them off the disk takes PostgreSQL long, and these tests are about sums."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.store.compaction.vacuum", lambda _engine: None)
        yield


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_steps)
@example(
    [
        ("save", ("anna", 1), 0, "url-shortener", [(2.5, "C1")], "plain"),
        ("save", ("anna", 1), 1, "rate-limiter", [(2.5, "C1")], "plain"),
    ]
)
def test_roll_ups_equal_a_recomputation_after_anything(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    with engine.quick(tmp_path_factory.mktemp("rollups")) as address:
        session = _founded(Database.open(address).session())
        _follow(session, steps)
        session.database.close()


def _follow(session: Session, steps: list[tuple[Any, ...]]) -> None:
    for what, *how in steps:
        _do(session, what, *how)
    kept = _rolled_up(session)
    with session.database.writing() as connection:
        rollups.rebuild(connection)
    assert kept == _rolled_up(session)


def test_the_property_is_about_something(session: Session) -> None:
    _founded(session)
    for number in range(1, 5):
        _do(session, "save", ("ben", number), number, "url-shortener", [(2.5, "C1")], "plain")
    assert all(_rolled_up(session).values())
    with session.database.writing() as connection:
        connection.execute(text("UPDATE scores SET level = 4"))
        rollups.rebuild(connection)
    assert {row[6] for row in _rolled_up(session)["standings"]} == {4.0}


def _founded(session: Session) -> Session:
    with session.database.writing() as connection:
        for cohort, people in _MEMBERS.items():
            row = {"id": cohort, "name": cohort, "synthetic": False, "created_by": "ines"}
            connection.execute(insert(cohort_tables.cohorts), {**row, "created_at": BEGAN})
            for person in people:
                joined = {"cohort_id": cohort, "candidate_id": person, "role": "candidate"}
                connection.execute(insert(cohort_tables.members), {**joined, "joined_at": BEGAN})
    return session


def _do(session: Session, what: str, *how: Any) -> None:
    if what == "save":
        (person, number), days, question, levels, scorer = how
        scores = [score(level, criterion, scorer) for level, criterion in levels]
        made = result(number, *scores, candidate=person, days=days)
        # What was erased while the server runs stays erased: saving it again is refused.
        with suppress(RehearseError):
            session.answers.save(replace(made, attempt=replace(made.attempt, question_id=question)))
    elif what == "erase":
        person, number = how[0]
        session.answers.erase(result(number, candidate=person).attempt.id)
    elif what == "erase everything":
        session.everything.erase(str(how[0]))
    else:
        session.seen_by(Viewer(str(how[0]))).cohorts.leave(str(how[1]))


def _rolled_up(session: Session) -> dict[str, list[tuple[object, ...]]]:
    with session.database.reading() as connection:
        found = {name: connection.execute(text(f"SELECT * FROM {name}")).all() for name in _TABLES}
    return {
        name: sorted(
            (tuple(round(v, 6) if isinstance(v, float) else v for v in row) for row in rows), key=str
        )
        for name, rows in found.items()
    }
