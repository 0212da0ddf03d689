"""Files on their way in: room for so many, and none that outlives its session for long."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import incoming
from data.domain import RehearseError
from data.incoming import Incoming


def sent(files: Incoming, session: str, file: str, size: int, person: str = "ann") -> Path:
    path = files.begin((session, file), person, size)
    path.write_bytes(b"x" * size)
    files.ended(path)
    return path


def test_a_file_is_found_by_its_session_and_nobody_else_s(tmp_path: Path) -> None:
    files = Incoming(tmp_path / "in")
    path = sent(files, "s", "f", 10)
    assert files.find(("s", "f")) == path
    assert files.find(("other", "f")) is None
    files.drop(("s", "f"))
    assert files.find(("s", "f")) is None
    assert not path.exists()


def test_one_person_and_all_of_them_have_a_quota(tmp_path: Path) -> None:
    files = Incoming(tmp_path / "in", person_bytes=100, server_bytes=150)
    sent(files, "s", "f", 80)
    with pytest.raises(RehearseError, match="more than is kept at a time"):
        sent(files, "s", "g", 30)
    sent(files, "t", "f", 60, "ben")
    with pytest.raises(RehearseError, match="no room for more files"):
        sent(files, "u", "f", 20, "cem")
    sent(files, "s", "f", 70)  # the same again takes the place of the first
    files.drop(("t", "f"))
    sent(files, "u", "f", 20, "cem")


def test_files_are_counted_however_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "PERSON_FILES", 2)
    files = Incoming(tmp_path / "in")
    for name in "fg":
        sent(files, "s", name, 0)
    with pytest.raises(RehearseError, match="more than is kept at a time"):
        sent(files, "s", "h", 0)
    sent(files, "s", "f", 0)


def test_a_file_that_is_on_its_way_takes_no_second_writer(tmp_path: Path) -> None:
    files = Incoming(tmp_path / "in", person_bytes=100)
    files.begin(("s", "f"), "ann", 40)
    with pytest.raises(RehearseError, match="already on its way"):
        files.begin(("s", "f"), "ann", 40)


def test_what_is_taken_away_while_it_is_written_counts_until_its_writer_ends(tmp_path: Path) -> None:
    files = Incoming(tmp_path / "in", person_bytes=100)
    path = files.begin(("s", "f"), "ann", 60)
    assert files.is_wanted(path)
    files.drop(("s", "f"))
    assert not files.is_wanted(path)
    with pytest.raises(RehearseError, match="more than is kept at a time"):
        files.begin(("s", "f"), "ann", 60)
    files.ended(path)
    assert files.begin(("s", "f"), "ann", 60) != path


def test_a_disk_that_is_nearly_full_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "SPARE_BYTES", 10**18)
    with pytest.raises(RehearseError, match="no room for more files"):
        Incoming(tmp_path / "in").begin(("s", "f"), "ann", 1)


def test_a_file_goes_some_time_after_its_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = Incoming(tmp_path / "in")
    sent(files, "gone", "f", 1)
    sent(files, "here", "f", 1)
    files.sweep(lambda session: session == "here")
    assert files.find(("gone", "f"))
    monkeypatch.setattr(incoming, "KEPT_SECONDS", -1.0)
    files.sweep(lambda session: session == "here")
    assert files.find(("gone", "f")) is None
    assert files.find(("here", "f"))


def test_what_an_earlier_server_left_is_gone(tmp_path: Path) -> None:
    path = sent(Incoming(tmp_path / "in"), "s", "f", 1)
    Incoming(tmp_path / "in")
    assert not path.exists()
