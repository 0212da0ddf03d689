"""A database of every released version opens here, is migrated, and has lost no row, on either engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import inspect

from data.access import Viewer
from data.settings import PROJECT_ROOT
from data.store import Database, tables
from data.store.engine import make_engine
from tests.engines import Engine, PostgreSql
from tests.released import ANSWER, FOLDER, WORDS, write
from tests.stored import result

pytestmark = pytest.mark.slow

RELEASES = sorted(path.name for path in FOLDER.iterdir())
OWNER = "2207a581b4dc04f6c15c2517596f0960"
CHANGED = {
    "alembic_version",
    "memory",  # where 0.1.0 kept drafts
    *(table.name for table in tables.metadata.sorted_tables if "figure" in table.columns),
}
"""What is not as it was: published figures are made from other rows."""
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="session")
def this_version(postgres: PostgreSql, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What would be written down of this version if it were released now."""
    folder = tmp_path_factory.mktemp("released")
    write(folder, postgres)
    return folder


@pytest.fixture(params=[*RELEASES, "this version"])
def release(request: pytest.FixtureRequest) -> Path:
    """The folder of a release."""
    if request.param in RELEASES:
        return FOLDER / str(request.param)
    found: Path = request.getfixturevalue("this_version")
    return found


@pytest.fixture
def released(engine: Engine, blank: str, release: Path) -> str:
    """The address of a database as the release left it."""
    made = make_engine(blank)
    with made.connect().execution_options(no_parameters=True, isolation_level="AUTOCOMMIT") as connection:
        for name in (f"{engine.name}.sql", "rows.sql"):
            connection.exec_driver_sql((release / name).read_text(encoding="utf-8"))
    made.dispose()
    return blank


def _rows(address: str, columns: dict[str, list[str]]) -> Rows:
    made = make_engine(address)
    with made.connect() as connection:
        found = {
            table: sorted(
                (
                    tuple("" if value is None else value for value in row)
                    for row in connection.exec_driver_sql(f"SELECT {', '.join(names)} FROM {table}")
                ),
                key=repr,
            )
            for table, names in columns.items()
        }
    made.dispose()
    return found


def _columns(address: str) -> dict[str, list[str]]:
    made = make_engine(address)
    seen = inspect(made)
    found = {
        table: [f'"{column["name"]}"' for column in seen.get_columns(table)]
        for table in seen.get_table_names()
    }
    made.dispose()
    return found


def test_every_row_of_a_released_database_is_there_after_it_was_opened(released: str) -> None:
    columns = {table: names for table, names in _columns(released).items() if table not in CHANGED}
    before = _rows(released, columns)
    Database.open(released).close()
    after = _rows(released, columns)
    for name, rows in before.items():
        assert after[name] == rows, name
    assert sum(map(len, before.values())) > 200


def test_a_released_database_is_used_like_a_new_one(engine: Engine, released: str) -> None:
    session = Database.open(released).session()
    kept = session.answers.load(ANSWER)
    assert kept is not None
    assert kept.turns[1].text == WORDS
    assert kept.assessment is not None
    assert [score.level for score in kept.assessment.scores] == [3.0, None]
    assert session.drafts.find("me", f"draft:{ANSWER}").text == "a draft"
    assert session.memory.recall("me", "target-role") == "senior"
    assert session.interviews.of("me")[0].state == '{"asked": ["url-shortener"]}'
    assert session.sets.of("me")[0].content == "url-shortener\nrate-limiter"
    owner = session.seen_by(Viewer(OWNER, "candidate"))
    assert f"{OWNER}-{1:032d}" in {line.attempt_id for line in owner.grants.accesses(OWNER)}
    session.answers.save(result(9))
    session.everything.erase("me")
    assert not engine.holds(released, "and a second line")
    session.database.close()


def test_each_release_has_its_database_here() -> None:
    log = (PROJECT_ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+) — (?!unreleased)", log, re.M) == RELEASES[::-1]
