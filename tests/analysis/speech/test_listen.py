"""Listening to a recording with an engine written by hand: chunks, guards, fillers, notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis.speech.chain import Chain
from analysis.speech.chunks import Chunk
from analysis.speech.hear import Heard, hear, hear_words
from analysis.speech.listen import assemble
from analysis.speech.loops import loops
from analysis.speech.transcribe import FILLER_PROMPT, RATE, Readiness, Samples
from analysis.speech.voice import is_narrow
from data.domain import Interval, RehearseError, Transcript, Word


class Engine:
    """Says what `says(prompt)` gives; remembers the prompts."""

    name = "by hand"

    def __init__(self, says: Callable[[str | None], Transcript]) -> None:
        self._says = says
        self.prompts: list[str | None] = []

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        self.prompts.append(prompt)
        return self._says(prompt)


def said(text: str, start: float = 0.0, step: float = 0.5, language: str = "en") -> Transcript:
    words = [
        Word(word, start + step * place, start + step * (place + 1), 0.9)
        for place, word in enumerate(text.split())
    ]
    return Transcript(tuple(words), "by hand", language)


def chunk(seconds: float = 4.0, voiced: tuple[Interval, ...] | None = None, start: float = 0.0) -> Chunk:
    sound = np.full(round(seconds * RATE), 0.1, np.float32)
    spans = (Interval(start, start + seconds),) if voiced is None else voiced
    return Chunk(start, sound, spans, peak=0.1, clipped_samples=0)


FULL = "one two three four five six seven eight"


def test_words_are_on_the_clock_of_the_recording() -> None:
    heard = hear(chunk(start=20.0), Engine(lambda _: said(FULL)), "PostgreSQL", fillers=False)
    assert heard.words[0].start_seconds == 20.0
    assert heard.fillers is None


def test_a_chunk_without_voice_is_given_no_words() -> None:
    engine = Engine(lambda _: said("Thank you for watching"))
    heard = hear(chunk(voiced=()), engine, None, fillers=True)
    assert heard.words == ()
    assert engine.prompts == []


def test_a_prompt_that_loses_speech_is_tried_again_without() -> None:
    engine = Engine(lambda prompt: said("one two") if prompt else said(FULL))
    heard = hear(chunk(), engine, "PostgreSQL", fillers=False)
    assert engine.prompts == ["PostgreSQL", None]
    assert len(heard.words) == 8


def test_a_loop_of_the_decoder_is_left_out_and_said() -> None:
    engine = Engine(lambda _: said("the the the the the the"))
    heard = hear(chunk(), engine, None, fillers=False)
    assert heard.words == ()
    assert heard.doubtful
    assert "left without words" in " ".join(assemble([heard], "by hand").notes)


def test_fillers_come_from_the_second_pass_only() -> None:
    engine = Engine(
        lambda prompt: said("um one two uh three four five six") if prompt == FILLER_PROMPT else said(FULL)
    )
    heard = hear(chunk(), engine, None, fillers=True)
    assert [filler.text for filler in heard.fillers or ()] == ["um", "uh"]
    assert "um" not in [word.text for word in heard.words]


def test_fillers_are_not_measured_in_another_language() -> None:
    heard = hear(chunk(), Engine(lambda _: said(FULL, language="de")), None, fillers=True)
    speech = assemble([heard], "by hand")
    assert speech.fillers is None
    assert speech.transcript.language == "de"
    assert "German" in " ".join(speech.notes)


def test_a_silent_microphone_is_said_in_plain_words() -> None:
    quiet = Heard(0.0, 5.0, (), (), (), "by hand", None, peak=0.0, clipped_samples=0)
    speech = assemble([quiet], "by hand")
    assert speech.transcript.words == ()
    assert "silent" in speech.notes[0]


def test_clipped_sound_is_said() -> None:
    loud = Heard(
        0.0, 1.0, (Interval(0, 1),), said("a b").words, (), "by hand", "en", 1.0, clipped_samples=2000
    )
    assert "too loud" in " ".join(assemble([loud], "by hand").notes)


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("go " * 5, True),
        ("a b " * 5, True),
        (f"{FULL} " * 3, True),
        (f"{FULL} " * 2, False),
        (FULL, False),
        ("so so so", False),
    ],
)
def test_loops_are_told_from_speech(text: str, loop: bool) -> None:
    assert loops(said(text).words) is loop


def test_words_hurried_into_one_moment_are_the_decoders() -> None:
    assert loops(said(FULL, step=0.03).words)
    assert not loops(said(FULL, step=0.1).words)
    assert not loops(tuple(Word(text) for text in FULL.split()))


def test_a_failed_engine_hands_over_and_says_so() -> None:
    def fail(_: str | None) -> Transcript:
        raise RehearseError("The speech endpoint answered 500.", "Try later.")

    broken = Engine(fail)
    broken.name = "endpoint"
    chain = Chain([broken, Engine(lambda _: said("hello"))])
    assert chain.transcribe(np.zeros(10, np.float32), prompt=None).text == "hello"
    assert "endpoint failed" in chain.notes[0]
    assert chain.name == "by hand"


def test_when_every_engine_fails_the_recording_is_kept_and_typing_offered() -> None:
    def fail(_: str | None) -> Transcript:
        raise RehearseError("No model.", "")

    with pytest.raises(RehearseError, match="type the answer"):
        Chain([Engine(fail)]).transcribe(np.zeros(10, np.float32), prompt=None)


def test_telephone_sound_is_told_when_most_of_the_speech_has_it() -> None:
    def part(narrow: bool) -> Heard:
        return replace(
            Heard(0.0, 1.0, (Interval(0, 1),), said("a b").words, (), "by hand", "en", 0.5, 0), narrow=narrow
        )

    assert "telephone quality" in " ".join(assemble([part(True), part(True), part(False)], "by hand").notes)
    assert assemble([part(True), part(False)], "by hand").notes == ()


def test_sound_that_ends_at_four_kilohertz_is_recognised() -> None:
    wide = np.random.default_rng(3).normal(0, 0.1, 2 * RATE).astype(np.float32)
    spectrum = np.fft.rfft(wide)
    spectrum[len(spectrum) // 2 :] = 0
    assert not is_narrow(wide)
    assert is_narrow(np.fft.irfft(spectrum).astype(np.float32))


@pytest.mark.parametrize(
    "held",
    [
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "A-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-",
        "na-na-na-na-na-na-na-na-na-na-na",
    ],
)
def test_a_syllable_that_the_decoder_holds_on_to_is_a_loop(held: str) -> None:
    assert loops(said(f"so we have {held}").words)


@pytest.mark.parametrize(
    "word",
    [
        "antidisestablishmentarianism-like-behaviour",
        "I-I-I",
        "https://aaa.example.com/aaa/aaa/aaa",
        "1-2-3-4-5-6",
    ],
)
def test_a_long_word_or_a_stammer_is_no_loop(word: str) -> None:
    assert not loops(said(f"so we have {word}").words)


class Looping(Engine):
    """Writes one filler again and again; given less sound than `seconds`, it hears it once."""

    def __init__(self, seconds: float) -> None:
        super().__init__(lambda _: said(FULL))
        self._seconds = seconds

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        if prompt != FILLER_PROMPT:
            return super().transcribe(samples, prompt=prompt)
        looping = len(samples) >= self._seconds * RATE
        begins = (0.5, 0.5, 0.55, 0.6, 1.5, 1.5) if looping else (0.5,)
        return Transcript(tuple(Word("uh", at, at + 0.3, 0.9) for at in begins), "by hand", "en")


def in_two_parts() -> Chunk:
    return chunk(4.2, (Interval(0.0, 1.9), Interval(2.1, 4.0)))


def test_fillers_at_one_instant_are_heard_once_more_in_two_parts() -> None:
    heard = hear(in_two_parts(), Looping(seconds=3.0), None, fillers=True)
    assert [filler.start_seconds for filler in heard.fillers or ()] == [0.5, 2.5]


def test_fillers_that_loop_again_are_not_counted() -> None:
    heard = hear(in_two_parts(), Looping(seconds=0.0), None, fillers=True)
    assert heard.fillers is None
    assert assemble([heard], "by hand").fillers is None
    assert hear(chunk(), Looping(seconds=3.0), None, fillers=True).fillers is None


@pytest.mark.parametrize(
    ("again", "found"),
    [
        ("uh some more words words words words words um and that is all", ["uh", "um"]),
        ("uh some more words words words words words words words words", None),
        ("some more uh uh uh uh uh uh and that is all", None),
    ],
)
def test_a_word_that_a_person_repeats_is_no_reason_not_to_count(again: str, found: list[str] | None) -> None:
    engine = Engine(lambda _: said(again))
    heard = hear(chunk(8.0), engine, None, fillers=True)
    assert (None if heard.fillers is None else [filler.text for filler in heard.fillers]) == found


def test_two_fillers_closer_than_anybody_says_them_are_one() -> None:
    again = Transcript(tuple(Word("uh", at, at + 0.1, 0.9) for at in (0.5, 0.7, 1.5)), "by hand", "en")
    engine = Engine(lambda prompt: again if prompt == FILLER_PROMPT else said(FULL))
    heard = hear(chunk(2.0), engine, None, fillers=True)
    assert [filler.start_seconds for filler in heard.fillers or ()] == [0.5, 1.5]


def test_a_stretch_that_the_filler_pass_passed_over_is_heard_alone() -> None:
    class Tired(Engine):
        def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
            if prompt == FILLER_PROMPT:
                return said("um one two three" if len(samples) > 5 * RATE else "four uh five six")
            return super().transcribe(samples, prompt=prompt)

    heard = hear(chunk(6.0), Tired(lambda _: said(f"{FULL} nine ten eleven twelve")), None, fillers=True)
    assert [(filler.text, filler.start_seconds) for filler in heard.fillers or ()] == [
        ("um", 0.0),
        ("uh", 2.5),
    ]


def test_a_local_engine_hears_with_the_glossary_and_without_and_each_once() -> None:
    engine = Engine(lambda prompt: said(f"um {FULL}" if prompt == FILLER_PROMPT else FULL[4:]))
    hear(chunk(), engine, "PostgreSQL", fillers=True)
    assert engine.prompts == ["PostgreSQL", FILLER_PROMPT, None]


@pytest.mark.parametrize("text", [FULL, "Redis holds one two three four five Kafka"])
def test_two_hearings_that_agree_outvote_a_third_so_it_is_not_asked(text: str) -> None:
    engine = Engine(lambda prompt: said(f"um {text}" if prompt == FILLER_PROMPT else text))
    heard = hear(chunk(5.0), engine, "PostgreSQL", fillers=True)
    assert engine.prompts == ["PostgreSQL", FILLER_PROMPT]
    assert [word.text for word in heard.words] == text.split()
    assert [filler.text for filler in heard.fillers or ()] == ["um"]


def test_technical_words_alone_are_heard_once_when_no_third_hearing_decides() -> None:
    engine = Engine(lambda _: said("Redis holds one two three four five Kafka"))
    hear_words(chunk(), engine, "PostgreSQL")
    hear_words(chunk(), Engine(lambda _: said(FULL)), "PostgreSQL")
    assert engine.prompts == ["PostgreSQL"]


class InHalves(Engine):
    """Calls the whole German, and its halves what `halves` says, with the confidence given."""

    def __init__(self, *halves: tuple[str, float]) -> None:
        super().__init__(lambda _: said(FULL))
        self._halves = [*halves]
        self._asked: list[Samples] = []

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        if len(samples) > 5 * RATE:
            return Transcript((), "by hand", "de")
        if not self._asked or self._asked[-1] is not samples:
            self._asked.append(samples)
        language, sure = self._halves[len(self._asked) - 1]
        words = tuple(replace(word, confidence=sure) for word in said(FULL).words)
        return Transcript(words if language == "en" else (), "by hand", language)


def called_german(*halves: tuple[str, float]) -> Heard:
    spans = (Interval(0.0, 4.0), Interval(4.4, 8.4))
    return hear(chunk(8.4, spans), InHalves(*halves), "PostgreSQL", fillers=True)


def test_the_english_half_of_a_chunk_called_german_keeps_its_words_and_the_other_is_told() -> None:
    heard = called_german(("de", 0.9), ("en", 0.9))
    assert " ".join(word.text for word in heard.words) == FULL
    assert heard.words[0].start_seconds == 4.4
    assert heard.fillers is None
    speech = assemble([heard], "by hand")
    assert speech.transcript.language == "en"
    assert "About 4 s sounded like German." in speech.notes[0]


def test_english_called_german_as_a_whole_and_english_by_halves_is_english() -> None:
    heard = called_german(("en", 0.9), ("en", 0.9))
    assert len(heard.words) == 16
    assert heard.foreign == ()
    assert assemble([heard], "by hand").notes == ()


def test_english_words_that_the_engine_doubts_are_not_believed_of_a_chunk_called_german() -> None:
    heard = called_german(("en", 0.5), ("de", 0.9))
    assert heard.words == ()
    assert heard.language == "de"


def test_a_server_that_gives_no_confidence_is_not_asked_twice_for_words() -> None:
    words = tuple(replace(word, confidence=None) for word in said(FULL).words)
    engine = Engine(lambda _: Transcript(words, "by hand", "en"))
    hear(chunk(), engine, "PostgreSQL", fillers=False)
    assert engine.prompts == ["PostgreSQL"]


class Bilingual(Engine):
    """Hears all as English, and a part of it alone as German; how sure it is of each word is given."""

    def __init__(self, sure: list[float], alone: str) -> None:
        words = tuple(Word(f"w{at}", at * 0.5, at * 0.5 + 0.5, share) for at, share in enumerate(sure))
        super().__init__(lambda _: Transcript(words, "by hand", "en"))
        self.alone = alone
        self.seconds: list[float] = []

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        self.seconds.append(len(samples) / RATE)
        if len(self.seconds) == 1:
            return super().transcribe(samples, prompt=prompt)
        return Transcript((), "by hand", self.alone)


SURE, UNSURE = [0.95] * 8, [0.4] * 8


def in_two_languages(engine: Bilingual) -> Heard:
    spans = (Interval(0.0, 4.0), Interval(4.3, 7.9), Interval(8.2, 12.0))
    return hear(chunk(12.0, spans), engine, None, fillers=False)


def test_a_stretch_that_alone_is_another_language_has_no_words_and_a_note() -> None:
    heard = in_two_languages(Bilingual([*SURE, *UNSURE, *SURE], "de"))
    assert [word.text for word in heard.words] == [f"w{at}" for at in (*range(8), *range(16, 24))]
    speech = assemble([heard], "by hand")
    assert speech.transcript.language == "en"
    assert "About 4 s sounded like German." in speech.notes[0]


def test_an_unsure_stretch_of_english_keeps_its_words() -> None:
    heard = in_two_languages(Bilingual([*SURE, *UNSURE, *SURE], "en"))
    assert len(heard.words) == 24
    assert heard.foreign == ()


def test_words_that_were_heard_well_are_not_listened_to_again() -> None:
    engine = Bilingual([*SURE, *SURE, *SURE], "de")
    assert len(in_two_languages(engine).words) == 24
    assert len(engine.seconds) == 1
