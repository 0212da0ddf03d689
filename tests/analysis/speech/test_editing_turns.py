"""Correcting the words of a conversation keeps who said what, and what invited it."""

from __future__ import annotations

from analysis.speech.edit import edit_transcript, edit_turns
from data.domain import Transcript, Turn, Word


def words(text: str, start: float) -> tuple[Word, ...]:
    return tuple(Word(word, start + n, start + n + 0.5) for n, word in enumerate(text.split()))


FIRST, SECOND = words("I would use a cash", 0.0), words("then it throws", 20.0)
TURNS = (
    Turn(0, "interviewer", "Design it."),
    Turn(1, "candidate", "I would use a cash", FIRST, "volunteered", 0.0, 4.5),
    Turn(2, "interviewer", "What if it fails?"),
    Turn(3, "candidate", "then it throws", SECOND, "prompted", 20.0, 22.5),
)
HEARD = Transcript((*FIRST, *SECOND), "test")


def edited(text: str) -> tuple[Turn, ...]:
    return edit_turns(TURNS, HEARD, edit_transcript(HEARD, text))


def test_a_corrected_word_stays_in_its_turn_with_its_time() -> None:
    turns = edited("I would use a cache then it throws errors")
    assert [turn.text for turn in turns] == [
        "Design it.",
        "I would use a cache",
        "What if it fails?",
        "then it throws errors",
    ]
    assert turns[3].elicitation == "prompted"
    assert turns[1].words[4].start_seconds == 4.0


def test_a_turn_that_loses_all_its_words_is_left_out_and_the_rest_is_counted_anew() -> None:
    turns = edited("then it throws")
    assert [(turn.index, turn.speaker, turn.text) for turn in turns] == [
        (0, "interviewer", "Design it."),
        (1, "interviewer", "What if it fails?"),
        (2, "candidate", "then it throws"),
    ]


def test_a_typed_conversation_keeps_its_turns_without_times() -> None:
    typed = tuple(Turn(t.index, t.speaker, t.text, (), t.elicitation) for t in TURNS)
    heard = Transcript(tuple(Word(word.text) for word in HEARD.words), "typed")
    turns = edit_turns(typed, heard, edit_transcript(heard, "Surely I would use a cash then it throws"))
    assert turns[1].text == "Surely I would use a cash"
    assert turns[1].words == () and turns[3].start_seconds is None
