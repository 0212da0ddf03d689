"""Words that cannot be written down are told to the page that waits, and logged when no page does."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analysis.live.answers_under_way import AnswerRunning, Answers, wait
from analysis.live.executor import Supervised
from data.domain import RehearseError
from tests.stored import attempt, question


class Lost:
    """Listens, and has lost everything at the end."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def finish(self, *given: object) -> None:
        raise self.fault


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (RehearseError("The speech engine is missing.", "Install it."), "speech engine is missing"),
        (KeyError("words"), "reason nobody foresaw"),
    ],
)
def test_why_words_could_not_be_written_down_is_logged_and_told(
    fault: Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    running = AnswerRunning(attempt(), question(), Path("nowhere"), Lost(fault))  # type: ignore[arg-type]
    pool = Supervised(1, "finish an answer")
    world: Any = SimpleNamespace(transcriber="the engine")
    Answers(pool).finish(world, running)
    pool.close()
    assert running.finishing is not None
    assert "finish an answer: it failed" in caplog.text
    with pytest.raises(RehearseError, match=told):
        wait(running, running.finishing)
