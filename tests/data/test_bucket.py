"""Recordings in a bucket: made here, taken there, erased in both, whatever fails between."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.bucket import Bucket
from data.carrying import KEEP_SECONDS, Carrier
from data.domain import RehearseError
from data.recordings import Recordings
from tests.fake_bucket import FakeBucket, serving
from tests.small_disk import files_end_at
from tests.way_through import way_to

LONG = bytes(range(256)) * 50_000
"""Sent in three parts."""


@pytest.fixture
def school(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeBucket]:
    with serving() as bucket:
        for name, value in bucket.environ.items():
            monkeypatch.setenv(name, value)
        yield bucket


@pytest.fixture
def recordings(school: FakeBucket, tmp_path: Path) -> Recordings:
    return _server(tmp_path / "here")


def _server(here: Path) -> Recordings:
    """One server with its own disk, at the bucket all share."""
    return Recordings("s3://school/kept", free_bytes_needed=1, here=here)


def _record(recordings: Recordings, attempt_id: str, content: bytes = b"film") -> Path:
    path = recordings.new_recording(attempt_id)
    path.write_bytes(content)
    before = time.time() - 60
    os.utime(path, (before, before))
    return path


def _later(carrier: Carrier) -> None:
    carrier.round(time.time() + KEEP_SECONDS + 600)


@pytest.mark.slow
def test_a_whole_recording_is_taken_to_the_bucket_in_parts_and_goes_from_here_later(
    recordings: Recordings, school: FakeBucket
) -> None:
    path, carrier = _record(recordings, "abc", LONG), Carrier(recordings)
    recordings.part("growing").write_bytes(b"half")
    carrier.round()
    assert school.objects == {"kept/abc/abc.mp4": LONG}
    assert sum(method == "PUT" for method, _ in school.asked) == 3
    assert path.is_file()
    carrier.round()
    assert sum(method == "PUT" for method, _ in school.asked) == 3
    _later(carrier)
    assert [one.name for one in recordings.folder.iterdir()] == ["growing.mp4.part"]
    assert recordings.is_there("abc.mp4") and not recordings.is_here("abc.mp4")


@pytest.mark.slow
def test_what_is_not_here_is_brought_back_to_be_read(recordings: Recordings) -> None:
    _record(recordings, "abc", LONG)
    _later(Carrier(recordings))
    assert recordings.path("abc.mp4").read_bytes() == LONG
    assert Carrier(recordings).waiting() == ()
    with pytest.raises(RehearseError, match="not there any more"):
        recordings.path("other.mp4")


@pytest.mark.slow
def test_a_piece_is_read_without_the_rest(recordings: Recordings) -> None:
    _record(recordings, "abc", LONG)
    _later(Carrier(recordings))
    assert recordings.size("abc.mp4") == len(LONG)
    assert recordings.piece("abc.mp4", 1000, 1300) == LONG[1000:1300]
    assert not recordings.is_here("abc.mp4")


@pytest.mark.slow
def test_a_file_that_changes_after_it_was_taken_is_taken_again(
    recordings: Recordings, school: FakeBucket
) -> None:
    path, carrier = _record(recordings, "abc"), Carrier(recordings)
    carrier.round()
    path.write_bytes(b"two parts put together")
    carrier.round()
    assert school.objects["kept/abc/abc.mp4"] == b"film"  # it may still change
    carrier.round(time.time() + 10)
    assert school.objects["kept/abc/abc.mp4"] == b"two parts put together"


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["down", "full", "cut"])
def test_a_bucket_that_fails_costs_nothing_but_time(
    recordings: Recordings, school: FakeBucket, fault: str
) -> None:
    path, carrier = _record(recordings, "abc", LONG), Carrier(recordings)
    school.fault = fault
    _later(carrier)
    assert path.read_bytes() == LONG
    assert school.objects == {}
    assert "One recording waits here" in carrier.told
    school.fault = ""
    _later(carrier)
    assert school.objects == {"kept/abc/abc.mp4": LONG}
    assert carrier.told == ""


@pytest.mark.slow
def test_an_upload_that_fails_between_its_parts_leaves_none_there_and_begins_anew(
    recordings: Recordings, school: FakeBucket
) -> None:
    carrier = Carrier(recordings)
    _record(recordings, "abc", LONG)
    school.fault = "filled"
    carrier.round()
    assert ("DELETE", "kept/abc/abc.mp4") in school.asked
    assert school.parts == {} and school.objects == {}
    assert "no room left" in carrier.told
    school.fault = ""
    carrier.round()
    assert school.objects == {"kept/abc/abc.mp4": LONG} and school.parts == {}


@pytest.mark.slow
def test_a_bucket_that_is_slow_gets_it_and_one_that_says_nothing_is_left_in_bounded_time(
    school: FakeBucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with way_to(school.port) as way:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{way.port}")
        way.hold()
        with monkeypatch.context() as soon:
            soon.setattr("data.bucket._TIMES", {"connect_timeout": "1s", "timeout": "0.5s"})
            soon.setattr("data.bucket._RETRIES", {"max_retries": 0})
            left = Carrier(_server(tmp_path))
        path = _record(left.recordings, "abc", LONG)
        left.round()
        assert left.trouble is not None and "cannot be reached" in left.trouble.message
        assert path.read_bytes() == LONG
        healing = threading.Timer(0.2, way.heal)
        healing.start()
        patient = Carrier(_server(tmp_path))
        patient.round()
        healing.join()
    assert patient.trouble is None
    assert school.objects == {"kept/abc/abc.mp4": LONG}


@pytest.mark.slow
def test_a_disk_that_is_full_here_lets_go_of_what_the_bucket_has(
    recordings: Recordings, school: FakeBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrier = Carrier(recordings)
    first = _record(recordings, "abc")
    carrier.round()
    second = _record(recordings, "def")
    with files_end_at(0):
        _later(carrier)
    assert carrier.trouble is not None and "cannot be written to" in carrier.trouble.message
    assert not first.exists(), "the bucket has it"
    assert second.read_bytes() == b"film"
    with files_end_at(0), pytest.raises(RehearseError, match="cannot be written to"):
        recordings.path("abc.mp4")
    _later(carrier)
    assert carrier.trouble is None
    assert sorted(school.objects) == ["kept/abc/abc.mp4", "kept/def/def.mp4"]


@pytest.mark.slow
def test_a_clock_that_went_back_keeps_no_recording_from_the_bucket(
    recordings: Recordings, school: FakeBucket
) -> None:
    path = _record(recordings, "abc")
    of_later = time.time() + 10 * 365 * 86_400
    os.utime(path, (of_later, of_later))
    Carrier(recordings).round()
    assert sorted(school.objects) == ["kept/abc/abc.mp4"]


@pytest.mark.slow
def test_a_bucket_that_is_gone_in_mid_answer_does_not_stop_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serving() as gone:
        for name, value in gone.environ.items():
            monkeypatch.setenv(name, value)
    recordings = _server(tmp_path)
    path, carrier = _record(recordings, "abc"), Carrier(recordings)
    _later(carrier)
    assert path.is_file()
    assert recordings.is_there("abc.mp4")
    assert carrier.trouble is not None and "cannot be reached" in carrier.trouble.message
    assert recordings.is_there("of-before.mp4")  # it cannot be asked, so it is believed


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("AWS_SECRET_ACCESS_KEY", "hush", "does not let Rehearse in"),
        ("AWS_ACCESS_KEY_ID", "AKIATHEIRS", "does not let Rehearse in"),
    ],
)
def test_wrong_keys_say_so_and_are_not_repeated(
    school: FakeBucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(name, value)
    recordings = _server(tmp_path)
    _record(recordings, "abc")
    carrier = Carrier(recordings)
    carrier.round()
    assert message in carrier.told
    assert "hush" not in carrier.told and "AKIA" not in carrier.told


def test_a_bucket_that_does_not_exist_says_so(school: FakeBucket, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"film")
    with pytest.raises(RehearseError, match="There is no bucket"):
        Bucket("s3://elsewhere/kept").put(tmp_path / "a.mp4", "a/a.mp4")


@pytest.mark.slow
def test_erasing_takes_every_copy_here_and_there(recordings: Recordings, school: FakeBucket) -> None:
    carrier = Carrier(recordings)
    _record(recordings, "abc")
    _record(recordings, "abcd")
    (recordings.folder / "abc.part2.mp4").write_bytes(b"second")
    _later(carrier)
    _record(recordings, "abc", b"again")
    recordings.erase_attempt("abc")
    assert [key for key in school.objects if "/erased/" not in key] == ["kept/abcd/abcd.mp4"]
    assert list(recordings.folder.glob("abc.*")) == []


@pytest.mark.slow
def test_nothing_is_erased_while_the_bucket_is_away_and_that_is_told(
    recordings: Recordings, school: FakeBucket
) -> None:
    path = _record(recordings, "abc")
    Carrier(recordings).round()
    school.fault = "down"
    with pytest.raises(RehearseError, match="cannot be reached"):
        recordings.erase_attempt("abc")
    assert path.is_file()
    school.fault = ""
    recordings.erase_attempt("abc")
    assert not path.exists()


def test_what_one_server_erased_another_one_does_not_bring_back(
    recordings: Recordings, school: FakeBucket, tmp_path: Path
) -> None:
    other = _server(tmp_path / "another disk")
    copy = _record(other, "abc")
    recordings.erase_attempt("abc")
    Carrier(other).round()
    assert not copy.exists()
    assert [key for key in school.objects if "/erased/" not in key] == []


@pytest.mark.slow
def test_what_is_erased_on_its_way_to_the_bucket_does_not_stay_there(
    recordings: Recordings, school: FakeBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Bucket.put

    def erased_meanwhile(bucket: Bucket, file: Path, key: str) -> None:
        content = file.read_bytes()
        recordings.erase_attempt("abc")
        file.write_bytes(content)
        put(bucket, file, key)
        file.unlink()

    _record(recordings, "abc")
    monkeypatch.setattr(Bucket, "put", erased_meanwhile)
    Carrier(recordings).round()
    assert [key for key in school.objects if "/erased/" not in key] == []


def test_old_notes_of_what_was_erased_go(recordings: Recordings, school: FakeBucket) -> None:
    school.objects["kept/erased/2026-01-01.abc"] = b""
    Carrier(recordings).round()
    assert school.objects == {}


@pytest.mark.slow
def test_a_recording_that_the_bucket_let_go_is_told_as_gone(
    recordings: Recordings, school: FakeBucket
) -> None:
    _record(recordings, "abc")
    _later(Carrier(recordings))
    school.objects.clear()  # a rule of the bucket about how long it keeps
    assert not recordings.is_there("abc.mp4")
    with pytest.raises(RehearseError, match="not there any more"):
        recordings.path("abc.mp4")


@pytest.mark.slow
def test_everything_of_an_answer_can_be_taken_along(recordings: Recordings) -> None:
    _record(recordings, "abc")
    _later(Carrier(recordings))
    assert [path.name for path in recordings.files_of("abc")] == ["abc.mp4"]


def test_any_other_address_of_fsspec_will_do(tmp_path: Path) -> None:
    recordings = Recordings("memory://school/kept", free_bytes_needed=1, here=tmp_path)
    _record(recordings, "abc", LONG)
    _later(Carrier(recordings))
    assert recordings.path("abc.mp4").read_bytes() == LONG
    recordings.erase_attempt("abc")
    assert not recordings.is_there("abc.mp4")


@pytest.mark.parametrize(
    ("url", "without", "message"),
    [("s3://school/kept", "obstore.fsspec", "s3://"), ("unheard://of", "", "unheard://")],
)
def test_an_address_that_nothing_here_can_reach_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, url: str, without: str, message: str
) -> None:
    if without:
        monkeypatch.setitem(sys.modules, without, None)
    with pytest.raises(RehearseError, match=message) as told:
        Recordings(url)
    assert "make install-server" in told.value.remedy
