"""What the views for SQL and files hold: nothing where too few people are behind it."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.cohorts import open_views
from analysis.cohorts.small_groups import EXPORTED, SHOWN


@pytest.mark.parametrize(("least", "shown"), [(SHOWN, [False, True, True]), (EXPORTED, [False, False, True])])
def test_a_question_of_few_people_has_no_figures(least: int, shown: list[bool]) -> None:
    columns = ["title", "category", "candidates", "answers", "mean"]
    rows = [("a", "coding", 4, 9, 2.0), ("b", "coding", 5, 9, 2.0), ("c", "coding", 10, 9, 2.0)]
    made = open_views._question_levels(pd.DataFrame(rows, columns=columns), least)
    assert made["question"].tolist() == ["a", "b", "c"]
    for column in ("candidates", "answers", "mean_level"):
        assert made[column].notna().tolist() == shown
