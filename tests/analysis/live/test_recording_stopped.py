"""A recording that stops (a full disk) is logged and heard of in the interview, once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.interview.moves import lines
from analysis.live import captures
from analysis.live.captures import CameraState
from analysis.live.interview_running import Running, tell_of_recording
from analysis.live.listening import LiveAnswer
from analysis.live.voice_floor import VoiceFloor
from analysis.media.recorder import _told
from data.domain import RehearseError
from tests.conducted import desk


class Stopped:
    """A capture whose recorder gave up."""

    touched = float("inf")
    error: RehearseError | None = None

    def state(self) -> CameraState:
        return CameraState("ended" if self.error else "recording", error=self.error)


@pytest.fixture
def capture() -> Iterator[Stopped]:
    made = Stopped()
    captures.obtain("room", lambda: made)  # type: ignore[arg-type, return-value]
    yield made
    captures.forget("room")


def test_an_interview_hears_once_that_its_recording_stopped(capture: Stopped) -> None:
    floor = VoiceFloor("room", False, lambda: LiveAnswer(None, None))  # type: ignore[arg-type]
    made = desk(floor)  # type: ignore[arg-type]
    made.conductor.begin()
    running = Running(made.conductor, floor, None)  # type: ignore[arg-type]
    number = made.conductor.spoken.number
    tell_of_recording(running)
    assert made.conductor.spoken.number == number
    capture.error = RehearseError("The disk is full.")
    tell_of_recording(running)
    tell_of_recording(running)
    assert made.conductor.spoken.text == lines.NOT_RECORDED
    assert made.conductor.spoken.number == number + 1
    assert made.conductor.interview.state.phase == "listening"


@pytest.mark.parametrize(
    "fault", [RehearseError("The disk is full."), OSError(28, "No space left"), KeyError("x")]
)
def test_whatever_stops_a_recording_is_in_the_log(
    fault: Exception, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    _told(tmp_path / "a.mp4", fault)
    (record,) = caplog.records
    assert record.levelno == logging.ERROR and "a.mp4" in record.message and record.exc_info
