"""Terms in their usual spelling, and nothing else touched."""

from __future__ import annotations

import pytest

from analysis.speech.spelling import mishearings, respell
from data.domain import Word


def timed(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, float(place), place + 0.8, 0.9) for place, word in enumerate(text.split()))


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("every handler is eyed potent.", "every handler is idempotent."),
        ("an Eyed-potency key", "an idempotency key"),
        ("stateless G-RPC services", "stateless gRPC services"),
        ("behind engine X, then", "behind nginx, then"),
        ("we use Elastic search here", "we use Elasticsearch here"),
    ],
)
def test_a_known_mishearing_is_written_as_the_term(heard: str, written: str) -> None:
    assert " ".join(word.text for word in respell(timed(heard))) == written


@pytest.mark.parametrize(
    "text", ["an important key", "the engine starts", "a write and a read", "cap the queue"]
)
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert respell(timed(text)) == timed(text)


def test_a_joined_term_keeps_the_time_it_spans_and_the_lower_confidence() -> None:
    words = (Word("eyed", 1.0, 1.4, 0.3), Word("potent,", 1.4, 2.0, 0.8))
    assert respell(words) == (Word("idempotent,", 1.0, 2.0, 0.3),)


def test_words_without_times_stay_without() -> None:
    assert respell((Word("poster"), Word("SQL"))) == (Word("PostgreSQL"),)


def test_no_mishearing_is_an_everyday_phrase() -> None:
    assert all(len(phrase) > 1 or phrase[0] not in {"right", "charge", "sheet"} for phrase in mishearings())
