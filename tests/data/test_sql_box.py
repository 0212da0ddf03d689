"""The SQL box reads its views and nothing else: every other attempt fails, in plain words and in time."""

from __future__ import annotations

import io
import time
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from data.domain import RehearseError
from data.store.sql_box import LONGEST, ROWS, ask
from data.store.sql_closed import ask_here

pytestmark = pytest.mark.slow

VIEWS = {"levels": pd.DataFrame({"criterion": ["C1", "C2"], "mean_level": [2.5, 3.0]})}
hidden_frame = pd.DataFrame({"secret": [1]})
"""Python objects of this name must not be readable from a query."""


def test_the_views_can_be_queried() -> None:
    answered = ask(VIEWS, "SELECT criterion, mean_level FROM levels WHERE mean_level > 2.6")
    assert answered.rows.to_numpy().tolist() == [["C2", 3.0]]
    assert not answered.cut


def test_many_rows_are_cut_and_that_is_said() -> None:
    answered = ask(VIEWS, "SELECT * FROM range(100000)")
    assert len(answered.rows) == ROWS
    assert answered.cut


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_blob('/etc/hostname')",
        "SELECT * FROM read_parquet('s3://bucket/file.parquet')",
        "SELECT * FROM 'http://127.0.0.1:1/file.csv'",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_json('/etc/hostname')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM parquet_metadata('/etc/hostname')",
        "SELECT * FROM hidden_frame",
        "SELECT * FROM VIEWS",
        "SELECT * FROM attempts",
        "SELECT * FROM members",
        "SELECT * FROM people",
        "SELECT * FROM other_cohort.levels",
        "SELECT getenv('HOME')",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM duckdb_settings()",
        "SELECT current_setting('access_mode')",
        "SELECT * FROM pragma_database_list",
        "ATTACH '/tmp/other.duckdb'",
        "ATTACH ':memory:' AS other",
        "DETACH memory",
        "USE memory",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '/tmp/evil.duckdb_extension'",
        "COPY levels TO '/tmp/levels.csv'",
        "COPY levels FROM '/etc/passwd'",
        "EXPORT DATABASE '/tmp/out'",
        "IMPORT DATABASE '/tmp/out'",
        "PRAGMA database_list",
        "PRAGMA version",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET enable_external_access",
        "SET memory_limit = '10GB'",
        "CREATE TABLE mine AS SELECT 1",
        "CREATE MACRO f() AS 1",
        "CREATE SECRET s (TYPE S3)",
        "INSERT INTO levels VALUES ('C3', 1)",
        "UPDATE levels SET mean_level = 4",
        "DELETE FROM levels",
        "DROP TABLE levels",
        "CHECKPOINT",
        "VACUUM",
        "CALL pragma_version()",
        "BEGIN",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE levels",
        "",
        ";",
        "this is not SQL",
        "EXPLAIN ANALYZE SELECT * FROM '/etc/passwd'",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "WITH x AS (SELECT * FROM read_csv('/etc/passwd')) SELECT * FROM x",
        "SELECT (SELECT content FROM read_text('/etc/hostname'))",
        "FROM '/etc/passwd'",
        "SELECT * FROM query('SELECT * FROM read_text(''/etc/hostname'')')",
        "SELECT * FROM query_table('/etc/passwd')",
    ],
)
def test_an_attempt_fails_clearly(sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = io.BytesIO()
    VIEWS["levels"].to_parquet(given)
    with pytest.raises(RehearseError) as failure:
        ask_here({"levels": given.getvalue()}, sql, 10.0, 10)
    assert len(failure.value.message) > 10
    assert "Traceback" not in failure.value.message


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3",
        "SELECT * FROM range(100000) a JOIN range(100000) b ON a.range <> b.range ORDER BY a.range + b.range",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r",
        "SELECT sum(hash(a.range::TEXT || b.range::TEXT)) FROM range(10000000) a, range(10000000) b",
    ],
)
def test_a_huge_query_is_stopped_in_time(sql: str) -> None:
    began = time.monotonic()
    with pytest.raises(RehearseError, match="stopped"):
        ask(VIEWS, sql, seconds=1.0)
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT range(500000000)",
        "SELECT list(range) FROM range(500000000)",
        "SELECT repeat('x', 1000000000)",
        "SELECT string_agg(range::TEXT, ',') FROM range(100000000)",
        "SELECT repeat('x', 6000000)",
        "SELECT repeat('x', 10000) FROM range(5000)",
    ],
)
def test_what_needs_more_memory_or_gives_more_than_may_be_is_stopped(sql: str) -> None:
    with pytest.raises(RehearseError, match=r"stopped|ended"):
        ask(VIEWS, sql)


def test_a_query_has_a_length() -> None:
    with pytest.raises(RehearseError, match="longer than 10,000 characters"):
        ask(VIEWS, f"SELECT 1 {'-' * LONGEST}")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1 AS a, 2 AS a", {"a": 1, "a_1": 2}),
        ("SELECT 1 AS a, 2 AS a, 3 AS a_1", {"a": 1, "a_2": 2, "a_1": 3}),
        ("SELECT 1 AS a_1, 2 AS a, 3 AS a, 4 AS a", {"a_1": 1, "a": 2, "a_2": 3, "a_3": 4}),
        ("SELECT 170141183460469231731687303715884105727 AS huge", {"huge": 2.0**127}),
        ("SELECT 1.25::DECIMAL(5, 2) AS price", {"price": 1.25}),
        ("SELECT [1, 2] AS list", {"list": "[1, 2]"}),
        ("SELECT INTERVAL 1 DAY AS span", {"span": "1 day, 0:00:00"}),
        ("SELECT DATE '2026-11-23' AS week", {"week": pd.Timestamp("2026-11-23")}),
        ("SELECT '\\x41'::BLOB AS raw", {"raw": "41"}),
        ("SELECT uuid() IS NULL AS no", {"no": False}),
        ("SELECT max(week) AS last FROM weeks", {"last": pd.Timestamp("2026-11-23")}),
    ],
)
def test_every_kind_of_value_comes_back_as_something_a_table_shows(
    sql: str, expected: dict[str, object]
) -> None:
    weeks = pd.DataFrame({"week": [datetime(2026, 11, 16), datetime(2026, 11, 23), None]})
    rows = ask({"weeks": weeks}, sql).rows
    assert rows.to_dict("records") == [expected]
    assert rows.to_parquet() and rows.to_csv()


def test_values_of_several_kinds_in_one_column_are_shown_as_text() -> None:
    kinds = "SELECT true::VARIANT AS x UNION ALL SELECT 1::VARIANT UNION ALL SELECT 'a'::VARIANT"
    rows = ask(VIEWS, f"SELECT x FROM ({kinds})").rows
    assert sorted(str(value).lower() for value in rows["x"]) == ["1", "a", "true"]
    assert rows.to_parquet() and rows.to_csv()


def test_a_day_in_the_far_future_is_shown_too() -> None:
    rows = ask(VIEWS, "SELECT DATE '9999-12-31' AS day UNION ALL SELECT DATE '5000-01-01'").rows
    assert len(rows) == 2 and rows.to_csv()


def test_nothing_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ask(VIEWS, "SELECT * FROM levels ORDER BY mean_level")
    with pytest.raises(RehearseError):
        ask(VIEWS, "SELECT list(range) FROM range(100000000)", seconds=2.0)
    assert list(tmp_path.iterdir()) == []
