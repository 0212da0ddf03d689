"""Whatever works on a database runs on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Database, Session
from tests.engines import Engine


@pytest.fixture
def address(engine: Engine, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the newest schema with nothing in it."""
    with engine.database(tmp_path) as made:
        yield made


@pytest.fixture
def blank(engine: Engine, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table, which DuckDB has yet to make."""
    with engine.database(tmp_path, blank=True) as made:
        yield made


@pytest.fixture
def session(address: str) -> Iterator[Session]:
    """A store with nothing in it."""
    opened = Database.open(address).session()
    yield opened
    opened.database.close()
