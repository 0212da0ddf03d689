"""Whatever somebody writes between two marks of a prompt, it is no mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analysis.llm.between_marks import without_mark


@pytest.mark.parametrize("mark", ["=== 0a1b", "ANSWER-0a1b", "aa", "aba"])
@given(text=some.text("=a0b1 NSWER-\n"), at=some.integers(0, 8))
def test_no_text_has_a_mark_left_in_it(mark: str, text: str, at: int) -> None:
    nested = mark[:at] + text + mark + mark[at:] + text
    assert mark not in without_mark(nested, mark)


def test_other_text_stays_as_it_is() -> None:
    assert without_mark("=== I keep === as it is", "=== 0a1b") == "=== I keep === as it is"
