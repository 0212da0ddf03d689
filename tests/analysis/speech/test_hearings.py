"""Which words of several hearings of one sound are believed."""

from __future__ import annotations

import pytest

from analysis.speech.hearings import Hearings, agreed, with_terms
from data.domain import Word

Words = tuple[Word, ...]


def heard(text: str, sure: float = 0.9, step: float = 0.5) -> Words:
    return tuple(
        Word(word, place * step, place * step + step, sure) for place, word in enumerate(text.split())
    )


def unsure(text: str, *places: int) -> Words:
    return tuple(
        Word(word.text, word.start_seconds, word.end_seconds, 0.3 if place in places else 0.9)
        for place, word in enumerate(heard(text))
    )


def text(words: Words) -> str:
    return " ".join(word.text for word in words)


def test_what_people_say_comes_from_the_hearing_without_the_glossary() -> None:
    prompted = heard("rather selfish is to be all disposed")
    plainly = heard("rather selfish is to be ill disposed")
    assert text(Hearings(prompted, plainly).words()) == "rather selfish is to be ill disposed"


def test_a_term_that_only_the_glossary_brought_is_taken_where_it_fits_the_sound() -> None:
    prompted = heard("we publish events to Kafka for this")
    plainly = unsure("we publish events to capital for this", 4)
    assert text(Hearings(prompted, plainly).words()) == "we publish events to Kafka for this"


@pytest.mark.parametrize(
    ("plainly", "prompted"),
    [
        ("and it was behind the curtain", "and it was p99 the curtain"),
        ("we waited in the warm rooms", "we waited in the quorum rooms"),
        ("the team meets in the lobby", "the team meets in the latency"),
    ],
)
def test_a_term_that_does_not_fit_what_was_clearly_heard_is_not_taken(plainly: str, prompted: str) -> None:
    assert text(Hearings(heard(prompted), heard(plainly)).words()) == plainly


def test_a_term_from_another_moment_is_not_taken() -> None:
    plainly = (Word("red", 0.0, 0.4, 0.3), Word("his", 9.0, 9.4, 0.3))
    assert with_terms(plainly, (Word("Redis", 4.0, 4.6, 0.9),)) == plainly


def test_several_words_that_sound_like_one_term_give_way_to_it_and_it_keeps_its_own_time() -> None:
    plainly = (
        Word("with", 0.0, 0.4, 0.9),
        Word("post", 0.5, 0.8, 0.4),
        Word("the", 0.8, 0.9, 0.4),
        Word("rescue", 0.9, 1.4, 0.4),
    )
    prompted = (Word("with", 0.0, 0.4, 0.9), Word("PostgreSQL", 0.5, 1.4, 0.5))
    assert with_terms(plainly, prompted) == prompted


def test_a_term_inside_a_hyphenated_word_is_a_term() -> None:
    words = Hearings(heard("so cross-shard joins cost"), unsure("so cross-sharp joins cost", 1)).words()
    assert text(words) == "so cross-shard joins cost"


def test_other_words_of_a_technical_stretch_come_from_the_hearing_with_the_glossary() -> None:
    prompted = heard("Redis and Kafka hold the replicated state")
    plainly = heard("Redis and Kafka hold the complicated state")
    assert text(Hearings(prompted, plainly).words()) == text(prompted)


def test_what_two_hearings_agree_on_goes_before_what_one_heard() -> None:
    first, second = "I have a cold so I apply some quite", "I have a cold so I probably sound quite"
    assert text(agreed(heard(first), heard(second), heard(second))) == second
    assert text(agreed(heard(first), heard(second), heard("I have a cold so I quite"))) == first
    assert text(agreed(heard("it is good"), heard("it is good thanks"), heard("is good thanks"))) == (
        "it is good thanks"
    )
    assert text(agreed(heard("it is is good"), heard("it is good"), heard("it is good"))) == "it is good"


def test_fillers_of_the_third_hearing_do_not_come_among_the_words() -> None:
    words = Hearings(heard("um so we wait"), heard("so we wait")).words(heard("um so we wait"))
    assert text(words) == "so we wait"


def test_two_hearings_do_not_bring_a_term_back_that_they_misheard() -> None:
    plainly = unsure("we write events to capital with Redis", 4)
    prompted = heard("we write events to Kafka with Redis")
    assert text(Hearings(prompted, plainly).words(plainly)) == text(prompted)


def test_words_of_several_hearings_stand_in_the_order_of_their_times() -> None:
    prompted = (Word("so", 0.0, 0.3, 0.9), Word("Redis", 0.2, 0.8, 0.9), Word("helps", 0.9, 1.2, 0.9))
    plainly = (Word("so", 0.5, 0.6, 0.9), Word("reddish", 0.6, 0.8, 0.3), Word("helps", 0.8, 1.2, 0.9))
    words = Hearings(prompted, plainly).words()
    assert text(words) == "so Redis helps"
    begins = [word.start_seconds or 0.0 for word in words]
    assert begins == sorted(begins)


def test_one_hearing_alone_is_believed_in_the_usual_spelling() -> None:
    assert text(Hearings(heard("an eyed potent call")).words()) == "an idempotent call"
