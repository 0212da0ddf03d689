"""What is said about the candidate's arithmetic: plain slips are named, assumptions never punished."""

from __future__ import annotations

import pytest

from analysis.estimates import CapacityStep, assumed, check_answer
from data.domain import Answer, Turn
from data.questions import question_by_id
from tests.browser.practised import ANSWER
from tests.stored import shipped_questions

QUESTION = question_by_id(shipped_questions(), "url-shortener")


def answer(text: str) -> Answer:
    return Answer(QUESTION, (Turn(0, "interviewer", "How much?"), Turn(1, "candidate", text)))


def slips(text: str) -> list[CapacityStep]:
    return [step for step in check_answer(answer(text)).steps if step.verdict == "slip"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Fifty million posts a day, so 5,800 posts per second.", "A factor of 10: usually a zero"),
        ("10 million users at 10 KB each = 1 GB of memory.", "A factor of 100: usually 2 zeros"),
        ("The link is 10 Gbps, that's 10 gigabytes per second.", "bits and bytes"),
        ("That is 54 terabytes. With three replicas we are at 54 terabytes.", "left out"),
    ],
)
def test_a_plain_slip_says_what_usually_lies_behind_it(text: str, hint: str) -> None:
    (found,) = slips(text)
    assert hint in found.reason


@pytest.mark.parametrize("users", ["ten thousand", "ten million", "ten billion"])
def test_a_different_assumption_that_is_consistent_is_no_slip(users: str) -> None:
    shown = {"ten thousand": "fifty thousand", "ten million": "fifty million", "ten billion": "fifty billion"}
    said = f"I assume {users} users with five posts each per day, so {shown[users]} posts a day."
    (step,) = check_answer(answer(said)).steps
    assert step.verdict == "consistent"
    assert slips(said) == []


def test_a_number_that_needs_something_unsaid_is_not_called_a_slip() -> None:
    assert slips("About forty writes per second on average and a peak of four hundred.") == []
    assert slips(ANSWER) == []


def test_what_follows_from_a_slip_is_no_second_slip() -> None:
    said = "Fifty million posts a day, so 5,800 posts per second. At 1 KB each that is 5.8 MB per second."
    assert [step.text for step in slips(said)] == ["5,800 posts per second"]


def test_assumptions_are_what_went_in_and_was_not_worked_out() -> None:
    said = "I assume ten million users and five posts each. So fifty million posts. At 1 KB that is 50 GB."
    quotes = [one.quote for one in assumed(check_answer(answer(said)).steps)]
    assert any("ten million users" in quote for quote in quotes)
    assert any("1 KB" in quote for quote in quotes)
    assert not any("fifty million" in quote for quote in quotes)


@pytest.mark.parametrize(
    ("text", "recomputed_as"),
    [
        ("Each user posts ten times a day and we have 5 million users, so fifty million posts a day.", 5e7),
        ("One million two hundred thousand users post twice, so two million four hundred thousand.", 2.4e6),
        ("That is fifty gigabytes and with one replica each that is one hundred gigabytes.", 100),
        ("The link does ten gigabits, half of that is six hundred megabytes a second.", 625),
        ("3 PB a month at two cents a gigabyte is sixty thousand dollars a month.", 60_000),
        ("Six billion rows, one worker does 2,000 rows a second, with 16 that's 32,000 a second.", 32_000),
    ],
)  # fmt: skip
def test_spoken_arithmetic_is_followed(text: str, recomputed_as: float) -> None:
    step = check_answer(answer(text)).steps[-1]
    assert step.verdict == "consistent"
    assert step.recomputed == pytest.approx(recomputed_as)


def test_a_rate_without_its_unit_takes_that_of_the_one_beside_it() -> None:
    said = (
        "1,200 payments per second at peak, 400 on average. At 5 KB each that's 2 MB per second on average."
    )
    assert [step.verdict for step in check_answer(answer(said)).steps] == ["consistent"]
