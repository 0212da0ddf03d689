from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.interview.listener.question_forms import asks_in_form, in_one_breath, last_question, pieces


def test_the_last_question_of_a_long_turn_is_found_without_a_question_mark() -> None:
    said = (
        "so I would keep a table with one row for each seat, and a second one for the reservations, which is "
        "small, and for the rest I need to know how many students there are"
    )
    assert last_question(said).endswith("how many students there are")
    assert "one row" not in last_question(said)


def test_questions_in_one_breath_are_taken_apart() -> None:
    assert len(in_one_breath("how many students are there and how long do we keep it")) == 2
    assert len(in_one_breath("is it for students or for everybody")) == 1


@pytest.mark.slow
@given(st.text(max_size=300))
def test_any_text_can_be_taken_apart(said: str) -> None:
    assert all(piece in said for piece in pieces(said))
    assert len(last_question(said)) <= len(said) + 2 * len(pieces(said))
    assert asks_in_form(said + "?")
    in_one_breath(said)
