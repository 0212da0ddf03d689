"""A text of nothing but numbers is looked at up to a count, and whoever reads the steps is told so."""

from __future__ import annotations

import pytest

from analysis.estimates import check, check_capacity, left_unread
from analysis.estimates.chains import Chain, Context, Operand, chains
from analysis.estimates.quantities_found import find_quantities
from analysis.estimates.quantity import LONGEST_WINDOW, MOST_NEAR, MOST_QUANTITIES, Quantity
from data.domain import Answer, Turn
from data.questions import question_by_id
from tests.stored import shipped_questions

QUESTION = question_by_id(shipped_questions(), "url-shortener")
SUM = "We have 40 writes a second times 500 bytes, that is 20 kB a second. "


def answer(text: str) -> Answer:
    return Answer(QUESTION, (Turn(0, "interviewer", "How much?"), Turn(1, "candidate", text)))


@pytest.mark.parametrize("repeated", ["1 ", "10 million ", "7% ", "1 user. ", "so 10 times 20 is 200 "])
def test_numbers_beyond_a_count_cost_nothing_and_that_is_said(repeated: str) -> None:
    assert len(find_quantities(repeated * 4000)) == MOST_QUANTITIES
    assert f"first {MOST_QUANTITIES} numbers" in left_unread(answer(repeated * 4000))


def test_a_result_looks_back_a_bounded_way(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def counted(result: Quantity, operands: list[Operand], context: Context) -> list[Chain]:
        looked_at.append(len(operands))
        return list(chains(result, operands[-2:], context))

    monkeypatch.setattr(check, "chains", counted)
    check_capacity(answer("1 " * 4000))
    assert looked_at and max(looked_at) <= MOST_NEAR + check.REMEMBERED + 2


def test_the_steps_before_the_limit_are_the_same_with_and_without_what_follows() -> None:
    alone = check_capacity(answer(SUM))
    assert alone and check_capacity(answer(SUM + "word " * 9000 + "1 " * 900))[: len(alone)] == alone


def test_an_usual_answer_is_looked_at_whole() -> None:
    assert left_unread(answer(SUM * 10)) == "" and len(SUM * 10) < LONGEST_WINDOW
