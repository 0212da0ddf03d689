"""The candidate's own list of questions, and what is said of a week."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.next_up.own_list import Planned, moved_up, still_open, with_question, without_question
from analysis.next_up.progress_sentences import this_week
from analysis.next_up.suggestions import Seen

TODAY = date(2026, 11, 24)
MONDAYS = [pd.Timestamp("2026-11-23") - pd.Timedelta(weeks=back) for back in range(8)]


def _ids(planned: tuple[Planned, ...]) -> str:
    return "".join(one.question_id for one in planned)


LIST = tuple(Planned(name, date(2026, 11, 20)) for name in "abc")


def test_a_question_is_added_once_at_the_end_and_taken_out() -> None:
    assert _ids(with_question(LIST, "d", TODAY)) == "abcd"
    assert with_question(LIST, "b", TODAY) == LIST
    assert _ids(without_question(LIST, "b")) == "ac"


@pytest.mark.parametrize(("moved", "order"), [("a", "abc"), ("b", "bac"), ("c", "acb"), ("x", "abc")])
def test_a_question_moves_up_by_one_place(moved: str, order: str) -> None:
    assert _ids(moved_up(LIST, moved)) == order


def test_what_was_answered_after_it_was_planned_leaves_the_list() -> None:
    seen = [
        Seen("a", 1, date(2026, 11, 19)),
        Seen("b", 2, date(2026, 11, 20)),
        Seen("c", 1, date(2026, 11, 21)),
    ]
    assert _ids(still_open(LIST, seen)) == "ab"


def _weeks(*practised: int) -> pd.DataFrame:
    rows = [{"week": MONDAYS[back], "answers": 2, "sessions": 1, "seconds": 300.0} for back in practised]
    return pd.DataFrame(rows, columns=["week", "answers", "sessions", "seconds"])


@pytest.mark.parametrize(
    ("practised", "aim", "said"),
    [
        ((), None, "A new week."),
        ((), 3, "A new week: you aim for 3 answers."),
        ((0,), None, "This week: 2 answers, 5 min recorded."),
        ((0,), 3, "This week: 2 of the 3 answers you aim for, 5 min recorded."),
        ((0,), 2, "This week: 2 answers, 5 min recorded: your aim is met."),
        ((0, 1, 3), None, "This week: 2 answers, 5 min recorded. Practised in 3 of the last 4 weeks."),
        ((1, 2, 7), 1, "A new week: you aim for 1 answer. Practised in 2 of the last 6 weeks."),
    ],
)
def test_a_week_is_told_against_an_own_aim_and_without_blame(
    practised: tuple[int, ...], aim: int | None, said: str
) -> None:
    assert this_week(_weeks(*practised), TODAY, aim) == said
