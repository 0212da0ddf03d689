"""A machine without OpenMP runs models all the same."""

from pathlib import Path

import pytest

from analysis.llm.local import openmp
from analysis.llm.local.openmp import borrowed_openmp


def test_the_systems_own_library_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openmp, "find_library", lambda _: "libgomp.so.1")
    assert borrowed_openmp(tmp_path) == {}
    assert not list(tmp_path.iterdir())


def test_where_there_is_none_the_speech_engines_is_found_under_the_right_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = tmp_path / "libgomp-abc.so.1.0.0"
    carried.write_bytes(b"library")
    folder = tmp_path / "private"
    folder.mkdir()
    monkeypatch.setattr(openmp, "find_library", lambda _: None)
    monkeypatch.setattr(openmp, "_carried", lambda: carried)
    assert borrowed_openmp(folder) == {"LD_LIBRARY_PATH": str(folder)}
    assert (folder / "libgomp.so.1").read_bytes() == b"library"


def test_where_nothing_carries_one_nothing_is_promised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openmp, "find_library", lambda _: None)
    monkeypatch.setattr(openmp, "_carried", lambda: None)
    assert borrowed_openmp(tmp_path) == {}
