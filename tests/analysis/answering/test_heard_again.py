"""An answer heard again as English: what changes, and what somebody wrote that stays."""

from __future__ import annotations

from dataclasses import replace

from analysis.answering.heard_again import called_another_language, with_hearing
from analysis.answering.one_answer import with_words
from analysis.speech.languages import ONLY_ENGLISH
from data.domain import AttemptResult, Interval, Speech, Transcript, Turn, Word
from tests.stored import question, result

JAPANESE = f"About 12 s sounded like Japanese. {ONLY_ENGLISH}"
TEXT = "a queue between the two services"


def speech(text: str = TEXT, *notes: str, start: float = 0.5) -> Speech:
    words = tuple(
        Word(word, start + at / 2, start + at / 2 + 0.4, 0.9) for at, word in enumerate(text.split())
    )
    spans = (Interval(start, start + len(words) / 2),) if words else (Interval(0.4, 12.0),)
    return Speech(Transcript(words, "by hand", "en"), spans, (), 12.0, notes)


def misheard(told: Speech | None = None) -> AttemptResult:
    told = told or replace(speech("", JAPANESE), transcript=Transcript((), "by hand", "ja"))
    asked = (Turn(0, "interviewer", "Design it."),)
    return replace(result(), turns=asked, speech=told, notes=("The room was dark.", *told.notes))


def test_an_answer_taken_for_another_language_is_told_from_others() -> None:
    assert called_another_language(misheard())
    assert not called_another_language(replace(misheard(), notes=("The room was dark.",)))


def test_the_words_the_turn_the_pace_and_the_notes_are_those_of_the_new_hearing() -> None:
    again = with_hearing(misheard(), question(), speech())
    assert again.speech is not None and again.speech.transcript.text == TEXT
    assert [turn.text for turn in again.turns][-1] == TEXT
    assert again.notes == ("The room was dark.",)
    assert again.attempt.status == "captured"
    assert again.assessment is None and again.advice is None
    assert again.frames == misheard().frames and again.summaries == misheard().summaries


def test_what_was_said_about_the_new_hearing_is_told() -> None:
    again = with_hearing(misheard(), question(), speech(TEXT, "The microphone was too loud."))
    assert again.notes == ("The room was dark.", "The microphone was too loud.")


def test_words_that_somebody_corrected_stay_and_what_is_heard_lies_beside_them() -> None:
    typed = with_words(misheard(), question(), "I would put a queue there")
    kept = with_hearing(replace(typed, notes=misheard().notes), question(), speech())
    assert kept.speech is not None and kept.speech.heard is not None
    assert kept.speech.transcript.text == "I would put a queue there"
    assert " ".join(word.text for word in kept.speech.heard) == TEXT
    assert kept.turns[-1].text == "I would put a queue there"


def test_a_question_read_aloud_and_taken_out_before_does_not_come_back() -> None:
    before = replace(speech("", JAPANESE), voiced=(Interval(6.0, 12.0),))
    new = speech(f"design it please {TEXT}", start=4.5)
    assert new.transcript.words[0].end_seconds == 4.9
    again = with_hearing(misheard(before), question(), new)
    assert again.speech is not None
    assert again.speech.transcript.text.endswith(TEXT)
    assert not again.speech.transcript.text.startswith("design")
    assert again.speech.voiced == before.voiced


def test_in_a_conversation_each_word_goes_to_the_turn_it_follows() -> None:
    said = speech("we use a cache")
    turns = (
        Turn(0, "interviewer", "Design it."),
        Turn(1, "candidate", "we use", said.transcript.words[:2]),
        Turn(2, "interviewer", "And then?"),
        Turn(3, "candidate", "a cache", said.transcript.words[2:]),
    )
    before = replace(said, voiced=(Interval(0.4, 12.0),), notes=(JAPANESE,))
    kept = replace(misheard(before), turns=turns)
    again = with_hearing(kept, question(), speech("we use a cache and a queue"))
    assert [turn.text for turn in again.turns] == ["Design it.", "we use", "And then?", "a cache and a queue"]
