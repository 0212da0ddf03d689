"""One answer's recording, as several browser sessions see it; frames are synthetic, no browser is needed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from analysis.live import captures
from analysis.live.captures import Capture
from analysis.live.frame_feed import Feed
from analysis.media import Recorder
from data.domain import RehearseError


class FakeClock:
    """`time.monotonic` that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    fake = FakeClock()
    monkeypatch.setattr(captures, "time", fake)
    return fake


class FakeTrack:
    """A video track that has some frames and then ends."""

    kind = "video"

    def __init__(self, frames: int) -> None:
        self._frames = iter(range(frames))
        self.stopped = False

    async def recv(self) -> Any:
        import av
        from aiortc.mediastreams import MediaStreamError

        if next(self._frames, None) is None:
            raise MediaStreamError
        return av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")

    def stop(self) -> None:
        self.stopped = True


def capture(tmp_path: Path) -> Capture:
    return Capture(tmp_path / "a.mp4", video=True, on_audio=None, on_video=None)


def send(feed: Feed, frames: int) -> FakeTrack:
    """Let a track of that many frames run through the feed."""
    track = FakeTrack(frames)

    async def run() -> None:
        feed.addTrack(track)
        await feed.start()
        await asyncio.gather(*feed._tasks)
        await feed.stop()

    asyncio.run(run())
    return track


@pytest.fixture
def forgetful() -> Iterator[None]:
    yield
    for key in list(captures._captures):
        captures.forget(key)


def test_before_a_browser_connects_nothing_is_opened(tmp_path: Path) -> None:
    one = capture(tmp_path)
    assert one.state().phase == "waiting"
    with pytest.raises(RehearseError, match="Nothing was recorded"):
        one.finish()
    assert list(tmp_path.iterdir()) == []


def test_a_connection_without_frames_is_blocked_after_ten_seconds(tmp_path: Path, clock: FakeClock) -> None:
    one = capture(tmp_path)
    one.connect("me")
    clock.now += 8
    assert one.state("me").phase == "connecting"
    clock.now += 1.5
    assert one.state("me").blocked
    with pytest.raises(RehearseError):
        one.finish()


def test_giving_up_on_a_connection_makes_it_blocked_at_once(tmp_path: Path) -> None:
    one = capture(tmp_path)
    one.connect("me")
    one.give_up()
    assert one.state("me").blocked
    with pytest.raises(RehearseError):
        one.finish()


@pytest.mark.parametrize("late", [0.0, 60.0])
def test_an_offer_that_is_taken_up_late_does_not_make_a_blocked_connection_one_to_wait_for(
    tmp_path: Path, clock: FakeClock, late: float
) -> None:
    one = capture(tmp_path)
    one.connect("me")
    if late:
        clock.now += late
    else:
        one.give_up()
    feed = one.connect("me")
    assert one.state("me").blocked
    send(feed, 1)
    assert one.state("me").recording
    one.finish()


def test_giving_up_before_the_offer_is_taken_up_stays(tmp_path: Path) -> None:
    one = capture(tmp_path)
    one.give_up()
    one.connect("me")
    assert one.state("me").blocked
    with pytest.raises(RehearseError):
        one.finish()


def test_frames_make_it_record_and_their_end_makes_it_pause(tmp_path: Path, clock: FakeClock) -> None:
    one = capture(tmp_path)
    track = send(one.connect("me"), 5)
    assert one.state("me").recording
    assert track.stopped
    clock.now += 2
    assert one.state("me").phase == "paused"
    assert one.finish().frames == 5
    assert one.state("me").ended


def test_a_reload_continues_the_same_file(tmp_path: Path, clock: FakeClock) -> None:
    one = capture(tmp_path)
    send(one.connect("before"), 5)
    clock.now += 3
    send(one.connect("after"), 5)
    facts = one.finish()
    assert facts.frames == 10
    assert facts.seconds > 3


def test_another_session_sees_that_it_is_recorded_elsewhere(tmp_path: Path) -> None:
    one = capture(tmp_path)
    send(one.connect("first"), 5)
    assert not one.state("first").elsewhere
    assert one.state("second").elsewhere
    one.finish()
    assert not one.state("second").elsewhere


def test_finishing_twice_gives_the_same_facts_and_later_frames_are_ignored(tmp_path: Path) -> None:
    one = capture(tmp_path)
    send(one.connect("me"), 5)
    facts = one.finish()
    send(one.connect("me"), 5)
    assert one.finish() == facts


def test_the_same_key_finds_the_same_recording_until_it_is_forgotten(tmp_path: Path, forgetful: None) -> None:
    first = captures.obtain("k", lambda: capture(tmp_path))
    assert captures.obtain("k", lambda: capture(tmp_path)) is first
    captures.forget("k")
    assert captures.find("k") is None


def test_answers_that_ended_long_ago_are_forgotten(tmp_path: Path, clock: FakeClock, forgetful: None) -> None:
    captures.obtain("old", lambda: capture(tmp_path))
    clock.now += captures.KEPT_SECONDS + 1
    captures.obtain("new", lambda: capture(tmp_path))
    assert captures.find("old") is None
    assert captures.find("new") is not None


def test_a_cut_goes_on_in_another_file_over_the_same_connection(tmp_path: Path) -> None:
    one = capture(tmp_path)
    feed = one.connect("tab")
    send(feed, 3)
    before = one.cut(tmp_path / "b.mp4", on_audio=None, on_video=None)
    send(feed, 2)
    assert before is not None and before.close().frames == 3
    assert one.finish().frames == 2
    assert (tmp_path / "a.mp4").is_file() and (tmp_path / "b.mp4").is_file()


@pytest.mark.slow
def test_nothing_is_recorded_while_held_and_the_recording_does_not_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cast(Any, Recorder.__init__).__kwdefaults__, "idle_seconds", 0.2)
    one = capture(tmp_path)
    feed = one.connect("tab")
    send(feed, 2)
    one.hold(True)
    for _ in range(12):  # the browser goes on sending
        time.sleep(0.05)
        send(feed, 1)
    assert one.state().recording and one.state().held
    one.hold(False)
    send(feed, 1)
    assert one.finish().frames == 3
