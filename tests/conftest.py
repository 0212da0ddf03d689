"""What every run of the tests does: note which tests it left out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings

from tests import left_out

# No test is timed: the machine may be busy with something else.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


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
