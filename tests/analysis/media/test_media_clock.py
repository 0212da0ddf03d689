"""The recording's clock: synthetic stamps and arrivals in, times out."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.media.stream_clock import SampleTimeline, StreamClock, video_ticks

WRAP_SECONDS = 2**32 / 90_000


def test_frames_keep_the_sender_s_spacing_when_they_arrive_unevenly() -> None:
    clock, jitter = StreamClock(), random.Random(1)
    times = [clock.seconds(7.0 + i / 30, i / 30 + jitter.uniform(0, 0.05)) for i in range(300)]
    gaps = np.diff(times[60:])
    assert np.abs(gaps - 1 / 30).max() < 0.01


def test_a_burst_after_a_stall_keeps_its_true_times() -> None:
    clock = StreamClock()
    for i in range(100):
        clock.seconds(i * 0.02, i * 0.02)
    late = [clock.seconds(i * 0.02, 3.5) for i in range(100, 175)]
    assert abs(late[0] - 2.0) < 0.02
    assert abs(late[-1] - 3.48) < 0.02


def test_stamps_that_jump_by_two_to_the_32_leave_the_time_line_whole() -> None:
    clock = StreamClock()
    times = [clock.seconds(i / 30 - (WRAP_SECONDS if i >= 150 else 0), i / 30) for i in range(300)]
    assert max(np.diff(times)) < 0.05
    assert abs(times[-1] - 299 / 30) < 0.05


def test_stamps_that_jump_forward_leave_the_time_line_whole() -> None:
    clock = StreamClock()
    times = [clock.seconds(i / 30 + (WRAP_SECONDS if i >= 150 else 0), i / 30) for i in range(300)]
    assert max(np.diff(times)) < 0.05
    assert abs(times[-1] - 299 / 30) < 0.05


def test_a_stream_whose_clock_stood_still_during_sleep_is_tied_anew() -> None:
    clock = StreamClock()
    for i in range(100):
        clock.seconds(i / 30, i / 30)
    after = [clock.seconds((100 + i) / 30, 60 + i / 30) for i in range(200)]
    assert abs(after[-1] - (60 + 199 / 30)) < 0.1


def test_two_clocks_that_differ_by_100_ppm_stay_together_over_15_minutes() -> None:
    fast, slow = StreamClock(), StreamClock()
    worst = 0.0
    for i in range(0, 900 * 30):
        now = i / 30
        worst = max(worst, abs(fast.seconds(now * 1.0001, now) - slow.seconds(now * 0.9999, now)))
    assert worst < 0.02


@pytest.mark.slow
@given(st.lists(st.tuples(st.floats(-1e5, 1e5), st.floats(0, 900)), max_size=60))
def test_times_never_run_backwards_whatever_arrives(frames: list[tuple[float, float]]) -> None:
    clock = StreamClock()
    ticks = [video_ticks(clock.seconds(stamp, arrived)) for stamp, arrived in frames]
    assert all(later > earlier for earlier, later in zip(ticks, ticks[1:], strict=False))
    assert all(tick >= 0 for tick in ticks)


def _lay(timeline: SampleTimeline, samples: NDArray[np.int16], at: float) -> NDArray[np.int16]:
    pieces = timeline.place(samples, at)
    for piece in pieces:
        timeline.claim(piece.size)
    return np.concatenate(pieces) if pieces else samples[:0]


def test_a_gap_in_the_sound_becomes_silence() -> None:
    timeline = SampleTimeline(1000)
    ones = np.ones(100, np.int16)
    laid = np.concatenate([_lay(timeline, ones, 0.0), _lay(timeline, ones, 0.5)])
    assert laid.size == 600
    assert not laid[100:500].any()
    assert laid[500:].all()


def test_sound_that_is_a_little_early_or_late_is_laid_end_to_end() -> None:
    timeline = SampleTimeline(1000)
    ones = np.ones(100, np.int16)
    laid = [_lay(timeline, ones, at) for at in (0.0, 0.13, 0.17)]
    assert sum(piece.size for piece in laid) == 300


def test_sound_that_comes_twice_is_laid_once() -> None:
    timeline = SampleTimeline(1000)
    ones = np.ones(100, np.int16)
    _lay(timeline, ones, 0.0)
    assert _lay(timeline, ones, 0.0).size == 0
    assert _lay(timeline, ones, 0.05).size == 50


@pytest.mark.parametrize("seconds", [1, 2, 3])
def test_silence_of_whole_pieces_has_no_empty_one(seconds: int) -> None:
    timeline = SampleTimeline(1000)
    pieces = timeline.place(np.ones(10, np.int16), float(seconds))
    assert [len(piece) for piece in pieces] == [1000] * seconds + [10]


def test_long_silence_comes_in_pieces_of_bounded_length() -> None:
    pieces = SampleTimeline(1000, piece_seconds=1.0).place(np.ones(10, np.int16), 600.0)
    assert max(piece.size for piece in pieces) == 1000
