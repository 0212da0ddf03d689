from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.signals.catalogue import SIGNALS
from analysis.signals.summary import summarise
from analysis.signals.visible_changes import find_events
from data.domain import Interval, SignalFrame, SignalSummary


def _frame(seconds: float, **changes: object) -> SignalFrame:
    frame = SignalFrame(seconds, face_found=True, gaze="camera", yaw_degrees=0.0, pitch_degrees=0.0)
    return replace(frame, **changes)  # type: ignore[arg-type]


def _by_name(frames: list[SignalFrame], speaking: list[Interval]) -> dict[str, SignalSummary]:
    return {summary.name: summary for summary in summarise(frames, speaking)}


TALK = [Interval(0, 30)]


def test_every_registry_line_is_summarised_and_nothing_else() -> None:
    expected = [(signal.name, signal.unit) for signal in SIGNALS]
    assert [(found.name, found.unit) for found in summarise([_frame(0.0)], TALK)] == expected
    assert [(found.name, found.unit) for found in summarise([], [])] == expected


def test_shares_are_of_time_not_of_frames() -> None:
    often = [_frame(step / 10) for step in range(50)]
    seldom = [_frame(5 + step / 2, gaze="down") for step in range(10)]
    found = _by_name(often + seldom, [Interval(0, 9.75)])
    assert found["eye_contact_camera"].value == pytest.approx(0.5, abs=0.03)
    assert found["eye_contact_down"].value == pytest.approx(0.5, abs=0.03)


def test_only_speaking_time_counts_and_overlaps_count_once() -> None:
    frames = [_frame(step / 4, gaze="camera" if step < 40 else "sideways") for step in range(80)]
    found = _by_name(frames, [Interval(0, 8), Interval(4, 9.5)])
    assert found["eye_contact_camera"].value == 1.0


def test_shares_sum_to_one_and_coverage_is_the_measurable_part() -> None:
    frames = [_frame(step / 4, gaze="not_measurable" if step % 4 == 0 else "camera") for step in range(40)]
    found = _by_name(frames, [Interval(0, 10)])
    shares = [summary.value or 0.0 for name, summary in found.items() if name.startswith("eye_contact")]
    assert sum(shares) == pytest.approx(1)
    assert found["eye_contact_camera"].coverage == pytest.approx(0.75, abs=0.02)


def test_one_frame_in_a_moment_of_voice_measures_nothing_and_says_why() -> None:
    found = _by_name([_frame(1.0)], [Interval(0.95, 1.08)])
    assert {summary.value for summary in found.values()} == {None}
    assert {summary.reason for summary in found.values()} == {"less than 3 seconds of speech were heard"}


def test_without_any_speech_nothing_is_said_of_speaking_time() -> None:
    found = _by_name([_frame(step / 4) for step in range(80)], [])
    assert {summary.value for summary in found.values()} == {None}
    assert {summary.coverage for summary in found.values()} == {0.0}


@pytest.mark.parametrize(("frames", "measured"), [(14, False), (15, True)])
def test_a_camera_value_rests_on_fifteen_measured_frames(frames: int, measured: bool) -> None:
    seen = [_frame(step / 4, slouch=0.0) for step in range(frames)]
    unread = [SignalFrame((frames + step) / 4, face_found=False, gaze_reason="no_face") for step in range(40)]
    found = _by_name(seen + unread, [Interval(0, 13)])
    for name in ("eye_contact_camera", "head_yaw_spread", "slouch"):
        assert (found[name].value is not None) is measured
        assert measured or found[name].reason == "fewer than 15 pictures could be measured"
        assert measured or found[name].coverage == 0.0
    assert found["eye_contact_not_measurable"].value == pytest.approx(1 - frames / 52, abs=0.03)


def test_coverage_is_of_all_speaking_time_also_of_that_which_no_frame_saw() -> None:
    frames = [_frame(step / 4) for step in range(40)]
    found = _by_name(frames, [Interval(0, 40)])
    assert found["eye_contact_camera"].coverage == pytest.approx(0.25, abs=0.01)
    assert found["eye_contact_camera"].value == pytest.approx(0.25, abs=0.01)
    assert found["eye_contact_not_measurable"].value == pytest.approx(0.75, abs=0.01)
    assert found["head_yaw_spread"].coverage == pytest.approx(0.25, abs=0.01)


def test_what_was_never_seen_is_none_with_a_reason() -> None:
    blind = [
        SignalFrame(step / 4, face_found=False, gaze_reason="too_dark", shoulder_tilt_degrees=1.0)
        for step in range(20)
    ]
    found = _by_name(blind, [Interval(0, 5)])
    assert found["eye_contact_camera"].value is None
    assert found["eye_contact_camera"].reason == "gaze not measurable: too dark"
    assert found["eye_contact_not_measurable"].value == 1.0
    assert found["slouch"].reason == "no upright baseline"
    assert found["head_yaw_spread"].reason == "no face found"
    assert found["shoulder_tilt"].coverage == pytest.approx(1.0, abs=0.03)


def test_speech_without_frames_is_not_measured() -> None:
    found = _by_name([_frame(1.0)], [Interval(60, 90)])
    assert {summary.value for summary in found.values()} == {None}


def test_a_posture_that_stays_changed_is_an_event_with_mechanical_advice() -> None:
    frames = [_frame(step / 4, slouch=0.15 if 40 <= step < 60 else 0.0) for step in range(100)]
    (event,) = find_events(frames)
    assert (event.start_seconds, event.end_seconds) == (10.0, 14.75)
    assert "Raise the laptop by a hand" in event.advice


def test_a_short_change_is_no_event_and_a_gap_ends_one() -> None:
    short = [_frame(step / 4, lean=0.3 if 8 <= step < 14 else 0.0) for step in range(40)]
    gap = [_frame(1.0, lean=0.3), _frame(9.0, lean=0.3)]
    assert find_events(short) == find_events(gap) == ()


def test_a_lost_face_is_an_event_unless_it_was_switched_off() -> None:
    lost = [SignalFrame(step / 4, face_found=False, gaze_reason="no_face") for step in range(12)]
    off = [replace(frame, gaze_reason="switched_off") for frame in lost]
    assert [event.name for event in find_events(lost)] == ["face not in view"]
    assert find_events(off) == ()
