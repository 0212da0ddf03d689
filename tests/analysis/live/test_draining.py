"""A server that is asked to end: it waits for who is answering, not for ever, and closes recordings."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

import pytest

from analysis.live import captures
from analysis.live.captures import Capture
from analysis.live.draining import Draining


def drained(draining: Draining) -> list[str]:
    over: list[str] = []
    thread = draining.begin(lambda: over.append("ended"))
    assert thread is not None
    thread.join(60)
    return over


def test_a_server_with_nobody_in_it_ends_at_once() -> None:
    assert drained(Draining(60.0, lambda: 0)) == ["ended"]


def test_it_waits_for_who_is_answering() -> None:
    left, waited = [1, 1, 1, 0], list[float]()

    def count() -> int:
        return left.pop(0) if len(left) > 1 else left[0]

    assert drained(Draining(60.0, count, lambda: 0.0, waited.append)) == ["ended"]
    assert len(waited) == 3


def test_it_does_not_wait_for_ever_and_says_who_is_left(caplog: pytest.LogCaptureFixture) -> None:
    clock = [0.0]

    def pause(seconds: float) -> None:
        clock[0] += seconds

    with caplog.at_level(logging.WARNING):
        assert drained(Draining(5.0, lambda: 2, lambda: clock[0], pause)) == ["ended"]
    assert clock[0] >= 5.0
    assert "2 answers or interviews" in caplog.text


def test_it_ends_once_however_often_it_is_asked() -> None:
    draining = Draining(0.0, lambda: 0)
    assert drained(draining) == ["ended"]
    assert draining.begun
    assert draining.begin(lambda: None) is None


def test_what_breaks_while_it_waits_does_not_keep_it_from_ending() -> None:
    def broken() -> int:
        raise ZeroDivisionError

    assert drained(Draining(60.0, broken)) == ["ended"]


def test_recordings_are_closed_whole(tmp_path: Path) -> None:
    make = partial(Capture, tmp_path / "a.mp4", video=False, on_audio=None, on_video=None)
    capture, untouched = captures.obtain("drained", make), captures.obtain("never connected", make)
    try:
        capture.connect("a tab")
        assert capture in captures.growing()
        drained(Draining(0.0, lambda: 0))
        assert capture.state().ended
        assert not untouched.state().ended
    finally:
        captures.forget("drained")
        captures.forget("never connected")
