"""PostgreSQL alone: the same rows as DuckDB, keys, statistics, connections that end, who may come in.

How the store behaves on either engine is in the other files, whose tests run on both.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import Connection, insert, inspect, make_url

from data.domain import Attempt, Draft, RehearseError
from data.settings import PROJECT_ROOT
from data.store import Database, Session, compaction, moving, query_names, rollups, saving, tables
from data.store.backup_requests import back_up
from data.store.contributions import KINDS
from data.store.copying import Counted
from data.store.engine import make_engine
from data.store.queries import named_query
from data.synthetic import Plan, synthetic_results
from data.synthetic.samples import SampleCohorts
from tests.engines import PostgreSql
from tests.hosted_cohorts import SOON, Hosted
from tests.small_disk import files_end_at
from tests.stored import BEGAN, QUOTE, given_to, heard, open_store, question, result, score
from tests.way_through import WayThrough, way_to
from upkeep.postgres_server import passing_server

pytestmark = pytest.mark.slow


_WAL_BYTES = 20_000_000
"""More than a file of the write-ahead log has."""
_MIGRATE = """
import sys
from data.store.engine import make_engine, migrate
migrate(make_engine(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def engine(postgres: PostgreSql) -> PostgreSql:
    """This engine alone."""
    return postgres


def test_a_letter_that_postgres_does_not_hold_costs_nothing_of_the_rest(session: Session) -> None:
    session.answers.save(result(1, text="I would\x00 shard it"))
    kept = session.answers.load(result(1).attempt.id)
    assert kept is not None
    assert kept.turns == result(1, text="I would shard it").turns


def test_many_rows_that_go_in_together_are_the_same_as_one_by_one(session: Session) -> None:
    said = [replace(result().turns[1], index=n, text=f"\x00 {{{n},\\\"}}' NULL", words=()) for n in range(40)]
    said += [replace(said[0], index=40, text="", start_seconds=None, end_seconds=None)]
    many = replace(result(1), turns=(result().turns[0], *said[1:]))
    session.answers.save(many)
    kept = session.answers.load(many.attempt.id)
    assert kept is not None
    assert kept.turns == tuple(replace(turn, text=turn.text.replace("\x00", "")) for turn in many.turns)
    assert kept.frames == many.frames


def test_two_servers_that_save_answers_of_one_member_count_each_once(session: Session, address: str) -> None:
    with session.database.writing() as connection:
        row = {"id": "spring", "name": "spring", "synthetic": False, "created_by": "i", "created_at": BEGAN}
        connection.execute(insert(tables.metadata.tables["cohorts"]), row)
        joined = {"cohort_id": "spring", "candidate_id": "anna", "role": "candidate", "joined_at": BEGAN}
        connection.execute(insert(tables.metadata.tables["members"]), joined)
    session.answers.save(result(1, candidate="anna"))
    second = Database(make_engine(address), None).session()
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with ThreadPoolExecutor(1) as pool:
        with session.database.engine.begin() as connection:
            rollups.refresh(connection, {"anna"})
            saved = pool.submit(second.answers.save, result(2, candidate="anna"))
            while not saved.done() and not _number(session, waits):
                pass
        saved.result()
    assert _number(session, "SELECT sum(n) FROM candidate_weeks WHERE candidate_id = 'anna'") == 2
    assert _number(session, "SELECT sum(answers) FROM activity WHERE candidate_id = 'anna'") == 2
    assert _number(session, "SELECT count(*) FROM standings WHERE candidate_id = 'anna'") == 1
    second.database.close()


def test_what_a_cohort_gives_to_its_questions_holds_no_answer_against_every_question(
    session: Session,
) -> None:
    wanted = f"WITH chosen AS (SELECT * FROM members) SELECT * FROM ({KINDS['questions'].given}) AS given"
    with session.database.reading() as connection:
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {wanted}").scalars())
    assert len(re.findall(r"on scores\b", plan)) == 3
    assert len(re.findall(r"on questions\b", plan)) == 1


def _number(session: Session, sql: str) -> int:
    with session.database.reading() as connection:
        return int(connection.exec_driver_sql(sql).scalar_one() or 0)


def test_every_named_query_gives_the_same_rows_as_on_duckdb(session: Session, tmp_path: Path) -> None:
    embedded = open_store(tmp_path)
    questions = [question(number) for number in range(4)]
    read = [heard(number, candidate="synthetic", days=number) for number in (1, 2, 9)]
    answers = (*synthetic_results(Plan("synthetic", sessions=9), questions), *read)
    for one in (session, embedded):
        one.bank.keep(questions)
        one.answers.save_many(answers)
        one.answers.rate(answers[0].attempt.id, {"C1": 2.0, "C2": 3.0, "answer": 2.0})
        one.answers.mark_own(read[0].attempt.id, "h3", QUOTE)
    asked = [(name, "week") for name in query_names() if named_query(name).scope == "candidate"]
    for name, period in (*asked, ("competency_trend", "session"), ("coverage_trend", "session")):
        given = given_to(name, candidate_id="synthetic", period=period)  # weeks of Auckland
        ours, theirs = (one.query(name, **given) for one in (session, embedded))
        if name == "scorers":
            ours, theirs = ours.drop(columns="last_at"), theirs.drop(columns="last_at")
        assert_frame_equal(ours, theirs, check_dtype=False, obj=name)
        assert len(ours) > 0 or name == "self_rating"
    embedded.database.close()


def test_cohorts_and_their_roll_ups_are_the_same_as_on_duckdb(session: Session, tmp_path: Path) -> None:
    embedded = open_store(tmp_path)
    questions = [question(number) for number in range(4)]
    for one in (session, embedded):
        SampleCohorts(one.database, one.viewer).load(questions, 2, 6, 4)
    for name in query_names():
        if named_query(name).scope == "candidate":
            continue
        known = {"scorer": "synthetic", "rubric_version": "synthetic", "member_id": "sample-0-001"}
        given = given_to(name, cohort_id="sample-cohort-0", **known)
        ours, theirs = (one.query(name, **given) for one in (session, embedded))
        moments = [column for column in ours.columns if column.endswith("_at") or column == "week"]
        ours, theirs = ours.drop(columns=moments), theirs.drop(columns=moments)
        assert_frame_equal(ours, theirs, check_dtype=False, obj=name)
    SampleCohorts(session.database, session.viewer).remove()
    embedded.database.close()


@pytest.mark.parametrize("others", ["", "anna"])
def test_what_postgres_counted_of_erased_rows_is_gone_as_well(
    session: Session, engine: PostgreSql, address: str, others: str
) -> None:
    session.answers.save_many([result(n, text="I said xylophone-quasar aloud") for n in range(30)])
    for number in range(30):
        session.memory.remember("me", f"k{number}", "xylophone-quasar remembered")
        session.drafts.put("me", f"q{number}", Draft("xylophone-quasar drafted", "t.1"))
    if others:
        session.answers.save_many([result(n, candidate=others, text="another text") for n in range(30)])
    with session.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
        counted = "SELECT count(*) FROM pg_stats WHERE most_common_vals::text LIKE '%%quasar%%'"
        assert connection.exec_driver_sql(counted).scalar_one() > 0
        session.everything.erase("me")
        assert connection.exec_driver_sql(counted).scalar_one() == 0
    assert not engine.holds(address, "xylophone-quasar")
    session.everything.erase("anna")


def test_a_table_somebody_holds_is_told_after_the_rows_are_gone(
    session: Session, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.answers.save(result(1))
    monkeypatch.setattr(compaction, "_WAIT_SECONDS", 0.05)
    other = make_engine(address)
    with other.begin() as holding:
        holding.exec_driver_sql("SELECT * FROM turns")
        with pytest.raises(RehearseError, match="It is erased") as told:
            session.everything.erase("me")
    other.dispose()
    assert "VACUUM" in (told.value.remedy or "")
    assert session.answers.of("me") == ()


def test_the_schema_has_the_tables_the_code_uses_with_keys_and_indexes(address: str) -> None:
    made_by = make_engine(address)
    made = inspect(made_by)
    assert set(made.get_table_names()) == {*tables.metadata.tables, "alembic_version"}
    for table in tables.metadata.sorted_tables:
        columns = {(c["name"], bool(c["nullable"])) for c in made.get_columns(table.name)}
        assert columns == {(c.name, bool(c.nullable)) for c in table.columns}, table.name
    for name, owner in (("grants", "attempts"), ("accesses", "attempts"), ("members", "cohorts")):
        (key,) = made.get_foreign_keys(name)
        assert (key["referred_table"], key["options"]) == (owner, {"ondelete": "CASCADE"})
    for table in tables.OF_ATTEMPT:
        assert [key["referred_table"] for key in made.get_foreign_keys(table.name)] == ["attempts"]
        assert {tuple(index["column_names"]) for index in made.get_indexes(table.name)} == {
            ("attempt_id",),
            ("candidate_id",),
        }
    made_by.dispose()


def test_a_database_moves_to_postgres_and_back_and_is_the_same(blank: str, tmp_path: Path) -> None:
    embedded = open_store(tmp_path)
    questions = [question(number) for number in range(4)]
    embedded.bank.keep(questions)
    SampleCohorts(embedded.database, embedded.viewer).load(questions, 2, 6, 4)
    embedded.answers.save_many([result(1), heard(2), result(3, text="A\x00 letter that has no place there")])
    embedded.disagreements.dispute(result(1).attempt.id, score(), "I named it.")
    embedded.database.close()
    first = f"duckdb:///{tmp_path}/rehearse.duckdb"
    there = moving.move(first, blank, lambda _: None)
    assert sum(one.rows > 0 for one in there) > 15
    back = moving.move(blank, f"duckdb:///{tmp_path}/back.duckdb", lambda _: None)
    assert back == there
    with pytest.raises(RehearseError, match="something there already"):
        moving.move(first, blank, lambda _: None)
    moved = Database.open(blank).session()
    assert moved.answers.load(result(1).attempt.id) == result(1)
    moved.database.close()


def test_a_line_of_the_access_log_about_no_answer_moves_to_postgres(blank: str, tmp_path: Path) -> None:
    hosted = Hosted(open_store(tmp_path))
    code = hosted.as_("instructor").people.invite("instructor", hosted.cohort, SOON, 1)
    hosted.as_("other instructor").people.join(code)
    hosted.session.database.close()
    moving.move(f"duckdb:///{tmp_path}/rehearse.duckdb", blank, lambda _: None)
    moved = Database.open(blank)
    [line] = moved.session(hosted.viewers["owner"]).grants.accesses(hosted.id("owner"))
    assert (line.attempt_id, line.what) == ("", "attempts")
    moved.close()


def test_a_backup_of_postgres_is_of_one_moment_and_restores_there(
    session: Session, address: str, blank: str, tmp_path: Path
) -> None:
    session.answers.save(result(1))

    def meanwhile(one: Counted) -> None:
        if one.name == "attempts":
            session.answers.save(result(2))

    made = back_up(address, tmp_path / "kept", meanwhile)
    assert len(session.answers.of("me")) == 2
    assert moving.restore(tmp_path / "kept", blank, lambda _: None) == made
    restored = Database.open(blank).session()
    assert [found.id for found in restored.answers.of("me")] == [result(1).attempt.id]
    restored.database.close()


def _once(
    monkeypatch: pytest.MonkeyPatch, disturb: Callable[[Connection], object], *, before: bool
) -> list[str]:
    """Disturb the first time that an attempt is put, before or after it; what was put so far."""
    put: list[str] = []

    def disturbed(connection: Connection, attempts: Sequence[Attempt]) -> None:
        first = not put
        put.append(attempts[0].id)
        if first and before:
            disturb(connection)
        saving.put_attempts(connection, attempts)
        if first and not before:
            disturb(connection)

    monkeypatch.setattr("data.store.answers.saving", _With(put_attempts=disturbed))
    return put


class _With:
    """`saving` with one of its functions replaced."""

    def __init__(self, **instead: object) -> None:
        self.__dict__.update({**vars(saving), **instead})


def _refuse(connection: Connection) -> None:
    connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$")


def _cut(connection: Connection) -> None:
    """As a restart of the server does: the connection is ended from its side."""
    mine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    other = make_engine(connection.engine.url.render_as_string(hide_password=False))
    with other.connect() as elsewhere:
        elsewhere.exec_driver_sql("SELECT pg_terminate_backend(%s)", (mine,))
    other.dispose()


@pytest.mark.parametrize("disturb", [_refuse, _cut])
@pytest.mark.parametrize("before", [True, False])
def test_a_save_that_the_server_refused_or_cut_off_is_tried_again(
    session: Session, monkeypatch: pytest.MonkeyPatch, disturb: Callable[[Connection], object], before: bool
) -> None:
    monkeypatch.setattr("data.store.again.WAITS_SECONDS", (0, 0))
    put = _once(monkeypatch, disturb, before=before)
    session.answers.save(result())
    assert put == [result().attempt.id] * 2
    assert session.answers.load(result().attempt.id) == result()


def test_a_refusal_that_goes_on_is_told_and_nothing_is_kept(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.again.WAITS_SECONDS", (0, 0))

    def refused(connection: Connection, attempts: Sequence[Attempt]) -> None:
        saving.put_attempts(connection, attempts)
        _refuse(connection)

    monkeypatch.setattr("data.store.answers.saving", _With(put_attempts=refused))
    with pytest.raises(RehearseError, match="same rows"):
        session.answers.save(result())
    assert session.answers.of("me") == ()


def test_connections_that_died_in_the_pool_cost_nobody_anything(session: Session, address: str) -> None:
    session.answers.save(result())
    other = make_engine(address)
    with other.connect() as connection:
        everybody = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        connection.exec_driver_sql(
            f"{everybody} AND datname = current_database() AND backend_type = 'client backend'"
        )
    other.dispose()
    assert session.answers.load(result().attempt.id) == result()


@pytest.fixture
def way(engine: PostgreSql) -> Iterator[WayThrough]:
    """A way to the server that can be closed, cut and held up."""
    with way_to(make_url(engine.server).port or 0) as made:
        yield made


@pytest.fixture
def reached(session: Session, address: str, way: WayThrough) -> Iterator[Session]:
    """The database of `session`, reached on that way."""
    url = make_url(address).set(port=way.port)
    database = Database.open(url.render_as_string(hide_password=False))
    yield database.session()
    way.heal()
    database.close()


@pytest.mark.parametrize("size", [0, 300, 3_000, 30_000])
def test_a_save_that_is_cut_in_mid_transfer_is_there_once(
    reached: Session, session: Session, way: WayThrough, size: int
) -> None:
    way.cut_after(size)
    healing = threading.Timer(0.3, way.heal)
    healing.start()
    reached.answers.save(result())
    healing.join()
    assert session.answers.load(result().attempt.id) == result()


def test_a_save_is_there_once_however_slow_the_way_is(
    reached: Session, session: Session, way: WayThrough
) -> None:
    reached.answers.save(result(1))
    way.hold()
    healing = threading.Timer(0.5, way.heal)
    healing.start()
    reached.answers.save(result(2))
    healing.join()
    assert {one.id for one in session.answers.of("me")} == {result(n).attempt.id for n in (1, 2)}


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(address: str, way: WayThrough) -> None:
    way.hold()
    url = make_url(address).set(port=way.port).update_query_dict({"connect_timeout": "2"})
    with pytest.raises(RehearseError, match="cannot be reached"):
        Database.open(url.render_as_string(hide_password=False))


def test_a_network_that_swallows_everything_is_noticed(session: Session) -> None:
    with session.database.reading() as connection:
        driver: Any = connection.connection.dbapi_connection
        with socket.socket(fileno=os.dup(driver.fileno())) as end:
            assert end.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
            assert end.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT) == 3


def test_a_server_whose_disk_is_full_says_so_and_keeps_nothing_of_what_did_not_fit() -> None:
    with files_end_at(_WAL_BYTES), passing_server({"fsync": "off"}) as small:
        session = Database.open(small.url).session()
        session.answers.save(result(1))
        long = " ".join(sha256(str(n).encode()).hexdigest() for n in range(_WAL_BYTES // 40))
        with pytest.raises(RehearseError, match="disk of the server .* is full"):
            session.answers.save(result(2, text=long))
        session.answers.save(result(3))
        assert {one.id for one in session.answers.of("me")} == {result(n).attempt.id for n in (1, 3)}
        session.database.close()


def test_two_programs_that_start_together_migrate_once(blank: str) -> None:
    command = [sys.executable, "-c", _MIGRATE, blank]
    programs = [subprocess.Popen(command, cwd=PROJECT_ROOT) for _ in range(3)]
    assert [one.wait(60) for one in programs] == [0, 0, 0]
    made = make_engine(blank)
    assert "attempts" in inspect(made).get_table_names()
    made.dispose()


_STRANGERS = (
    "CREATE ROLE nosy LOGIN PASSWORD 'right'",
    "CREATE ROLE crowded LOGIN CONNECTION LIMIT 0",
    "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
    "CREATE DATABASE closed",
)


@pytest.fixture(scope="module")
def strangers(engine: PostgreSql) -> str:
    """The server with people and databases that cannot be used."""
    asked = make_engine(engine.server)
    with asked.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in _STRANGERS:
            connection.exec_driver_sql(statement)
    asked.dispose()
    return engine.server


@pytest.mark.parametrize(
    ("user", "database", "message"),
    [
        ("rehearse", "nothing-here", "not there on the server"),
        ("nosy:wrong", "postgres", "does not let Rehearse in"),
        ("nosy", "postgres", "does not let Rehearse in"),
        ("nobody", "postgres", "does not let Rehearse in"),
        ("crowded", "postgres", "no connection left"),
        ("rehearse", "latin", "letters as LATIN1"),
        ("nosy:right", "closed", "does not allow what Rehearse needs"),
    ],
)
def test_a_database_that_cannot_be_used_says_why(
    strangers: str, user: str, database: str, message: str
) -> None:
    url = strangers.replace("/postgres", f"/{database}").replace("rehearse@", f"{user}@")
    with pytest.raises(RehearseError, match=message) as told:
        Database.open(url).session()
    assert told.value.remedy
    assert "wrong" not in str(told.value)
