"""A draft that cannot be written down in the room: the interview hears of it and keeps the words."""

from __future__ import annotations

import pytest

from analysis.interview.moves import lines
from analysis.live.interview_running import Running, write
from analysis.live.typed_floor import TypedFloor
from data.domain import Change, Draft, RehearseError
from tests.conducted import SAID, desk


def test_a_failing_draft_is_told_once_and_its_words_stay(caplog: pytest.LogCaptureFixture) -> None:
    def fails(draft: Draft) -> None:
        raise RehearseError("The disk is full.")

    floor = TypedFloor(Draft(), fails)
    made = desk(floor)
    made.conductor.begin()
    running = Running(made.conductor, floor, None)  # type: ignore[arg-type]
    assert write(running, floor, Change("I would", "a.1"))
    assert made.conductor.spoken.text == lines.NOT_KEPT
    number = made.conductor.spoken.number
    assert write(running, floor, Change(SAID, "a.2"))
    assert made.conductor.spoken.number == number
    made.conductor.command("done")
    made.work()
    assert made.conductor.interview.state.dialogue.turns[1].text == SAID
    assert made.conductor.interview.state.phase == "listening"
    assert "A draft could not be kept" in caplog.text
