"""How long nobody has spoken, from loudness alone."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.speech.silence import SilenceClock
from analysis.speech.transcribe import RATE, Samples


def noise(seconds: float, level: float, seed: int = 1) -> Samples:
    made = np.random.default_rng(seed).normal(0.0, level, round(seconds * RATE))
    return np.asarray(made, np.float32)


@pytest.mark.parametrize("room", [0.0, 0.0005, 0.005])
def test_silence_counts_from_the_last_voice_in_any_room(room: float) -> None:
    clock = SilenceClock()
    clock.hear(noise(2.0, room))
    clock.hear(noise(3.0, 0.1))
    assert clock.silent_seconds == pytest.approx(0.0, abs=0.11)
    clock.hear(noise(4.0, room))
    assert clock.silent_seconds == pytest.approx(4.0, abs=0.21)


def test_a_knock_is_no_voice_and_a_steady_fan_becomes_silence() -> None:
    clock = SilenceClock()
    clock.hear(noise(3.0, 0.002))
    clock.hear(noise(0.05, 0.3))
    clock.hear(noise(2.0, 0.002))
    assert clock.silent_seconds > 4.5
    fan = SilenceClock()
    fan.hear(noise(30.0, 0.02))
    assert fan.silent_seconds > 25.0


def test_portions_of_any_size_give_the_same() -> None:
    sound = np.concatenate([noise(1.0, 0.001), noise(1.0, 0.1), noise(1.0, 0.001)])
    whole, pieces = SilenceClock(), SilenceClock()
    whole.hear(sound)
    for start in range(0, len(sound), 777):
        pieces.hear(sound[start : start + 777])
    assert pieces.voice_until == whole.voice_until > 0
