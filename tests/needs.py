"""What some tests need beyond Python packages. Left out where it is missing, but never on CI."""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRE_ALL = "REHEARSE_REQUIRE_ALL"
"""Set by `.ci/run`, which installs everything: there, something missing is a failure."""


def program(*names: str, package: str) -> str:
    """The path of the first of `names` that is installed; without any, the test is left out (fails on CI)."""
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    reason = f"{names[0]} is not installed (Debian: apt-get install {package})"
    if os.environ.get(REQUIRE_ALL):
        pytest.fail(reason)
    pytest.skip(reason)
