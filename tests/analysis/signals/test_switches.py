"""A camera metric that is switched off is kept nowhere, and only that one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from analysis.live.cue import LiveCue
from analysis.signals.catalogue import BY_NAME, Metric
from analysis.signals.picture_notes import picture_notes
from analysis.signals.summary import summarise
from analysis.signals.switches import METRICS, SWITCHED_OFF, switch_off, switched_off, wanted_only
from analysis.signals.visible_changes import find_events
from data.domain import Attempt, AttemptResult, Interval, SignalFrame


class Notebook:
    """Small values by owner and key."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def recall(self, owner: str, key: str) -> str | None:
        return self.kept.get((owner, key))

    def remember(self, owner: str, key: str, value: str) -> None:
        self.kept[owner, key] = value


FRAMES = tuple(
    SignalFrame(step / 4, True, "camera", None, 1.0, 2.0, 3.0, 12.0, 0.2, 0.3, 0.4, 0.5) for step in range(20)
)
RESULT = AttemptResult(
    attempt=Attempt("a", "ada", "s", "q", datetime(2026, 11, 24, tzinfo=UTC), "camera", "captured"),
    frames=FRAMES,
    summaries=summarise(FRAMES, [Interval(0, 5)]),
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


def test_what_hid_the_eyes_is_not_told_of_eyes_that_were_not_to_be_looked_at() -> None:
    memory = Notebook()
    hidden = tuple(replace(one, gaze="not_measurable", gaze_reason="sunglasses") for one in FRAMES)
    result = replace(RESULT, frames=hidden, notes=("Kept.", *picture_notes(hidden)))
    assert len(result.notes) == 2
    switch_off(memory, "ada", {"eye_contact"})
    assert wanted_only(memory, result).notes == ("Kept.",)


def test_a_face_that_is_not_looked_at_is_never_said_to_have_left() -> None:
    cue = LiveCue()
    unseen = [SignalFrame(float(second), False, gaze_reason="switched_off") for second in range(9)]
    assert [cue(frame) for frame in unseen] == [None] * 9
