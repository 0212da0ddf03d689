from __future__ import annotations

import pytest

from analysis.speech.delivery import BANDS, advice, bands_in_words, measure_delivery, pauses, visible_signals
from data.domain import Filler, Interval, Speech, Transcript, Word


def spoken(words: int, voiced: tuple[Interval, ...], fillers: tuple[Filler, ...] | None = ()) -> Speech:
    said = tuple(Word(f"word{place}", float(place), place + 0.5) for place in range(words))
    return Speech(Transcript(said, "test", "en"), voiced, fillers, seconds=60.0)


HALF_MINUTE = (Interval(2.0, 12.0), Interval(12.3, 20.0), Interval(23.0, 32.0))


def test_rates_pauses_and_latency_of_half_a_minute() -> None:
    um = Filler("um", 3.0, 3.2, "filled_pause")
    known = Filler("you know", 4.0, 4.4, "verbal")
    measured = measure_delivery(spoken(70, HALF_MINUTE, (um, known)), question_end_seconds=0.5)
    assert measured.speaking_rate_wpm == pytest.approx(140)
    assert measured.articulation_rate_wpm == pytest.approx(70 / 26.7 * 60)
    assert (measured.pauses, measured.long_pauses) == (2, 1)
    assert measured.pause_share == pytest.approx(3.3 / 30)
    assert measured.filled_pauses_per_minute == pytest.approx(2)
    assert measured.verbal_fillers_per_minute == pytest.approx(2)
    assert measured.response_latency_seconds == pytest.approx(1.5)
    assert measured.reason is None


def test_um_and_uh_are_not_counted_as_words() -> None:
    plain = spoken(70, HALF_MINUTE)
    with_um = Speech(
        Transcript((*plain.transcript.words, Word("Um,", 31.0, 31.2)), "test"), HALF_MINUTE, (), 60.0
    )
    assert measure_delivery(with_um, None).words == 70


@pytest.mark.parametrize("voiced", [(Interval(0.0, 14.0),), ()])
def test_no_rate_is_given_on_too_little_speech(voiced: tuple[Interval, ...]) -> None:
    measured = measure_delivery(spoken(40, voiced), None)
    assert measured.speaking_rate_wpm is None
    assert measured.pauses is None
    assert measured.reason


def test_no_rate_is_given_on_too_few_words() -> None:
    measured = measure_delivery(spoken(29, HALF_MINUTE), None)
    assert measured.speaking_rate_wpm is None
    assert "29 words" in (measured.reason or "")


def test_fillers_are_not_measured_when_the_second_pass_did_not_run() -> None:
    measured = measure_delivery(spoken(70, HALF_MINUTE, None), None)
    assert measured.filled_pauses_per_minute is None
    assert measured.verbal_fillers_per_minute is None
    assert measured.speaking_rate_wpm is not None


def test_speech_over_the_end_of_the_question_has_no_negative_latency() -> None:
    assert measure_delivery(spoken(70, HALF_MINUTE), 5.0).response_latency_seconds == 0


def test_a_gap_below_a_quarter_second_is_no_pause() -> None:
    assert pauses((Interval(0, 1), Interval(1.24, 2), Interval(2.25, 3))) == (Interval(2, 2.25),)


@pytest.mark.parametrize(
    ("rate", "said"), [(100, "Slow for"), (150, "Within the usual"), (175, "fast side"), (200, "Fast for")]
)
def test_the_advice_follows_the_band(rate: float, said: str) -> None:
    assert said in (advice("speaking_rate_wpm", rate) or "")


def test_nothing_is_advised_about_what_was_not_measured() -> None:
    assert advice("speaking_rate_wpm", None) is None


def test_the_switch_hides_fillers_and_pauses_and_nothing_else() -> None:
    assert visible_signals(hide_fillers_and_pauses=True) == ("speaking_rate_wpm", "articulation_rate_wpm")
    assert visible_signals(hide_fillers_and_pauses=False) == tuple(BANDS)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("speaking_rate_wpm", 109.9, "Slow for a talk"),
        ("speaking_rate_wpm", 110.0, "slow side"),
        ("speaking_rate_wpm", 120.0, "Within the usual"),
        ("speaking_rate_wpm", 170.0, "Within the usual"),
        ("speaking_rate_wpm", 180.0, "fast side"),
        ("speaking_rate_wpm", 180.1, "Fast for a talk"),
        ("filled_pauses_per_minute", 5.0, "Few enough"),
        ("filled_pauses_per_minute", 12.0, "Worth practising"),
        ("long_pauses_per_minute", 2.0, "fine"),
        ("long_pauses_per_minute", 2.1, "Many long"),
        ("response_latency_seconds", 5.1, "A long silence"),
    ],
)
def test_a_band_ends_where_its_source_says(name: str, value: float, said: str) -> None:
    assert said in (advice(name, value) or "")


def test_a_signal_says_where_its_advice_changes() -> None:
    told = bands_in_words(BANDS["filled_pauses_per_minute"])
    assert told == "The advice changes with: up to 5, under 12, above."
    assert bands_in_words(BANDS["pause_share"]) == ""
