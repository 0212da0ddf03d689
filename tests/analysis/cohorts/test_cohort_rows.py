"""What a cohort's pages ask of the store, and what reaches the SQL box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
import pytest

from analysis.cohorts import cohort_rows, open_views
from analysis.cohorts.open_views import VIEWS
from analysis.cohorts.small_groups import EXPORTED
from data.domain.cohort import Assignment
from data.store.queries import named_query
from data.store.sql_box import Answered

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SCORER = {"scorer": "plain", "scorer_version": "1", "rubric_version": "r1"}
COLUMNS = {
    "cohort_levels": ("criterion", "week", "candidates", "n", "total"),
    "cohort_questions": ("title", "category", "candidates", "answers", "mean"),
    "cohort_competencies": ("criterion", "candidates", "mean"),
    "cohort_coverage": ("category", "level", "questions", "candidates", "answered"),
    "cohort_delivery": ("measure", "unit", "candidates", "mean"),
}


@dataclass
class Asked:
    """Stands in for a session's `query`: keeps what was asked, and has two rows for each."""

    names: list[str] = field(default_factory=list)
    last: dict[str, object] = field(default_factory=dict)

    def __call__(self, name: str, **given: object) -> pd.DataFrame:
        assert given.keys() == named_query(name).parameters
        self.names.append(name)
        self.last = given
        rows = [
            {
                column: people if column == "candidates" else 20
                for column in COLUMNS.get(name, ("candidates",))
            }
            for people in (EXPORTED - 1, EXPORTED)
        ]
        return pd.DataFrame(rows)


def test_the_figures_of_a_cohort_are_asked_for_once_each_with_the_chosen_scorer() -> None:
    asked = Asked()
    assert tuple(cohort_rows.published(asked, "c", SCORER, NOW)) == tuple(COLUMNS)
    assert asked.names == list(COLUMNS)


def test_the_sql_box_sees_no_figure_of_fewer_people_than_a_file_may_hold() -> None:
    seen: dict[str, pd.DataFrame] = {}

    def run(views: Mapping[str, pd.DataFrame], sql: str) -> Answered:
        seen.update(views)
        return Answered(pd.DataFrame({"asked": [sql]}), cut=False)

    answered = open_views.ask(cohort_rows.published(Asked(), "c", SCORER, NOW), "SELECT 1", run)
    assert answered.rows["asked"].tolist() == ["SELECT 1"]
    assert seen.keys() == VIEWS.keys()
    for name, view in seen.items():
        assert (view["candidates"].dropna() >= EXPORTED).all(), name


@pytest.mark.parametrize(("hours", "since"), [((), NOW), ((5, 3), NOW - timedelta(hours=5))])
def test_completion_is_asked_for_since_the_oldest_assignment(hours: tuple[int, ...], since: datetime) -> None:
    zone = timezone(timedelta(hours=13))
    set_before = [
        Assignment(str(ago), "c", "t", ("q",), 1, None, NOW, (NOW - timedelta(hours=ago)).astimezone(zone))
        for ago in hours
    ]
    asked = Asked()
    cohort_rows.completion(asked, "c", set_before, NOW)
    assert asked.last == {"cohort_id": "c", "since": since.replace(tzinfo=None)}
