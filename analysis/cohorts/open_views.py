"""The views an instructor may query with SQL or take away: published figures of one cohort.

The same views are made for the screen (five people or more behind a figure, as published) and for files (ten
or more).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.cohorts.small_groups import EXPORTED, SHOWN
from data.store import sql_box

if TYPE_CHECKING:
    import pandas as pd

    from data.store.sql_box import Answered

Run = Callable[[Mapping[str, "pd.DataFrame"], str], "Answered"]


@dataclass(frozen=True, slots=True)
class View:
    """One view: what a row is, and its columns with what they hold."""

    row: str
    columns: Mapping[str, str]


VIEWS: Mapping[str, View] = {
    "level_weeks": View(
        "One criterion in one week (Monday, UTC).",
        {
            "criterion": "id of the criterion, C1 to C6 and companions",
            "week": "first day of the week",
            "candidates": "people behind the figures; empty below the least",
            "answers": "scored answers; empty below the least",
            "mean_level": "mean level in steps of 0.2; empty below the least",
        },
    ),
    "question_levels": View(
        "One question.",
        {
            "question": "title",
            "category": "category of the bank",
            "candidates": "people with levels; empty below the least",
            "answers": "answers judged; empty below the least",
            "mean_level": "mean level over criteria in steps of 0.2; empty below the least",
        },
    ),
    "standing": View(
        "One criterion.",
        {
            "criterion": "id of the criterion",
            "candidates": "people with three scored answers; empty below the least",
            "mean_level": "mean of their medians of the last three, in steps of 0.2; empty below the least",
        },
    ),
    "coverage": View(
        "One category and level of the bank.",
        {
            "category": "",
            "level": "role",
            "questions": "in the bank",
            "candidates": "people who answered one of them; empty below the least",
            "answered": "of them by the cohort; empty below the least",
        },
    ),
    "delivery": View(
        "One measure of the voice since joining, over the whole cohort only.",
        {
            "measure": "",
            "unit": "",
            "candidates": "people measured",
            "mean": "mean of their means, each rounded to a coarse step before",
        },
    ),
}


def views(found: Mapping[str, pd.DataFrame], least: int = SHOWN) -> dict[str, pd.DataFrame]:
    """The views of `VIEWS` from the frames of the cohort's named queries, by query name."""
    return {
        "level_weeks": _level_weeks(found["cohort_levels"], least),
        "question_levels": _question_levels(found["cohort_questions"], least),
        "standing": _standing(found["cohort_competencies"], least),
        "coverage": _hide(
            found["cohort_coverage"][["category", "level", "questions", "candidates", "answered"]].copy(),
            least,
            ("answered",),
        ),
        "delivery": _delivery(found["cohort_delivery"], least),
    }


def ask(rows: Mapping[str, pd.DataFrame], sql: str, run: Run = sql_box.ask) -> Answered:
    """One SELECT over the views of these rows (`cohort_rows.published`), as a file may hold them."""
    return run(views(rows, EXPORTED), sql)


def _hide(frame: pd.DataFrame, least: int, columns: tuple[str, ...]) -> pd.DataFrame:
    """Empty the columns where fewer than `least` people stand behind them."""
    small = frame["candidates"] < least
    for column in (*columns, "candidates"):
        frame[column] = frame[column].astype("float64").mask(small)
    return frame


def _level_weeks(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    made = rows[rows["n"] > 0].copy()
    made["mean_level"] = (made["total"] / made["n"]).round(1)
    made = made.rename(columns={"n": "answers"})[["criterion", "week", "candidates", "answers", "mean_level"]]
    return _hide(made, least, ("answers", "mean_level"))


def _question_levels(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    made = rows.rename(columns={"title": "question", "mean": "mean_level"})
    made["mean_level"] = made["mean_level"].round(1)
    made = made[["question", "category", "candidates", "answers", "mean_level"]].copy()
    return _hide(made, least, ("answers", "mean_level")).sort_values("question", ignore_index=True)


def _standing(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    made = rows.rename(columns={"mean": "mean_level"})
    made["mean_level"] = made["mean_level"].round(1)
    return _hide(made, least, ("mean_level",))


def _delivery(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    made = rows[rows["candidates"] >= least].rename(columns={"name": "measure", "value": "mean"})
    made["mean"] = made["mean"].round(2)
    return made[["measure", "unit", "candidates", "mean"]].reset_index(drop=True)
