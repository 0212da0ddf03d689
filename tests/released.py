"""A database as this version leaves it, as text for later ones: `python -m tests.released` at a release.

`tests/data/released/VERSION` gets what makes the tables on either engine, and the rows.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import CursorResult, make_url

from data.domain import Draft, KeptInterview, QuestionSet
from data.store import Database, tables
from data.store.engine import make_engine
from data.version import version
from tests.engines import DuckDb, PostgreSql, postgres_server
from tests.hosted_cohorts import SOON, Hosted
from tests.stored import BEGAN, question, result, score
from upkeep.postgres_server import postgres_programs

FOLDER = Path(__file__).parent / "data" / "released"
ANSWER = result(7).attempt.id
WORDS = 'I\'d shard it; 100 % of "keys" — answer 7\nand a second line'
_NAMED_BY_OTHERS = ("attempts", "cohorts")
_NO_TABLE = ("--", "SET ", "SELECT pg_catalog", "\\")
"""How lines of pg_dump begin that are no part of a table."""


def write(folder: Path, postgres: PostgreSql) -> None:
    """Write the files."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, DuckDb().database(Path(place)) as address:
        _fill(Hosted(Database.open(address).session()))
        made = make_engine(address)
        with made.connect() as connection:
            kept = connection.exec_driver_sql("SELECT sql FROM duckdb_tables() ORDER BY table_name").scalars()
            _put(folder / "duckdb.sql", [statement.strip() + "\n" for statement in kept])
            others = sorted({*tables.metadata.tables, "alembic_version"} - set(_NAMED_BY_OTHERS))
            rows = [_inserted(connection.exec_driver_sql, name) for name in (*_NAMED_BY_OTHERS, *others)]
            _put(folder / "rows.sql", rows)
        made.dispose()
    with postgres.database(folder) as address:
        _put(folder / "postgresql.sql", _dumped(address))


def _fill(hosted: Hosted) -> None:
    """Something in as many tables as a few calls reach."""
    mine = hosted.session
    mine.bank.keep([question(1), question(2)])
    mine.answers.save(replace(result(7, text=WORDS), frames=result().frames[:3]))
    mine.answers.rate(ANSWER, {"C1": 2.0, "answer": 3.0})
    mine.drafts.put("me", f"draft:{ANSWER}", Draft("a draft", "tab.1"))
    mine.memory.remember("me", "target-role", "senior")
    mine.interviews.save(KeptInterview("interview-1", "me", BEGAN, False, '{"asked": ["url-shortener"]}'))
    mine.sets.save(QuestionSet("set-1", "me", "mine", "picked", BEGAN, "url-shortener\nrate-limiter"))
    owner, teacher = hosted.as_("owner"), hosted.as_("instructor")
    owner.disagreements.dispute(hosted.attempt("owner"), score(), "I named it.")
    teacher.disagreements.override(hosted.attempt("owner"), score(), 4.0, "Both are there.")
    owner.grants.share(hosted.attempt("owner"), to_cohort=hosted.cohort, recording=True)
    teacher.answers.load(hosted.attempt("owner"))
    teacher.cohorts.assign(hosted.cohort, "Week 1", ("url-shortener",), SOON)
    hosted.as_("admin").people.set_role(hosted.id("stranger"), "instructor")
    hosted.as_("stranger").people.join(teacher.people.invite("instructor", hosted.cohort, SOON, 1))
    mine.database.close()


def _inserted(execute: Callable[[str], CursorResult[Any]], table: str) -> str:
    found = execute(f'SELECT * FROM "{table}" ORDER BY ALL')
    columns = ", ".join(f'"{name}"' for name in found.keys())  # noqa: SIM118 - a result is no dict
    rows = ",\n".join(f"({', '.join(map(_literal, row))})" for row in found)
    return f"INSERT INTO {table} ({columns}) VALUES\n{rows};\n" if rows else ""


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value.isoformat(sep=' ')}'"
    return repr(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def _dumped(address: str) -> list[str]:
    url, programs = make_url(address), postgres_programs()
    assert programs is not None
    command = [str(programs / "pg_dump"), "-h", str(url.host), "-p", str(url.port), "-U", str(url.username)]
    command += ["--schema-only", "--no-owner", "--no-privileges", str(url.database)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.replace("public.", "")
    return [f"{line}\n" for line in told.splitlines() if line.strip() and not line.startswith(_NO_TABLE)]


def _put(file: Path, parts: list[str]) -> None:
    file.write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    with postgres_server() as running:
        write(FOLDER / version(), PostgreSql(running))
    print(f"Written: {FOLDER / version()}")
