"""What every run of the tests does: note which tests it left out; and the engines a test may run on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings

from data.configuration import SETTINGS
from tests import left_out
from tests.engines import DuckDb, Engine, PostgreSql, postgres_server

# No test is timed: the machine may be busy with something else.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def nothing_of_whoever_runs_the_tests_is_used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees the answers of this machine, a model that was chosen on it, or another worker's data."""
    empty = tmp_path_factory.mktemp("nobody's")
    elsewhere = {
        "DATABASE_URL": f"duckdb:///{empty / 'rehearse.duckdb'}",
        "RECORDINGS_URL": (empty / "recordings").as_uri(),
        "LANGUAGE_MODEL_FILE": str(empty / "language_model.json"),
    }
    table = tuple(replace(one, default=elsewhere.get(one.name, one.default)) for one in SETTINGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.settings.SETTINGS", table)
        yield


@pytest.fixture(autouse=True)
def the_main_module_is_put_back() -> Iterator[None]:
    """A page that a test ran is the main module afterwards; a process started then would run that page."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSql]:
    """One server for all tests of this process."""
    with postgres_server() as server:
        yield PostgreSql(server)


@pytest.fixture(scope="session", params=["duckdb", pytest.param("postgresql", marks=pytest.mark.slow)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Either engine, one after the other; PostgreSQL takes longer, so `make check` leaves it out."""
    if request.param == "duckdb":
        return DuckDb()
    found: PostgreSql = request.getfixturevalue("postgres")
    return found


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Hand the reasons on to `make test`, which tells them once for all its runs.

    A worker of pytest-xdist sums up too; what it left out is in the sum of the run that started it.
    """
    if hasattr(terminalreporter.config, "workerinput"):
        return
    skipped: list[pytest.TestReport] = terminalreporter.stats.get("skipped", [])
    left_out.note(_reason(report) for report in skipped)


def _reason(report: pytest.TestReport) -> str:
    where = report.longrepr
    return where[2].removeprefix("Skipped: ") if isinstance(where, tuple) else str(where)
