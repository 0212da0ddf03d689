"""Correcting words, captions, verbal fillers, word times, vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.speech.captions import to_webvtt
from analysis.speech.edit import edit_transcript
from analysis.speech.glossary import PROMPT_TERMS, terms_of, vocabulary_prompt
from analysis.speech.verbal import verbal_fillers
from analysis.speech.word_times import settle, spread
from data.domain import Interval, Transcript, Turn, Word


def timed(text: str, step: float = 0.5) -> Transcript:
    words = tuple(
        Word(word, step * place, step * place + 0.4, 0.9) for place, word in enumerate(text.split())
    )
    return Transcript(words, "test", "en")


def test_a_replaced_word_takes_the_time_of_what_it_replaces() -> None:
    edited = edit_transcript(timed("we keep it in red is now"), "we keep it in Redis now")
    redis = edited.words[4]
    assert redis.text == "Redis"
    assert (redis.start_seconds, redis.end_seconds) == (2.0, 2.9)
    assert redis.confidence is None
    assert edited.words[5].start_seconds == 3.0
    assert edited.words[0].confidence == 0.9


def test_punctuation_changes_no_time() -> None:
    original = timed("first the load then the cache")
    edited = edit_transcript(original, "First, the load; then the cache.")
    assert [w.start_seconds for w in edited.words] == [w.start_seconds for w in original.words]
    assert edited.text == "First, the load; then the cache."


def test_an_inserted_word_lies_between_its_neighbours() -> None:
    edited = edit_transcript(timed("the leader writes", step=1.0), "the elected leader writes")
    start, end = edited.words[1].start_seconds, edited.words[1].end_seconds
    assert start is not None
    assert end is not None
    assert 0.4 <= start <= end <= 1.0


def test_words_typed_into_an_untimed_transcript_have_no_times() -> None:
    edited = edit_transcript(Transcript((Word("one"),), "typed"), "one two")
    assert [word.start_seconds for word in edited.words] == [None, None]


def test_captions_are_at_most_two_lines_of_forty_two_characters() -> None:
    text = "Every node keeps a token bucket for each user in Redis behind a load balancer. " * 4
    captions = to_webvtt(timed(text.strip(), step=0.4))
    assert captions.startswith("WEBVTT\n\n")
    cues = [cue.splitlines() for cue in captions.removeprefix("WEBVTT\n\n").strip().split("\n\n")]
    assert len(cues) > 4
    assert all(" --> " in cue[0] and 1 <= len(cue[1:]) <= 2 for cue in cues)
    assert all(len(line) <= 42 for cue in cues for line in cue[1:])
    assert " ".join(line for cue in cues for line in cue[1:]) == text.strip()


def test_captions_leave_out_words_without_a_time_and_name_the_speaker() -> None:
    turn = Turn(1, "candidate", "hello there", (Word("hello", 0.0, 0.5), Word("there")))
    captions = to_webvtt([turn])
    assert "<v Candidate>hello" in captions
    assert "there" not in captions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("we would, you know, shard it", ["you know"]),
        ("you know what a shard is", []),
        ("it is, like, a queue", ["like"]),
        ("it looks like a queue", []),
        ("this kind of index", []),
        ("I mean, the leader fails", ["i mean"]),
    ],
)
def test_verbal_fillers_are_told_from_content(text: str, found: list[str]) -> None:
    said = [filler.text.lower().strip(",") for filler in verbal_fillers(timed(text).words)]
    assert said == found


def test_words_said_where_nobody_spoke_are_dropped() -> None:
    words = (Word("real", 1.0, 1.4), Word("ghost", 9.0, 9.3))
    assert [word.text for word in settle(words, (Interval(0.9, 2.0),))] == ["real"]


def test_words_without_times_are_spread_over_the_voice() -> None:
    placed = spread((Word("aa"), Word("bb")), (Interval(1.0, 2.0), Interval(5.0, 6.0)))
    assert [(word.start_seconds, word.end_seconds) for word in placed] == [(1.0, 2.0), (2.0, 6.0)]


def test_the_vocabulary_is_general_and_takes_a_users_own_terms(tmp_path: Path) -> None:
    own = tmp_path / "terms.txt"
    own.write_text("# ours\nFrobnicator\n")
    assert "PostgreSQL" in vocabulary_prompt()
    assert "Frobnicator" in vocabulary_prompt(own)


def test_the_terms_of_a_prompt_are_its_list_without_the_sentences() -> None:
    terms = terms_of(vocabulary_prompt())
    assert len(terms) == PROMPT_TERMS
    assert "PostgreSQL" in terms
    assert not any("think" in term for term in terms)
    assert terms_of("Redis, Kafka.") == ("Redis", "Kafka")
