"""Words are kept as a reader sees them: no letter hides, none is lost."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.answering.one_answer import typed_speech
from analysis.live.typed_floor import TypedFloor
from analysis.reading.sentences import sentences
from analysis.speech.edit import edit_transcript
from analysis.speech.hosted_reply import read_told
from analysis.written.drafts import within_limits
from data.domain import Change, Draft, Transcript, Word
from data.domain.letters import visible
from data.questions import parse_questions

FULL_WIDTH = "ｃａｃｈｅ"
HIDDEN = "ca\u200bc\u2060he"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (FULL_WIDTH, "cache"),
        (HIDDEN, "cache"),
        ("c\u00ada\ufeffche", "cache"),
        ("𝐜𝐚𝐜𝐡𝐞 𝓬𝓪𝓬𝓱𝓮 ⓒⓐⓒⓗⓔ", "cache cache cache"),
        ("c\u0336a\u0336c\u0336h\u0336e\u0336", "cache"),
        ("cache\U000e0061\ufe0f", "cache"),
        ("evil \u202eehcac\u202c", "evil ehcac"),
        ("ﬁve ｒｅｐｌｉｃａｓ（３）", "five replicas(3)"),
        ("cafe\u0301", "café"),
        ("two\u00a0words", "two words"),
        ("a\x00b\x1bc\td\ne", "abc\td\ne"),
        ("half \ud83d of it", "half � of it"),
        ("two halves \ud83d\ude00", "two halves 😀"),
    ],
)
def test_letters_that_only_look_different_become_the_usual_ones(written: str, read: str) -> None:
    assert visible(written) == read


@pytest.mark.parametrize(
    "text",
    ["O(n²) in 5 µs", "½ of it …", "x₁ → x₂", "naïve Straße", "キャッシュ", "“quoted” – yes", "10 × 5 ≈ 50"],
)
def test_what_reads_well_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(st.text(max_size=60))
def test_once_is_enough_and_nothing_hides(text: str) -> None:
    made = visible(text)
    assert visible(made) == made
    assert not any(
        unicodedata.category(sign) == "Cf" and sign != "\u2061" for sign in made if sign < "\u0600"
    )


@pytest.mark.parametrize("word", [FULL_WIDTH, HIDDEN])
def test_no_border_lets_a_hidden_word_in(word: str) -> None:
    typed = typed_speech(f"I add a {word}").transcript.text
    floor = TypedFloor(Draft(f"I add a {word}", "tab.1"), lambda _: None)
    corrected = edit_transcript(Transcript((Word("one"),), "e"), f"I add a {word}").text
    recognised = read_told(json.dumps({"text": f"I add a {word}"}))
    heard = " ".join(one.text for one in recognised.words)
    for text in (typed, floor.last_words().text, corrected, heard):
        assert text == "I add a cache" and "cache" in sentences(text)[0].words


def test_half_a_sign_comes_in_with_no_change_of_a_draft() -> None:
    change = within_limits(Change("half \ud83d", "tab.1", "\ud83d"))
    assert (change.text, change.base) == ("half �", "�")


def test_a_question_is_loaded_as_it_is_read_and_its_code_as_it_is_written() -> None:
    row = f"- id: a\n  category: coding\n  level: mid\n  topic: t\n  title: The {FULL_WIDTH}\n"
    row += "  question: q\n  competencies: [coding]\n  minutes: 4\n  tags: [x]\n"
    row += f'  starter: \'x = "{FULL_WIDTH}"\'\n  tests: "## A\\nassert x"\n'
    (question,) = parse_questions(row.encode(), "mine.yaml")
    assert question.title == "The cache"
    assert question.task is not None and FULL_WIDTH in question.task.starter
