"""A text of nothing but numbers is looked at up to a count, and whoever reads the steps is told so."""

from __future__ import annotations

import pytest

from analysis.estimates import CapacityStep, check, check_answer, left_unread
from analysis.estimates.breath import MOST_NEAR, REMEMBERED
from analysis.estimates.explained import MOST_WORK, Explanation, Operand, Work, explanations
from analysis.estimates.quantities import MOST_QUANTITIES, Quantity, find_quantities
from analysis.reading.quotes import WordPlaces
from data.domain import Answer, Turn
from data.questions import question_by_id
from tests.stored import shipped_questions

QUESTION = question_by_id(shipped_questions(), "url-shortener")
SUM = "We have 40 writes a second times 500 bytes, that is 20 kB a second. "


def answer(*texts: str) -> Answer:
    asked = [Turn(2 * at, "interviewer", "How much?") for at in range(len(texts))]
    said = [Turn(2 * at + 1, "candidate", text) for at, text in enumerate(texts)]
    return Answer(QUESTION, tuple(turn for pair in zip(asked, said, strict=True) for turn in pair))


def steps_of(*texts: str) -> tuple[CapacityStep, ...]:
    return check_answer(answer(*texts)).steps


@pytest.mark.slow
@pytest.mark.parametrize("repeated", ["1 ", "10 million ", "7% ", "1 user. ", "so 10 times 20 is 200 "])
def test_numbers_beyond_a_count_cost_nothing_and_that_is_said(repeated: str) -> None:
    assert len(find_quantities(repeated * 4000)) == MOST_QUANTITIES
    assert "more numbers than" in left_unread(check_answer(answer(repeated * 4000)))


def test_a_result_looks_back_a_bounded_way(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def counted(
        result: Quantity, operands: list[Operand], before: list[Quantity], work: Work
    ) -> list[Explanation]:
        looked_at.append(len(operands))
        return list(explanations(result, operands[-2:], before, work))

    monkeypatch.setattr(check, "explanations", counted)
    steps_of("2 " * 4000)
    assert looked_at and max(looked_at) <= MOST_NEAR + REMEMBERED


@pytest.mark.slow
def test_the_steps_before_the_limit_are_the_same_with_and_without_what_follows() -> None:
    alone = steps_of(SUM)
    assert alone and steps_of(SUM + "word " * 9000 + "2 " * 900)[: len(alone)] == alone


class Counted(Work):
    """Says how much was spent, also after it has run out."""

    def __init__(self) -> None:
        super().__init__()
        self.spent = 0

    def spend(self) -> bool:
        self.spent += 1
        return super().spend()


@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 5, 30])
@pytest.mark.parametrize("repeated", ["1 user. ", "1 ", "we have 3 users. that is 4 GB a day. "])
def test_what_is_tried_has_a_limit_for_the_whole_answer(
    monkeypatch: pytest.MonkeyPatch, repeated: str, turns: int
) -> None:
    work = Counted()
    monkeypatch.setattr(check, "Work", lambda: work)
    checked = check_answer(answer(*[repeated * (1600 // len(repeated))] * turns))
    assert work.spent <= MOST_WORK + 1
    assert work.is_spent <= (not checked.whole)


def test_a_sum_that_the_work_runs_out_at_is_not_told() -> None:
    whole = steps_of(SUM, SUM)
    part = [check.check_turn(answer(SUM).candidate_turns[0], (), Work(most)) for most in (0, 5, 10)]
    assert whole and all(steps == whole[: len(steps)] for steps in part) and part[0] == ()


def test_places_of_words_are_looked_for_once_in_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Turn] = []

    class Noted(WordPlaces):
        def __init__(self, turn: Turn) -> None:
            made.append(turn)
            super().__init__(turn)

    monkeypatch.setattr(check, "WordPlaces", Noted)
    assert len(steps_of(SUM * 10)) > 5 and len(made) == 1


def test_an_usual_answer_is_looked_at_whole() -> None:
    assert left_unread(check_answer(answer(SUM * 10))) == ""
