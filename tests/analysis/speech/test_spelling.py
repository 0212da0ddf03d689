"""Terms in their usual spelling, and nothing else touched."""

from __future__ import annotations

import re
from itertools import zip_longest

import pytest

from analysis.speech.spelling import LONGEST, mishearings, respell
from data.domain import Word
from tests.stored import shipped_questions


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
        ("a right-ahead log, then", "a write-ahead log, then"),
        ("the cash hit rate falls", "the cache hit rate falls"),
        ("to a dead letter cue.", "to a dead-letter queue."),
        ("three sharts each", "three shards each"),
        ("an LSM-3 for the writes", "an LSM tree for the writes"),
        ("keys follow a zip distribution.", "keys follow a Zipf distribution."),
        ("by Zip's law", "by Zipf's law"),
        ("a B3 index on disk", "a B-tree index on disk"),
        ("behind NGNX.", "behind nginx."),
        ("kept in et cd", "kept in etcd"),
        ("a proto buff message", "a protobuf message"),
    ],
)
def test_a_known_mishearing_is_written_as_the_term(heard: str, written: str) -> None:
    assert " ".join(word.text for word in respell(timed(heard))) == written


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


EVERYDAY = (
    "That gives the right latency and the right throughput, right? We read the latest, right. "
    "You pay cash at the end of the month, and the cash flow is fine. Take your cue from the customer. "
    "The radius of the circle, the red one, repeats. I was right ahead of the others in the queue. "
    "The movie and its sequel were too long. We sat at the far end plus a bit. She is a big fan. "
    "It is fancy, and it fails over time. My team back then had a base of rights and duties. "
    "Send me the zip file, and the zip code of the distribution center. The vitamin B3 is in it. "
    "The data is skewed to the right, and right skew is common. We took a raft. The proto type. "
    "Look at the clock; the house is dark. He had the rights to it. Just follow through and put it down."
)


def test_everyday_speech_is_left_alone() -> None:
    assert respell(timed(EVERYDAY)) == timed(EVERYDAY)


def test_what_the_question_bank_says_is_left_alone() -> None:
    """Engineers wrote it as terms are spelled: at most a hyphen or a capital may change."""
    for question in shipped_questions():
        said = timed(question.text)
        changed = [(a, b) for a, b in zip_longest(said, respell(said)) if a != b]
        assert _letters(" ".join(w.text for w in respell(said))) == _letters(question.text), changed[:3]


@pytest.mark.parametrize("line", mishearings().items(), ids=lambda line: " ".join(line[0]))
def test_a_mishearing_changes_something(line: tuple[tuple[str, ...], str]) -> None:
    heard, meant = line
    assert " ".join(heard) != meant
    assert len(heard) <= LONGEST


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
