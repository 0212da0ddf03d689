"""Dashboards of `bench.scale`: what people look at when millions of answers are kept, on either engine.

Rows are made in SQL (`scale_rows.sql`): a hundred answers for each candidate, 250 candidates in a cohort, for
each answer three levels, two key points, one measure of the voice and of the camera each. On PostgreSQL they
lie in the order of time, as they arrive; in DuckDB by candidate, which is how opening a large file leaves it.
Queries are asked past what a session keeps until the next write.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import md5
from pathlib import Path
from statistics import median

from sqlalchemy import Connection, Engine, text

from bench.cohorts import COHORT, EACH, IN_COHORT, VIEWS, replace_owner
from data.questions import load_questions
from data.settings import PROJECT_ROOT
from data.store import Database, looking, query_names, rollups
from data.store.engine import make_engine
from data.store.newer_figures import NewerFigures
from data.store.queries import named_query, run
from data.synthetic import Plan, synthetic_results
from upkeep.postgres_server import passing_server

FOR_MANY_ROWS: Mapping[str, str] = {
    "shared_buffers": "2GB",
    "effective_cache_size": "12GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "4GB",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "random_page_cost": "1.1",
    "jit": "off",
}
"""For tens of gigabytes on a machine of 24; without replicas, which leaves out some of its log. Nothing that
keeps a confirmed change on the disk is switched off."""
ENGINES = ("duckdb", "postgresql")
RUNS = 9
SIZES = (1_000_000, 10_000_000)
MOST_MEMORY = "6GB"
"""For DuckDB, which takes most of a machine else."""
AIM_MS: Mapping[str, float] = {"candidate": 50, "cohort": 50, "all cohorts": 100, "save": 100}
_MONTHS_SECONDS = 15_552_000.0
_ROWS = Path(__file__).with_name("scale_rows.sql")
_FIRST, _NOW = datetime(2026, 5, 24), datetime(2026, 11, 21)
_GIVEN: Mapping[str, object] = {
    "candidate_id": md5(b"synthetic-1760").hexdigest(),
    "cohort_id": COHORT,
    "scorer": "synthetic",
    "scorer_version": "1",
    "rubric_version": "r1",
    "zone": "Pacific/Auckland",
    "period": "session",
    "synthetic": True,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing: what, how many milliseconds each time, and what was aimed at."""

    what: str
    taken_ms: tuple[float, ...]
    aim_ms: float | None = None
    cpu_ms: float = 0.0
    """What the process worked, in the middle: with DuckDB its engine as well, with PostgreSQL not."""

    @property
    def least_ms(self) -> float:
        """The quickest: what is left where other work ran beside it."""
        return min(self.taken_ms)


def measure(engine: str, answers: int, folder: Path) -> Iterator[Row]:
    """Make the rows, then look at everything, then save."""
    with _database(engine, folder) as url:
        yield timed("making the rows", lambda: make(url, answers), runs=1)
        database = Database.open(url)
        try:
            yield timed("all roll-ups made", lambda: _roll_up(database), runs=1)
            yield from first_looks(database)
            yield from looks(database)
            yield from saves(database)
        finally:
            database.close()


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "duckdb":
        file = folder / "scale.duckdb"
        try:
            yield f"duckdb:///{file}"
        finally:
            file.unlink(missing_ok=True)
    else:
        with passing_server(FOR_MANY_ROWS) as server:
            yield server.url


def timed(what: str, call: Callable[[], object], aim_ms: float | None = None, runs: int = RUNS) -> Row:
    """How long a call takes, after one that warms up where there are more than one."""
    if runs > 1:
        call()
    taken, worked = [], []
    for _ in range(runs):
        began, before = time.perf_counter(), time.process_time()
        call()
        taken.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - before))
    return Row(what, tuple(taken), aim_ms, median(worked))


# --- rows ------------------------------------------------------------------------------------


def make(url: str, answers: int) -> None:
    """Fill a new database; on PostgreSQL its indexes are made again when the rows are there."""
    Database.open(url).close()
    candidates = max(IN_COHORT * 8, answers // EACH)
    engine = make_engine(url)
    of_duckdb = engine.dialect.name == "duckdb"
    sizes = {"answers": answers, "candidates": candidates, "cohorts": candidates // IN_COHORT}
    order = "ORDER BY candidate_id" if of_duckdb else "ORDER BY i"
    sql = _ROWS.read_text().format(**sizes, seconds=_MONTHS_SECONDS / answers, order=order)
    with engine.begin() as connection:
        if of_duckdb:
            connection.exec_driver_sql(f"SET memory_limit = '{MOST_MEMORY}'")
        indexes = () if of_duckdb else _without_indexes(connection)
        for statement in sql.split("--------"):
            connection.execute(text(statement))
        for statement in indexes:
            connection.exec_driver_sql(statement)
    _analyse(engine)
    engine.dispose()


def _without_indexes(connection: Connection) -> tuple[str, ...]:
    """Take out indexes and keys between tables; the statements that bring the indexes back.

    Tables that are emptied in the same transaction need no write-ahead log for what goes in (`wal_level`).
    """
    found = connection.exec_driver_sql(
        """SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        AND indexname NOT IN (SELECT conname FROM pg_constraint)"""
    ).all()
    tables = connection.exec_driver_sql(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    ).scalars()
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    connection.exec_driver_sql(f"TRUNCATE {', '.join(tables)}")
    for row in found:
        connection.exec_driver_sql(f"DROP INDEX {row.indexname}")
    return tuple(row.indexdef for row in found)


def _roll_up(database: Database) -> None:
    with database.writing() as connection:
        if connection.dialect.name == "duckdb":
            connection.exec_driver_sql(f"SET memory_limit = '{MOST_MEMORY}'")
        rollups.rebuild(connection)
    _analyse(database.engine)


def _analyse(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


# --- looking ---------------------------------------------------------------------------------


def looks(database: Database) -> Iterator[Row]:
    """Every query about a candidate, every view of a cohort, and of all cohorts."""
    for name in query_names():
        if named_query(name).scope == "candidate":
            yield timed(f"candidate: {name}", partial(_ask, database, name, {}), AIM_MS["candidate"])
    for view, queries in VIEWS.items():
        aim = AIM_MS["all cohorts" if view == "all cohorts" else "cohort"]
        yield timed(f"cohort: {view}", partial(_look, database, queries), aim)
    shown = {name for queries in VIEWS.values() for name, _ in queries}
    for name in query_names():
        if named_query(name).scope == "cohort" and name not in shown:
            yield timed(f"cohort: {name}", partial(_ask, database, name, {}), AIM_MS["cohort"])


def first_looks(database: Database) -> Iterator[Row]:
    """The first look of a day at each view: figures about whole cohorts are published then.

    Those of all cohorts are published beside it, as a server does; whoever looks does not wait for them.
    """
    work: list[Callable[[], object]] = []
    database.newer = NewerFigures(work.append, lambda: None)
    look = partial(_look, database, VIEWS["all cohorts"])
    yield timed("first look of a day: all cohorts", look, AIM_MS["all cohorts"], runs=1)
    yield timed("its figures published beside it", lambda: [one() for one in work], runs=1)
    database.newer = None
    for view, queries in VIEWS.items():
        if view == "all cohorts":
            continue
        if any(named_query(name).figures for name, _ in queries):
            yield timed(f"first look of a day: {view}", partial(_look, database, queries), runs=1)


def _look(database: Database, queries: tuple[tuple[str, dict[str, object]], ...]) -> None:
    for name, given in queries:
        _ask(database, name, given)


def _ask(database: Database, name: str, given: Mapping[str, object]) -> int:
    """Ask one query past what is kept of it; how many rows came."""
    query = named_query(name)
    known = {**_GIVEN, "since": _NOW if query.scope == "org" else _FIRST, **given}
    known["member_id"] = _GIVEN["candidate_id"]
    asked = query.bound({key: known[key] for key in query.parameters})
    if query.figures:
        looking.bring_up_to_date(database, query, asked)
    with database.reading() as connection:
        return len(run(connection, query, asked))


# --- saving ----------------------------------------------------------------------------------


def saves(database: Database) -> Iterator[Row]:
    """Save an answer of nobody's cohort, of a member again, and a new one of a member."""
    questions = load_questions(PROJECT_ROOT / "questions.csv")
    made = next(one for one in synthetic_results(Plan("nobody"), questions) if one.frames)
    member = replace_owner(made, str(_GIVEN["candidate_id"]))
    answers, numbers = database.session().answers, iter(range(100))

    def save_new() -> None:
        answers.save(replace(member, attempt=replace(member.attempt, id=f"new-{next(numbers)}")))

    yield timed("save an answer of nobody's cohort", partial(answers.save, made), AIM_MS["save"])
    yield timed("save an answer of a member again", partial(answers.save, member), AIM_MS["save"])
    yield timed("save a new answer of a member", save_new, AIM_MS["save"])
