"""The recordings folder: names, space, erasure, and no way out of it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.domain import RehearseError
from data.recordings import Recordings


def _at(folder: Path) -> Recordings:
    return Recordings(folder.as_uri(), free_bytes_needed=1)


def test_a_new_recording_makes_its_folder_and_grows_beside_its_final_name(tmp_path: Path) -> None:
    recordings = _at(tmp_path / "my recordings")
    target = recordings.new_recording("abc-1")
    assert target == tmp_path / "my recordings" / "abc-1.mp4"
    assert recordings.part("abc-1") == tmp_path / "my recordings" / "abc-1.mp4.part"
    assert list((tmp_path / "my recordings").iterdir()) == []


def test_a_recording_is_found_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "abc.mp4").write_bytes(b"film")
    assert _at(tmp_path).path("abc.mp4").read_bytes() == b"film"


def test_a_missing_recording_says_so(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="not there any more"):
        _at(tmp_path).path("abc.mp4")


def test_erasing_an_attempt_takes_every_file_of_it_and_no_other(tmp_path: Path) -> None:
    for name in ("abc.mp4", "abc.mp4.part", "abc.wav", "abcd.mp4", "ab.mp4"):
        (tmp_path / name).write_bytes(b"x")
    _at(tmp_path).erase_attempt("abc")
    _at(tmp_path).erase_attempt("abc")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ab.mp4", "abcd.mp4"]


def test_a_nearly_full_disk_says_how_much_is_free_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="MB are free") as caught:
        Recordings(tmp_path.as_uri(), free_bytes_needed=10**18).new_recording("abc")
    assert "answer by typing" in caught.value.remedy


def test_a_folder_that_cannot_be_written_to_says_so() -> None:
    with pytest.raises(RehearseError, match="cannot be written to"):
        Recordings("file:///proc/rehearse").new_recording("abc")


def test_a_file_in_place_of_the_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(RehearseError, match="cannot be written to"):
        _at(tmp_path / "taken").new_recording("abc")


def test_an_address_without_a_folder_is_refused() -> None:
    with pytest.raises(RehearseError, match="cannot be kept"):
        Recordings("file:")


@pytest.mark.parametrize(
    "name", ["../secret", "a/../b", "/etc/passwd", "", ".", "..", "a\x00b", "a/b.mp4", ".hidden"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "recordings"
    folder.mkdir()
    (tmp_path / "secret").write_text("secret")
    for use in (_at(folder).path, _at(folder).part, _at(folder).new_recording, _at(folder).erase_attempt):
        with pytest.raises(RehearseError):
            use(name)
    assert (tmp_path / "secret").exists()


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    folder.mkdir()
    (tmp_path / "secret.mp4").write_text("secret")
    (folder / "abc.mp4").symlink_to(tmp_path / "secret.mp4")
    with pytest.raises(RehearseError, match="leads out"):
        _at(folder).path("abc.mp4")


@given(name=st.text(max_size=40))
def test_any_text_is_refused_or_stays_in_the_folder(name: str) -> None:
    recordings = Recordings("file:///srv/recordings")
    try:
        part = recordings.part(name)
    except RehearseError:
        return
    assert part.parent == Path("/srv/recordings")
    assert part.resolve().parent == Path("/srv/recordings").resolve()


def test_a_file_that_is_handed_over_has_its_name_when_all_of_it_is_there(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path.as_uri(), 1)
    received = recordings.receive("abc", ".mov", "from my phone.mov")

    def killed(target: Path) -> None:
        target.write_bytes(b"half")
        assert recordings.received("abc") is None
        assert [path.suffix for path in recordings.files_of("abc")] == [".sent-as"]

    def full(target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(RehearseError, match="No space left"):
        recordings.take(received, full)
    assert recordings.received("abc") is None and not list(tmp_path.glob("*.part"))
    recordings.take(received, killed)
    assert recordings.received("abc") == received and received.read_bytes() == b"half"


@pytest.mark.parametrize("left", ["abc.mp4.part", "abc.mp4.making", "abc.joined", "abc.mp4.arriving"])
def test_what_a_killed_server_left_half_made_is_offered_to_nobody_and_erased_with_the_rest(
    tmp_path: Path, left: str
) -> None:
    recordings = Recordings(tmp_path.as_uri(), 1)
    (tmp_path / left).write_bytes(b"half")
    (tmp_path / "abc.mp4").write_bytes(b"whole")
    assert [path.name for path in recordings.files_of("abc")] == ["abc.mp4"]
    recordings.erase_attempt("abc")
    assert not list(tmp_path.iterdir())
