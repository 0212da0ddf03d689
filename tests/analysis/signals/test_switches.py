"""A camera metric that is switched off is kept nowhere, and only that one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from analysis.live.cue import LiveCue
from analysis.signals.catalogue import BY_NAME, Metric
from analysis.signals.summary import summarise
from analysis.signals.switches import METRICS, SWITCHED_OFF, switch_off, switched_off, wanted_only
from analysis.signals.visible_changes import find_events
from data.domain import Attempt, AttemptResult, SignalFrame


class Notebook:
    """Small values by owner and key."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def recall(self, owner: str, key: str) -> str | None:
        return self.kept.get((owner, key))

    def remember(self, owner: str, key: str, value: str) -> None:
        self.kept[owner, key] = value


FRAMES = tuple(
    SignalFrame(float(second), True, "camera", None, 1.0, 2.0, 3.0, 12.0, 0.2, 0.3, 0.4, 0.5)
    for second in range(5)
)
RESULT = AttemptResult(
    attempt=Attempt("a", "ada", "s", "q", datetime(2026, 11, 24, tzinfo=UTC), "camera", "captured"),
    frames=FRAMES,
    summaries=summarise(FRAMES, ()),
    events=find_events(FRAMES),
)


def test_nothing_is_switched_off_at_first_and_a_choice_is_remembered_for_its_person_only() -> None:
    memory = Notebook()
    assert switched_off(memory, "ada") == frozenset()
    switch_off(memory, "ada", {"posture"})
    assert switched_off(memory, "ada") == {"posture"}
    assert switched_off(memory, "bob") == frozenset()


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_that_is_switched_off_leaves_no_number_and_the_others_stay(metric: Metric) -> None:
    memory = Notebook()
    switch_off(memory, "ada", {metric})
    kept = wanted_only(memory, RESULT)
    off = {summary.name for summary in kept.summaries if summary.reason == SWITCHED_OFF}
    assert off == {name for name, signal in BY_NAME.items() if signal.metric == metric}
    assert all(summary.value is None for summary in kept.summaries if summary.name in off)
    stay = [summary for summary in kept.summaries if summary.name not in off]
    assert stay == [summary for summary in RESULT.summaries if summary.name not in off]


def test_with_everything_switched_off_no_frame_says_anything_and_no_event_is_found() -> None:
    memory = Notebook()
    switch_off(memory, "ada", METRICS)
    kept = wanted_only(memory, RESULT)
    empty = SignalFrame(0.0, True, gaze_reason="switched_off")
    assert [replace(frame, seconds=0.0) for frame in kept.frames] == [empty] * len(FRAMES)
    assert RESULT.events and kept.events == ()


def test_a_face_that_is_not_looked_at_is_never_said_to_have_left() -> None:
    cue = LiveCue()
    unseen = [SignalFrame(float(second), False, gaze_reason="switched_off") for second in range(9)]
    assert [cue(frame) for frame in unseen] == [None] * 9
