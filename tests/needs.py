"""What some tests need beyond Python packages. Left out where it is missing, but never on CI."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

import pytest

REQUIRE_ALL = "REHEARSE_REQUIRE_ALL"
"""Set by `.ci/run`, which installs everything: there, something missing is a failure."""


@dataclass(frozen=True, slots=True)
class Need:
    """A program under any of its names, and the Debian package it comes in."""

    package: str
    names: tuple[str, ...]

    @property
    def path(self) -> str | None:
        """Where it is installed."""
        return next(filter(None, map(shutil.which, self.names)), None)


BROWSER = Need("chromium", ("chromium", "chromium-browser", "google-chrome"))
VOICE = Need("espeak-ng", ("espeak-ng",))


def installed(*needs: Need) -> tuple[str, ...]:
    """The paths of these programs; without one of them the test is left out (fails on CI)."""
    paths = [need.path for need in needs]
    missing = [need for need, path in zip(needs, paths, strict=True) if path is None]
    if missing:
        named = " and ".join(need.names[0] for need in missing)
        packages = " ".join(need.package for need in missing)
        leave_out(f"{named} {'is' if len(missing) == 1 else 'are'} not installed", packages)
    return tuple(path for path in paths if path is not None)


def program(*names: str, package: str) -> str:
    """The path of the first of `names` that is installed; without any, the test is left out (fails on CI)."""
    return installed(Need(package, names))[0]


def starts(command: Sequence[str], otherwise: str, package: str = "") -> None:
    """Leave the test out where `command` cannot be run: a right or a library is missing (fails on CI)."""
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        leave_out(otherwise, package)


def leave_out(reason: str, packages: str = "") -> NoReturn:
    """End the test here, with what to install."""
    told = f"{reason} (Debian: apt-get install {packages})" if packages else reason
    if os.environ.get(REQUIRE_ALL):
        pytest.fail(told)
    pytest.skip(told)
