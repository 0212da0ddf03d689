"""The shipped questions pass what `make questions` checks."""

from __future__ import annotations

import pytest

from analysis.authoring.__main__ import quick, slowly
from analysis.authoring.accepted import as_line, load_accepted, no_longer_needed, still_open
from analysis.authoring.alike import alike
from data.domain import Question
from tests.stored import shipped_questions

BANK = shipped_questions()
each_question = pytest.mark.parametrize("question", BANK, ids=lambda question: question.id)


@each_question
def test_a_shipped_question_is_whole_and_gives_nothing_away_in_its_words(question: Question) -> None:
    found = list(quick(BANK, [question]))
    assert [as_line(one) for one in still_open(found, load_accepted())] == []


@pytest.mark.slow
@each_question
def test_a_shipped_question_adds_up_and_gives_nothing_away_in_other_words(question: Question) -> None:
    found = list(slowly(question))
    assert [as_line(one) for one in still_open(found, load_accepted())] == []
    own = [line for line in load_accepted() if line.startswith(f"{question.id}, ")]
    assert no_longer_needed([*found, *quick(BANK, [question])], own) == []


@pytest.mark.slow
def test_questions_much_alike_are_kept_apart() -> None:
    assert [as_line(one) for one in still_open(list(alike(BANK)), load_accepted())] == []
