"""The version of Rehearse, which `pyproject.toml` alone states."""

from __future__ import annotations

import tomllib
from functools import cache

from data.settings import PROJECT_ROOT


@cache
def version() -> str:
    """As `pyproject.toml` says it, like "0.1.0"."""
    with (PROJECT_ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
