from __future__ import annotations

from threading import Event

import numpy as np
from numpy.typing import NDArray

from analysis.signals.sampler import Sampler
from data.domain import SignalFrame

Image = NDArray[np.uint8]


def _blank() -> Image:
    return np.zeros((4, 4, 3), np.uint8)


class Gate:
    """A detector that waits to be let through, and says when it has a frame in hand."""

    def __init__(self) -> None:
        self.entered, self.leave = Event(), Event()

    def __call__(self, rgb: Image, seconds: float) -> SignalFrame:
        self.entered.set()
        assert self.leave.wait(30)
        return SignalFrame(seconds, face_found=True)


def test_a_busy_sampler_keeps_the_newest_frame_and_drops_the_rest() -> None:
    gate = Gate()
    sampler = Sampler(gate, frames_per_second=4)
    sampler.offer(_blank, 0.0)
    assert gate.entered.wait(30)
    for index in range(1, 5):
        sampler.offer(_blank, index * 0.25)
    assert sampler.dropped == 3
    assert sampler.latest is None
    gate.leave.set()
    sampler.close()
    assert sampler.frames()[0].seconds == 0.0
    assert sampler.analysed <= 2


def test_four_frames_a_second_are_taken_from_thirty() -> None:
    taken: list[float] = []
    done = Event()

    def detect(rgb: Image, seconds: float) -> SignalFrame:
        taken.append(seconds)
        done.set()
        return SignalFrame(seconds, face_found=True)

    sampler = Sampler(detect, frames_per_second=4)
    for index in range(300):
        done.clear()
        before = sampler.analysed + sampler.dropped
        sampler.offer(_blank, index / 30)
        if index in (0, 8, 15, 23, 30):
            assert done.wait(30), before
    sampler.close()
    assert sampler.analysed + sampler.dropped in range(38, 42)


def test_a_failing_detector_costs_one_frame_and_leaves_a_note() -> None:
    failed, worked = Event(), Event()

    def detect(rgb: Image, seconds: float) -> SignalFrame:
        if not failed.is_set():
            failed.set()
            raise ValueError("bad pixels")
        worked.set()
        return SignalFrame(seconds, face_found=False)

    sampler = Sampler(detect)
    sampler.offer(_blank, 0.0)
    assert failed.wait(30)
    sampler.offer(_blank, 1.0)
    assert worked.wait(30)
    assert [frame.seconds for frame in sampler.close()] == [1.0]
    assert sampler.note == "Some camera frames could not be analysed (bad pixels)."


def test_a_clock_that_jumps_back_does_not_stall_it_and_a_closed_one_takes_nothing() -> None:
    seen = Event()

    def detect(rgb: Image, seconds: float) -> SignalFrame:
        seen.set()
        return SignalFrame(seconds, face_found=True)

    sampler = Sampler(detect)
    sampler.offer(_blank, 500.0)
    assert seen.wait(30)
    seen.clear()
    sampler.offer(_blank, 0.0)
    assert seen.wait(30)
    frames = sampler.close()
    sampler.offer(_blank, 9.0)
    assert sampler.close() == frames
