"""The version stands in one place, and is shown where somebody would report a fault from."""

from __future__ import annotations

import tomllib

import pytest

from analysis import analyse
from data.settings import PROJECT_ROOT
from data.version import version


def test_the_command_line_says_the_version_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    stated = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert version() == stated
    with pytest.raises(SystemExit):
        analyse.main(["--version"])
    assert capsys.readouterr().out == f"Rehearse {stated}\n"
