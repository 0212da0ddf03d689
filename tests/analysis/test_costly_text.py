"""No text that somebody writes keeps everybody waiting: what reads it looks at each sign a few times only.

Every test here takes a moment; with a cost that grows by the square or cube it would not end.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.interview.moves.commands import hear_command
from analysis.reading import sentences as reading
from analysis.reading.sentences import sentences
from analysis.reading.word_diff import opcodes
from analysis.reviewing.attempt_pairs import word_changes
from analysis.speech.edit import edit_transcript
from analysis.written.coding import comment_turns
from analysis.written.mermaid import read_diagram
from data.code_tasks import read_task
from data.domain import Answer, Question, Transcript, Turn, Word

pytestmark = pytest.mark.timeout(120)
LONG = 400_000
UNITS = (
    "\n",
    "\n ",
    ".",
    ".\n",
    "!?",
    " ",
    "\t",
    ",",
    "ok ",
    "no wait ",
    "a b ",
    "1,",
    "- ",
    "/*",
    "like ",
    "(",
)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_long_rows_of_one_sign_are_read_in_a_moment(unit: str) -> None:
    row = unit * (LONG // len(unit)) + "x"
    sentences(row if not any(sign.isalnum() for sign in unit) else row[:50_000])
    hear_command(row)
    read_diagram(f"flowchart LR\n{row}"[:20_000])
    read_diagram(f"sequenceDiagram\n{row}"[:20_000])


@pytest.mark.parametrize("unit", ["/*", "//", "/", "*", '"""', "#"])
def test_comments_of_code_are_found_in_a_moment(unit: str) -> None:
    question = Question("q", "coding", "mid", "Q", "?", "t", ("coding",), 4.0)
    comment_turns(Answer(question, (Turn(0, "candidate", unit * 25_000, kind="code"),)))


def test_tests_of_ten_thousand_lines_are_read_in_a_moment() -> None:
    found: list[str] = []
    read_task(
        "x = 1", "\n" * LONG + "## A\nassert x\n" + "## " + " " * LONG + "\n", "coding", lambda *a: None
    )
    assert found == []


def test_texts_of_one_word_are_compared_in_a_moment() -> None:
    before, after = "x " + "a " * 20_000 + "y", "z " + "a b " * 10_000 + "w"
    assert word_changes(before, after)[0].kind == "removed"
    words = tuple(Word(word, float(at), at + 1.0) for at, word in enumerate(before.split()))
    assert len(edit_transcript(Transcript(words, "e"), after).words) == len(after.split())


WORDS = st.lists(st.sampled_from("abc"), max_size=12)


@given(WORDS, WORDS)
def test_a_comparison_takes_the_one_to_the_other(before: list[str], after: list[str]) -> None:
    made: list[str] = []
    at = 0
    for tag, start, end, new_start, new_end in opcodes(before, after):
        assert start == at
        at = end
        assert tag != "equal" or before[start:end] == after[new_start:new_end]
        made += after[new_start:new_end]
    assert at == len(before) and made == after


OLD_STOP = re.compile(r"(?<![\s.][a-zA-Z])[.!?;:\n]+(?=\s|$)")
OLD_ITEM = re.compile(r"\n\s*(?:[-*•]|\(?\d{1,2}[.)])\s+")


@given(st.text(alphabet=".!?;:\n \tab1-(e)", max_size=14))
def test_sentences_end_where_the_short_patterns_say(text: str) -> None:
    assert list(reading._stops(text)) == [found.end() for found in OLD_STOP.finditer(text)]
    assert list(reading._items(text)) == [found.span() for found in OLD_ITEM.finditer(text)]
