"""Mistakes in the views for SQL and files: nothing where too few people are behind them."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.cohorts import open_views
from analysis.cohorts.small_groups import EXPORTED, SHOWN


@pytest.mark.parametrize(("least", "shown"), [(SHOWN, [False, True, True]), (EXPORTED, [False, False, True])])
def test_a_mistake_of_few_people_has_no_figures(least: int, shown: list[bool]) -> None:
    columns = ["kind", "name", "n", "answers", "questions", "candidates"]
    rows = [("flag", "a", 9, 30, 1, 4), ("flag", "b", 9, 30, 1, 5), ("flag", "c", 9, 30, 1, 10)]
    rows.append(("missed", "d", 9, 30, 1, 20))
    made = open_views._mistakes(pd.DataFrame(rows, columns=columns), least)
    assert made["mistake"].tolist() == ["a", "b", "c"]
    for column in ("candidates", "answers_with", "answers"):
        assert made[column].notna().tolist() == shown
