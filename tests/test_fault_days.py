"""Days full of faults: a few of those of `make bench-faults`, and that it would see damage."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.fault_day import Line, Place
from bench.fault_days import FAULTS, Bench, Fault, Found, live, looked, prepared, spent, table
from bench.fault_look import known
from data.store import Database
from tests.needs import program
from upkeep.postgres_server import postgres_programs

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("fault days")]


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    program(f"{postgres_programs()}/initdb", package="postgresql")
    with prepared(["duckdb", "postgresql"]) as made:
        yield made


@pytest.mark.parametrize(
    ("engine", "seed"),
    [("duckdb", 2), ("duckdb", 4), ("duckdb", 12), ("postgresql", 8), ("postgresql", 10), ("postgresql", 14)],
)
def test_a_day_with_faults_breaks_nothing(bench: Bench, engine: str, seed: int) -> None:
    found = live(bench, engine, seed)
    assert found.broken == ()
    assert found.acknowledged > 3


@pytest.fixture(scope="module")
def whole(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, list[Line]]:
    """A day without faults on which everything was done that is damaged below."""
    for seed in range(3, 60):
        folder = tmp_path_factory.mktemp("day")
        with bench.engines["duckdb"].database(folder) as address:
            place = Place(address, (folder / "recordings").as_uri(), folder, seed)
        lines = spent(bench, place, Fault(bench, "nothing", random.Random(seed)))
        done = {line.step for line in lines if line.kind == "done"}
        if {"recorded", "scored", "turn", "backup", "sent"} <= done and "erased" not in done:
            return place, lines
    raise AssertionError("no day has all of it")


def _sql(statement: str) -> Callable[[Place, str], None]:
    def damage(place: Place, _: str) -> None:
        database = Database.open(place.database_url)
        with database.writing() as connection:
            connection.exec_driver_sql(statement)
        database.close()

    return damage


def _shorten(place: Place, name: str) -> None:
    path = place.recordings.path(f"{name}.mp4")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _cut_backup(place: Place, _: str) -> None:
    for path in place.folder.glob("backup-*"):
        path.write_bytes(path.read_bytes()[:300_000])


def _half_sent(place: Place, _: str) -> None:
    for path in place.recordings.folder.glob("*.received"):
        path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (None, ""),
        (
            _sql("UPDATE turns SET text = 'something else' WHERE speaker = 'candidate'"),
            "says 'something else'",
        ),
        (_sql("DELETE FROM assessments; DELETE FROM scores; DELETE FROM key_points"), "has no scores"),
        (_sql("INSERT INTO turns SELECT * FROM turns"), "are there twice"),
        (_sql("DELETE FROM interviews"), "the interview"),
        (_shorten, "s and lasts"),
        (_cut_backup, "cannot be restored"),
        (_half_sent, "not there as it was"),
    ],
)
def test_damage_is_seen_the_next_day(
    bench: Bench,
    whole: tuple[Place, list[Line]],
    tmp_path: Path,
    damage: Callable[[Place, str], None] | None,
    told: str,
) -> None:
    place, lines = _copied(*whole, tmp_path)
    if damage is not None:
        damage(place, next(line.of for line in lines if line.step == "recorded"))
    broken = looked(bench, place, lines)
    assert any(told in one for one in broken) if told else broken == ()


def _copied(place: Place, lines: list[Line], folder: Path) -> tuple[Place, list[Line]]:
    shutil.copytree(place.folder, folder, dirs_exist_ok=True)
    old, new = str(place.folder), str(folder)
    told = [Line(one.kind, one.step, one.of.replace(old, new), one.value) for one in lines]
    return Place(place.database_url.replace(old, new), (folder / "recordings").as_uri(), folder, 5), told


def test_what_may_have_happened_after_the_last_acknowledgement_is_no_finding() -> None:
    lines = [Line("trying", "words", "a", "one"), Line("done", "words", "a", "one")]
    lines += [Line("trying", "words", "a", "two"), Line("refused", "words", "a", "The disk is full.")]
    found = known(lines)["a"]
    assert (found.steps["words"], found.maybe["words"], found.corrected) == ("one", {"two"}, True)


def test_the_table_has_a_row_for_each_fault_and_names_the_broken_days() -> None:
    found = [Found(seed, "duckdb", fault, (), 3, 1) for seed, fault in enumerate(FAULTS)]
    text = table([*found, Found(99, "postgresql", "killed", ("it is gone",), 2, 0)])
    assert text.count("| duckdb | 1 | 3; 1 | 0 |") == len(FAULTS)
    assert text.splitlines()[-1] == f"| all | | {len(FAULTS) + 1} | | 1 postgresql 99 |"
