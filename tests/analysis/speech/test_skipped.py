"""Stretches of speech that an engine passes over are heard again, alone; what stays without words is said."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.speech.chunks import Chunk
from analysis.speech.hear import hear
from analysis.speech.listen import assemble
from analysis.speech.transcribe import RATE, Readiness, Samples
from analysis.speech.voiced_time import covered, halves, unheard
from data.domain import Interval, Transcript, Word

VOICED = (Interval(10.0, 14.9), Interval(15.1, 20.0))
SPOKEN = tuple(Word(f"word{second}", second, second + 0.9) for second in map(float, range(10, 20)))


class Passing:
    """Hears every second of `SPOKEN` in the sound it is given, but what `passes(sound)` passes over."""

    name = "by hand"

    def __init__(self, passes: Callable[[Interval], Interval | None]) -> None:
        self._passes = passes
        self.given: list[Samples] = []

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        self.given.append(samples)
        sound = Interval(float(samples[0]), float(samples[-1]))
        heard = [word for word in SPOKEN if not outside(word, sound)]
        lost = self._passes(sound)
        return Transcript(
            tuple(on(word, sound) for word in heard if lost is None or outside(word, lost)), self.name, "en"
        )


def outside(word: Word, stretch: Interval) -> bool:
    start, end = (word.start_seconds or 0), (word.end_seconds or 0)
    return end <= stretch.start_seconds + 0.01 or start >= stretch.end_seconds - 0.01


def on(word: Word, sound: Interval) -> Word:
    """Engines count from the first sample they are given."""
    start, end = (word.start_seconds or 0), (word.end_seconds or 0)
    return Word(word.text, start - sound.start_seconds, end - sound.start_seconds)


def chunk() -> Chunk:
    """Ten seconds of speech whose samples tell when they were spoken."""
    clock = (np.arange(10 * RATE) / RATE + 10).astype(np.float32)
    return Chunk(10.0, clock, VOICED, peak=0.1, clipped_samples=0)


def seconds_of(given: Samples) -> tuple[float, float]:
    return round(float(given[0]), 1), round(float(given[-1]), 1)


def test_an_engine_that_hears_everything_is_asked_once_for_words() -> None:
    engine = Passing(lambda _: None)
    heard = hear(chunk(), engine, None, fillers=False)
    assert [word.text for word in heard.words] == [word.text for word in SPOKEN]
    assert len(engine.given) == 1


def test_a_stretch_that_was_passed_over_is_heard_alone_and_put_in_its_place() -> None:
    engine = Passing(lambda sound: Interval(11.0, 18.0) if sound.seconds > 8 else None)
    heard = hear(chunk(), engine, None, fillers=False)
    assert [word.text for word in heard.words] == [word.text for word in SPOKEN]
    assert [round(word.start_seconds or 0, 2) for word in heard.words[:3]] == [10.0, 11.0, 12.0]
    assert not heard.doubtful
    assert seconds_of(engine.given[-1]) == (10.9, 18.0)


def test_the_beginning_and_the_end_are_heard_again_too() -> None:
    for lost in (Interval(10.0, 14.0), Interval(16.0, 20.0)):
        engine = Passing(lambda sound, lost=lost: lost if sound.seconds > 8 else None)  # type: ignore[misc]
        heard = hear(chunk(), engine, None, fillers=False)
        assert [word.text for word in heard.words] == [word.text for word in SPOKEN]


def test_a_stretch_passed_over_again_is_asked_for_in_halves() -> None:
    engine = Passing(lambda sound: sound if sound.seconds > 5.5 else None)
    heard = hear(chunk(), engine, None, fillers=False)
    assert len(heard.words) == len(SPOKEN)
    assert [seconds_of(given) for given in engine.given[-2:]] == [(10.0, 15.0), (15.0, 20.0)]


def test_what_stays_without_words_is_said() -> None:
    engine = Passing(lambda _: Interval(11.0, 18.0))
    heard = hear(chunk(), engine, None, fillers=False)
    assert len(heard.words) == 3
    assert heard.doubtful
    assert "left without words" in " ".join(assemble([heard], "by hand").notes)


def test_both_passes_are_given_the_same_array_so_that_it_is_encoded_once() -> None:
    engine = Passing(lambda _: None)
    hear(chunk(), engine, None, fillers=True)
    assert len(engine.given) == 2
    assert engine.given[0] is engine.given[1]


def test_speech_is_passed_over_when_two_seconds_of_voice_hold_no_word() -> None:
    words = (Word("one", 10.0, 11.0), Word("two", 14.5, 15.5))
    assert unheard(words, VOICED) == (Interval(11.0, 14.5), Interval(15.5, 20.0))
    assert unheard(words, (Interval(10.0, 12.0), Interval(14.0, 16.9))) == ()
    assert unheard((Word("untimed"),), VOICED) == ()
    assert unheard((), VOICED) == (Interval(10.0, 20.0),)


def test_voice_is_covered_within_and_near_words() -> None:
    assert round(covered((Word("one", 10.0, 12.0),), (Interval(10.0, 14.0),)), 3) == 0.575
    assert covered((Word("untimed"),), VOICED) == 1.0
    assert covered((), VOICED) == 0.0


def test_halves_meet_in_a_silence() -> None:
    assert halves(VOICED) == (Interval(10.0, 15.0), Interval(15.0, 20.0))
    assert halves((Interval(0.0, 5.0),)) == ()


class Stretching:
    """Hears one word over the last five seconds; given these alone, it hears what `alone` says."""

    name = "by hand"

    def __init__(self, *alone: str, sure: float = 0.9) -> None:
        self.alone, self.sure = alone, sure
        self.given: list[Samples] = []

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        self.given.append(samples)
        if len(samples) > 6 * RATE:
            first = [Word(f"word{at}", at, at + 0.9, 0.9) for at in map(float, range(5))]
            return Transcript((*first, Word("and", 5.1, 9.9, 0.4)), self.name, "en")
        step = 4.8 / len(self.alone)
        said = [Word(text, at * step, at * step + step, self.sure) for at, text in enumerate(self.alone)]
        return Transcript(tuple(said), self.name, "en")


def last_words(engine: Stretching) -> list[str]:
    return [word.text for word in hear(chunk(), engine, None, fillers=False).words[5:]]


def test_a_last_word_stretched_over_seconds_of_speech_is_heard_again_alone() -> None:
    engine = Stretching("and", "then", "we", "promote", "the", "replica")
    assert last_words(engine) == ["and", "then", "we", "promote", "the", "replica"]
    assert [seconds_of(given) for given in engine.given] == [(10.0, 20.0), (15.1, 19.9)]


def test_a_word_that_somebody_held_on_to_stays_one_word() -> None:
    assert last_words(Stretching("so")) == ["and"]


def test_words_that_the_engine_doubts_do_not_take_the_place_of_a_stretched_one() -> None:
    assert last_words(Stretching("thank", "you", "for", "watching", sure=0.4)) == ["and"]
