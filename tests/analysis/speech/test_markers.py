"""What an engine writes in brackets is not what somebody said."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.speech.chunks import Chunk
from analysis.speech.hear import hear_words
from analysis.speech.listen import assemble
from analysis.speech.markers import without_markers
from analysis.speech.transcribe import RATE, Readiness, Samples
from data.domain import Interval, Speech, Transcript, Word

BUGS = Path(__file__).parents[2] / "bugs"


def said(text: str) -> tuple[str, tuple[str, ...]]:
    kept, left_out = without_markers([Word(word) for word in text.split()])
    return " ".join(word.text for word in kept), left_out


@pytest.mark.parametrize(
    ("text", "words", "markers"),
    [
        ("[BLANK_AUDIO]", "", ("[BLANK_AUDIO]",)),
        ("(keyboard clicking) put a cache in front", "put a cache in front", ("(keyboard clicking)",)),
        ("Put a cache in front. (coughs) Then shard.", "Put a cache in front. Then shard.", ("(coughs)",)),
        ("We [inaudible] shard it.", "We shard it.", ("[inaudible]",)),
        ("*sighs* we shard it \u266a", "we shard it", ("*sighs*", "\u266a")),
        ("<|nospeech|>", "", ("<|nospeech|>",)),
        ("(Laughs)", "", ("(Laughs)",)),
    ],
)
def test_a_marker_is_left_out_and_told(text: str, words: str, markers: tuple[str, ...]) -> None:
    assert said(text) == (words, markers)


@pytest.mark.parametrize(
    "text",
    [
        "a lookup is O(1) and a scan O(n) in all",
        "the range [0, 10) is half open",
        "read a[0] and then f(x)",
        "the server (or rather its replica) answers",
        "it is the Remote Dictionary Server (Redis)",
        "[ is a bracket",
        "less than < five",
    ],
)
def test_what_was_said_with_a_bracket_in_it_is_kept(text: str) -> None:
    assert said(text) == (text, ())


class Answers:
    """An engine that always gives this text."""

    name = "answers"

    def __init__(self, text: str) -> None:
        self.text = text

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        return Transcript(tuple(Word(word) for word in self.text.split()), self.name, "en")


def heard_of(name: str) -> Speech:
    """Two seconds of voice of which a real server gave this."""
    body = json.loads((BUGS / name).read_text(encoding="utf-8"))
    sound = np.full(2 * RATE, 0.3, np.float32)
    chunk = Chunk(0.0, sound, (Interval(0.0, 1.9),), 0.3, 0)
    return assemble([hear_words(chunk, Answers(body["text"]), None)], "answers")


def test_the_words_of_an_answer_are_without_markers_and_a_note_says_so() -> None:
    speech = heard_of("stt_sound_marker.json")
    assert speech.transcript.text == "put a cache in front"
    assert "Left out as sounds, not words: (keyboard clicking)." in speech.notes


def test_a_server_that_heard_nothing_but_a_marker_gives_no_words_and_a_note() -> None:
    speech = heard_of("stt_blank_audio_marker.json")
    assert speech.transcript.words == ()
    assert "Left out as sounds, not words: [BLANK_AUDIO]." in speech.notes
