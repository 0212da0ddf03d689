"""A question that the loudspeaker put into the recording is not the candidate's."""

from __future__ import annotations

from dataclasses import replace

from analysis.speech.echo import without_echo
from data.domain import Filler, Interval, Speech, Transcript, Word

QUESTION = "How would you keep a cache fresh?"
ASKED = Interval(1.0, 4.0)


def heard(*parts: tuple[float, str]) -> Speech:
    words = [
        Word(word, start + 0.4 * place, start + 0.4 * place + 0.3, 0.9)
        for start, text in parts
        for place, word in enumerate(text.split())
    ]
    voiced = tuple(Interval(start, start + 0.4 * len(text.split())) for start, text in parts)
    return Speech(Transcript(tuple(words), "by hand", "en"), voiced, (), 20.0)


def test_the_question_is_taken_out_and_the_answer_stays() -> None:
    speech = heard((1.1, "how would you keep the cache fresh"), (6.0, "I would keep a time to live"))
    answer = without_echo(speech, QUESTION, ASKED)
    assert answer.transcript.text == "I would keep a time to live"
    assert answer.voiced == (Interval(6.0, 6.0 + 0.4 * 7),)


def test_a_microphone_that_did_not_hear_it_changes_nothing() -> None:
    speech = heard((6.0, "I would keep a time to live"))
    assert without_echo(speech, QUESTION, ASKED) is speech


def test_somebody_who_speaks_over_the_voice_keeps_their_words() -> None:
    speech = heard((1.5, "sorry can I ask something"))
    assert without_echo(speech, QUESTION, ASKED) is speech


def test_voice_that_goes_on_after_the_question_is_kept_from_there() -> None:
    speech = replace(
        heard((1.1, "how would you keep a cache fresh")),
        voiced=(Interval(1.1, 9.0),),
        fillers=(Filler("um", 2.0, 2.2, "filled_pause"), Filler("um", 5.0, 5.2, "filled_pause")),
    )
    answer = without_echo(speech, QUESTION, ASKED)
    assert answer.voiced[0].start_seconds > ASKED.end_seconds
    assert [filler.start_seconds for filler in answer.fillers or ()] == [5.0]
