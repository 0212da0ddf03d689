"""The limited worker: what goes in and comes back, and every way in which it stops what costs too much."""

from __future__ import annotations

import json
import logging
import os
import socket
from pathlib import Path

import pytest

from data.domain import RehearseError
from data.limited import LimitExceeded, Limits, run_limited, stream_limited

WORK = "tests.limited_work:"


def test_values_go_there_and_back(tmp_path: Path) -> None:
    values = [1, 2.5, "päper \ud800", None, True, b"\x00\xff", {"$bytes": "x", "a": [1, {"b": b""}]}, []]
    assert run_limited(f"{WORK}echo", *values) == values


def test_a_path_goes_in_and_the_worker_reads_it(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"stranger")
    assert run_limited(f"{WORK}read", tmp_path / "in") == b"stranger"


def test_a_path_does_not_come_back() -> None:
    with pytest.raises(LimitExceeded, match="program that reads it ended"):
        run_limited(f"{WORK}give_nonsense", json.dumps({"$pairs": [["returned", {"$path": "/etc/passwd"}]]}))


def test_what_the_work_has_to_say_arrives_as_it_was_said() -> None:
    with pytest.raises(RehearseError) as caught:
        run_limited(f"{WORK}complain")
    assert (caught.value.message, caught.value.remedy) == ("Line 3 has no title.", "Give it one.")


def test_work_that_breaks_is_logged_and_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(RehearseError, match="The set talk.yaml could not"):
        run_limited(f"{WORK}break_down", named="The set talk.yaml", remedy="Send a smaller one.")
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("work", "arguments", "limits", "limit"),
    [
        ("take_memory", (900_000_000,), Limits(memory_bytes=500_000_000), "memory"),
        ("hide_memory_error", (900_000_000,), Limits(memory_bytes=500_000_000), "memory"),
        ("spin", (), Limits(cpu_seconds=1), "processor time"),
        ("sleep", (), Limits(wall_seconds=1), "time"),
        ("flood", (), Limits(wall_seconds=1), "time"),
        ("give", (100_000,), Limits(result_bytes=50_000, file_bytes=10**6), "result"),
        ("give", (100_000,), Limits(result_bytes=50_000), "file"),
        ("give_bytes", (100_000,), Limits(result_bytes=50_000, file_bytes=10**6), "result"),
        ("die", (), Limits(), "end"),
        ("leave_early", (), Limits(), "end"),
        ("give_a_link", (), Limits(), "end"),
        ("give_a_pipe", (), Limits(), "end"),
        ("give_nonsense", ("{",), Limits(), "end"),
        ("give_nonsense", ("[" * 100_000,), Limits(), "end"),
        ("give_nonsense", ('{"$pairs": 1}',), Limits(), "end"),
        ("give_nonsense", ('{"$bytes": "../../etc"}',), Limits(), "end"),
    ],
)
def test_every_way_of_being_stopped_is_said_and_logged(
    work: str, arguments: tuple[object, ...], limits: Limits, limit: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(LimitExceeded) as caught:
        run_limited(WORK + work, *arguments, limits=limits, named="Your set", remedy="Send less.")
    assert caught.value.limit == limit
    assert caught.value.message.startswith("Your set ")
    assert caught.value.remedy == "Send less."
    assert work in caplog.text


@pytest.mark.slow
def test_a_file_the_worker_writes_has_its_limit(tmp_path: Path) -> None:
    run_limited(f"{WORK}write", tmp_path / "out", 50_000, limits=Limits(file_bytes=100_000))
    with pytest.raises(LimitExceeded, match=r"becomes larger than 100 kB"):
        run_limited(f"{WORK}write", tmp_path / "out", 200_000, limits=Limits(file_bytes=100_000))


def test_a_result_that_cannot_be_handed_back_is_a_fault_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(RehearseError):
        run_limited(f"{WORK}give_something_odd")
    assert "object cannot be handed" in caplog.text


@pytest.mark.slow
def test_the_worker_reaches_no_network_and_starts_no_program() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with pytest.raises(RehearseError):
            run_limited(f"{WORK}connect", server.getsockname()[1])
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()
    with pytest.raises(RehearseError):
        run_limited(f"{WORK}start_a_program")


def test_the_worker_sees_no_key_and_nothing_it_leaves_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", "secret")
    seen = run_limited(f"{WORK}surroundings")
    assert "secret" not in str(seen)
    assert seen["here"] not in seen["path"]
    assert seen["group"] is True
    assert not Path(seen["here"]).exists()


@pytest.mark.slow
def test_a_worker_that_was_stopped_is_gone() -> None:
    before = _children()
    with pytest.raises(LimitExceeded):
        run_limited(f"{WORK}sleep", limits=Limits(wall_seconds=0.5))
    assert _children() == before


def test_a_stream_arrives_piece_by_piece_and_whole() -> None:
    sizes = [0, 1, 3_000_000, 70_000]
    assert [len(piece) for piece in stream_limited(f"{WORK}pieces", *sizes)] == sizes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("end", "limits", "limit"),
    [
        ("die", Limits(), "end"),
        ("spin", Limits(cpu_seconds=1), "processor time"),
        ("sleep", Limits(wall_seconds=1), "time"),
    ],
)
def test_a_stream_that_is_stopped_says_so_after_what_it_gave(end: str, limits: Limits, limit: str) -> None:
    stream = stream_limited(f"{WORK}pieces_then", end, limits=limits)
    assert next(stream) == b"first"
    with pytest.raises(LimitExceeded) as caught:
        next(stream)
    assert caught.value.limit == limit


def test_a_stream_tells_what_its_work_has_to_say() -> None:
    stream = stream_limited(f"{WORK}pieces_then", "complain")
    assert next(stream) == b"first"
    with pytest.raises(RehearseError, match="Line 3 has no title"):
        next(stream)


@pytest.mark.slow
def test_a_stream_of_more_than_was_agreed_is_stopped() -> None:
    with pytest.raises(LimitExceeded, match="gives more than 5 MB"):
        list(stream_limited(f"{WORK}pieces", 6_000_000, limits=Limits(result_bytes=5_000_000)))
    with pytest.raises(LimitExceeded):
        list(stream_limited(f"{WORK}half_a_piece"))


def test_a_stream_nobody_reads_on_ends_its_worker() -> None:
    before = _children()
    stream = stream_limited(f"{WORK}pieces", *[1_000_000] * 1000)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert _children() == before


def _children() -> set[str]:
    tasks = Path(f"/proc/{os.getpid()}/task")
    return {child for task in tasks.iterdir() for child in (task / "children").read_text().split()}
