"""The scale benchmark counts right what is there, and looks at every dashboard on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench import scale, scale_batch, scale_dashboards
from bench.scale_dashboards import measure
from bench.scale_writers import (
    SIGNAL_ROWS,
    Noted,
    Outcome,
    Work,
    answer,
    look,
    prepare,
    read,
    rows_of_one,
    run,
    write,
)
from data.store import Database, query_names
from data.store.queries import named_query
from tests.needs import program
from upkeep.postgres_server import Server, passing_server, postgres_programs

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    program(f"{postgres_programs()}/initdb", package="postgresql")
    with passing_server({"fsync": "off"}) as started:
        yield started


@pytest.fixture
def work(server: Server, tmp_path: Path) -> Iterator[Work]:
    prepare(server.url)
    yield Work(server, tmp_path, 6, 2)
    _execute(
        server, "TRUNCATE attempts, cohorts, activity, standings, candidate_weeks, candidate_delivery CASCADE"
    )


def test_an_answer_of_the_benchmark_has_three_hundred_rows_of_signals_and_all_the_rest() -> None:
    assert rows_of_one()["signals"] == SIGNAL_ROWS
    assert {"turns", "speeches", "delivery", "scores", "evidence"} <= rows_of_one().keys()


def test_processes_save_every_answer_once_and_whole(work: Work) -> None:
    found = run(work)
    assert (found.acknowledged, found.broken) == (6, 0)
    assert len(found.taken_ms) == 6
    assert found.at(0.5) <= found.at(0.95)


def test_a_writer_that_begins_again_saves_nothing_twice(work: Work) -> None:
    write(work.server.url, work.file(0), range(0, 2))
    write(work.server.url, work.file(0), range(0, 4))
    assert read(work.file(0)).answers == tuple(answer(number).attempt.id for number in range(4))
    assert look(work, 1.0).broken == 0


@pytest.mark.parametrize(
    ("damage", "amiss"),
    [
        ("DELETE FROM attempts WHERE id = '{}'", {"lost": 1, "rollups_wrong": 1}),
        ("DELETE FROM signals WHERE attempt_id = '{}' AND seconds = 7", {"partial": 1}),
        ("DELETE FROM evidence WHERE attempt_id = '{}'", {"partial": 1}),
        ("INSERT INTO turns SELECT * FROM turns WHERE attempt_id = '{}'", {"double": 1}),
        ("INSERT INTO activity SELECT * FROM activity WHERE answers > 0 LIMIT 1", {"rollups_wrong": 1}),
    ],
)
def test_what_is_lost_double_or_partial_is_counted(work: Work, damage: str, amiss: dict[str, int]) -> None:
    write(work.server.url, work.file(0), range(2))
    _execute(work.server, damage.format(answer(0).attempt.id))
    found = look(work, 1.0)
    assert found.acknowledged == 2
    for name in ("lost", "double", "partial", "rollups_wrong"):
        assert min(getattr(found, name), 1) == amiss.get(name, 0), name


def test_a_line_that_a_writer_was_killed_in_is_not_an_acknowledgement(tmp_path: Path) -> None:
    file = tmp_path / "notes"
    file.write_text("one 3.5 2.5\nrefused\ntwo 4.0 3.0\nthree 5.0 4")
    assert read(file) == Noted(("one", "two"), (3.5, 4.0), (2.5, 3.0), 1)


def test_a_broken_run_fails_the_benchmark(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Outcome(1, 0, 0, 0, 0, 1.0, (1.0,), 1.0, None, 0, 0, 0)
    for found, code in ((whole, 0), (replace(whole, partial=1), 1)):
        monkeypatch.setattr(scale, "writers", lambda _, found=found: not found.broken)
        assert scale.main(["writers"]) == code


def test_a_batch_of_the_benchmark_measures_every_recording_also_when_a_worker_is_killed(
    tmp_path: Path,
) -> None:
    ran = list(scale_batch.measure(4, 1.0, tmp_path))
    assert [(one.workers, one.done) for one in ran] == [(1, 4), (2, 4), (2, 4)]
    assert all(one.worker_cpu > 0 < one.worker_memory and len(one.own_memory) >= 2 for one in ran)
    assert scale_batch.quicker(ran[0], ran[0]) == (1.0, 2.0)


@pytest.mark.parametrize("engine", scale_dashboards.ENGINES)
def test_every_dashboard_is_looked_at_on_a_full_database(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(f"{postgres_programs()}/initdb", package="postgresql")
    monkeypatch.setattr(scale_dashboards, "RUNS", 2)
    asked: dict[str, int] = {}
    ask = scale_dashboards._ask

    def noting(database: Database, name: str, given: dict[str, object]) -> int:
        asked[name] = ask(database, name, given)
        return asked[name]

    monkeypatch.setattr(scale_dashboards, "_ask", noting)
    rows = list(measure(engine, 10_000, tmp_path))
    every = {name for name in query_names() if "question_id" not in named_query(name).parameters}
    assert every <= asked.keys()
    nothing = {name for name, found in asked.items() if not found}
    assert nothing <= {"cohort_dismissals", "cohort_overrides", "cohort_over_time", "cohort_delivery"}
    assert sum("save" in row.what for row in rows) == 3
    assert not list(tmp_path.iterdir())


def _execute(server: Server, sql: str) -> None:
    database = Database.open(server.url)
    with database.writing() as connection:
        connection.exec_driver_sql(sql)
