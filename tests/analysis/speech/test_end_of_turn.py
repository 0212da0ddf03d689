"""The end of a turn by its sound: the model's features, its place, its limits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.speech.end_of_turn import EndOfTurn, turn_features
from analysis.speech.transcribe import RATE, Samples
from data.domain import RehearseError
from data.weights import SMART_TURN


def hum(rises_hertz: float, seconds: float) -> Samples:
    """Something like a voice without words, then 0.3 s of silence."""
    at = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * np.cumsum(120 + rises_hertz * at / seconds) / RATE
    tone = sum(np.sin(n * phase) / n for n in range(1, 12)) * (0.5 + 0.5 * np.sin(8 * np.pi * at)) * 0.1
    return np.concatenate([tone, np.zeros(round(0.3 * RATE))]).astype(np.float32)


def test_a_missing_model_is_told_in_plain_words(tmp_path: Path) -> None:
    gone = EndOfTurn(replace(SMART_TURN, path=tmp_path / "gone.onnx"))
    with pytest.raises(RehearseError, match=r"gone\.onnx is missing"):
        gone.probability(np.zeros(RATE, np.float32))


@pytest.mark.slow
def test_the_model_sees_eight_seconds_that_end_where_the_sound_ends() -> None:
    features = turn_features(hum(80, 1.5))
    assert features.shape == (80, 800) and features.dtype == np.float32
    assert features[10:, :600].max() < features[10, 700]
    longer = np.concatenate([hum(0, 5.0), hum(0, 3.0), hum(0, 5.0)])
    assert np.array_equal(turn_features(longer), turn_features(longer[-8 * RATE :]))
    assert np.allclose(turn_features(hum(80, 1.5) * 3), features, atol=0.02), "loudness does not matter"


@pytest.mark.slow
def test_features_and_likelihoods_are_those_of_the_code_of_the_models_makers() -> None:
    features = turn_features(hum(80, 1.5))
    cells = [features[10, 700], features[40, 700], features[70, 790]]
    assert cells == pytest.approx([1.27111, 1.18193, -0.10274], abs=1e-4)
    model = EndOfTurn()
    found = [model.probability(hum(*sound)) for sound in ((0, 3.0), (80, 1.5), (80, 2.0), (-60, 3.0))]
    assert found == pytest.approx([0.963, 0.012, 0.062, 0.235], abs=0.05)
