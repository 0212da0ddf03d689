"""Where a clip is cut, and what the ladder makes of pauses with and without a model."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.evaluate.turn_ends import Moment, measure, moments_of, quietest
from analysis.speech.transcribe import RATE, Samples
from data.domain import Word


def test_the_ladder_alone_cuts_no_thinking_pause_and_the_model_trades_waiting_for_some() -> None:
    heard = [(True, 0.99), (True, 0.5), (False, 0.99), (False, 0.0)]
    moments = [Moment("v", finished, over) for finished, over in heard]
    found = measure(moments)
    assert (found["finished"], found["thinking"]) == (2, 2)
    assert found["ladder"] == {
        "cut_off": 0.0,
        "cut_off_long": 1.0,
        "ended_early": 0.0,
        "waited_seconds": 4.0,
    }
    both = found["ladder_and_model"]
    assert both["cut_off"] == pytest.approx(4 / 12, abs=1e-4), "2.5 to 4 s after what sounded finished"
    assert both["cut_off_long"] == 0.5 and both["waited_seconds"] == 3.0


def test_nothing_said_measures_nothing() -> None:
    assert measure([])["ladder"] == {
        "cut_off": None,
        "cut_off_long": None,
        "ended_early": None,
        "waited_seconds": None,
    }


def test_ends_of_sentences_are_finished_and_commas_are_neither() -> None:
    words = [Word("We", 1.0, 1.4), Word("cache,", 2.0, 2.4), Word("and", 2.5, 2.9), Word("shard.", 3.0, 3.5)]
    shown: list[Samples] = []

    def judge(samples: Samples) -> float:
        shown.append(samples)
        return 0.4

    sound = np.ones(4 * RATE, np.float32)
    assert [one.finished for one in moments_of("v", sound, words, judge)] == [False, True]
    assert len(shown[0]) < len(shown[1]) == round(4.1 * RATE), "all of what was said, then silence"


def test_a_word_is_cut_where_least_is_heard() -> None:
    sound = np.ones(4 * RATE, np.float32)
    sound[round(2.05 * RATE) : round(2.07 * RATE)] = 0.0
    assert quietest(sound, 2.0, 2.1) / RATE == pytest.approx(2.055, abs=0.01)
