"""The two engines the store runs on, as a test uses them: a database of its own in either."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import Protocol

from data.store import tables
from data.store.engine import make_engine, migrate
from tests.needs import leave_out
from tests.stored import put_new_database
from upkeep.postgres_server import passing_server, postgres_programs

_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
"""Nothing of it has to outlive the machine."""
_FILES = "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 't', 'i', 'm')"
_ROWS = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(tables.metadata.sorted_tables))
"""Takes all of them away: some milliseconds, where TRUNCATE or another copy of the database take a third of a
second on a busy machine."""


class Engine(Protocol):
    """Where databases are made for a test."""

    @property
    def name(self) -> str:
        """As SQLAlchemy calls it."""

    def database(self, folder: Path, *, blank: bool = False) -> AbstractContextManager[str]:
        """The address of a database that is there until the block ends: of the newest schema, or `blank`."""

    def quick(self, folder: Path) -> AbstractContextManager[str]:
        """The address of a database for very many writes: in memory, where the engine can."""

    def holds(self, address: str, word: str) -> bool:
        """Whether a word is in a file of that database."""


class DuckDb:
    """A file in the test's folder."""

    name = "duckdb"

    @contextmanager
    def database(self, folder: Path, *, blank: bool = False) -> Iterator[str]:
        file = folder / "rehearse.duckdb"
        if not blank:
            put_new_database(file)
        yield f"duckdb:///{file}"

    def quick(self, _folder: Path) -> AbstractContextManager[str]:
        return nullcontext("duckdb:///:memory:")

    def holds(self, address: str, word: str) -> bool:
        folder = Path(address.removeprefix("duckdb:///")).parent
        return any(word.encode() in path.read_bytes() for path in folder.glob("rehearse.duckdb*"))


class PostgreSql:
    """A database at a server of the tests' own."""

    name = "postgresql"

    def __init__(self, server: str) -> None:
        """Take the address of a server's first database, and make one to copy from."""
        self.server = server
        self._empty: list[str] = []
        self._numbers = count()
        _ask(server, "CREATE DATABASE newest")
        newest = make_engine(self._address("newest"))
        migrate(newest)
        newest.dispose()

    @contextmanager
    def database(self, folder: Path, *, blank: bool = False) -> Iterator[str]:
        name = self._empty.pop() if self._empty and not blank else self._made(blank=blank)
        yield self._address(name)
        if blank:
            _ask(self.server, f"DROP DATABASE {name} WITH (FORCE)")
        else:
            _ask(self._address(name), _ROWS)
            self._empty.append(name)

    def quick(self, folder: Path) -> AbstractContextManager[str]:
        return self.database(folder)

    def _made(self, *, blank: bool) -> str:
        name, copied = f"test_{next(self._numbers)}", "template0" if blank else "newest"
        _ask(self.server, f"CREATE DATABASE {name} TEMPLATE {copied} STRATEGY file_copy")
        return name

    def holds(self, address: str, word: str) -> bool:
        """Looks at tables, indexes and catalogues; the write-ahead log is kept by whoever runs the server."""
        engine = make_engine(address)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")
            paths = [path for path in connection.exec_driver_sql(_FILES).scalars() if path]
            read = "SELECT position(%s IN pg_read_binary_file(%s, 0, 1000000000, true))"
            found = any(
                connection.exec_driver_sql(read, (word.encode(), path)).scalar() or 0 for path in paths
            )
        engine.dispose()
        return found

    def _address(self, name: str) -> str:
        return f"{self.server.removesuffix('/postgres')}/{name}"


def _ask(address: str, statement: str) -> None:
    engine = make_engine(address)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of the first database of a server on a private loopback port; left out where there is none.

    Its role `nosy` needs a password, all others come in without.
    """
    if postgres_programs() is None:
        leave_out("PostgreSQL is not installed", "postgresql")
    with passing_server(_QUICK, rules="host all nosy all scram-sha-256\n") as server:
        yield server.url
