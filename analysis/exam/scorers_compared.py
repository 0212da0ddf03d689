"""The figures of scorers on constructed answers side by side, as people read them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Unit = Literal["", "share", "seconds", "dollars"]


@dataclass(frozen=True, slots=True)
class Column:
    """One figure: its key in the JSON, its title and how it is written."""

    key: str
    title: str
    unit: Unit = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One scorer and its figures; `passed` is None for one that need not pass."""

    who: str
    figures: Mapping[str, Any]
    passed: bool | None = None


COLUMNS = (
    Column("qwk", "Levels agree (QWK)"),
    Column("exact", "Same level", "share"),
    Column("wrong_at_3", "Wrong answers at level 3 or more", "share"),
    Column("claims_caught", "Wrong claims caught", "share"),
    Column("claims_invented", "Wrong claims invented, an answer"),
    Column("points_agreed", "Key points agreed", "share"),
    Column("heard_precision", "Points called heard that were said", "share"),
    Column("heard_recall", "Said points that were heard", "share"),
    Column("unscored", "Unscored", "share"),
    Column("seconds_an_answer", "Seconds an answer", "seconds"),
    Column("price_an_answer", "Price an answer", "dollars"),
)


def table(lines: Iterable[Line]) -> dict[str, list[str]]:
    """One row a scorer, one column a figure with its 95 % interval; what was not measured is a dash."""
    listed = list(lines)
    columns = [one for one in COLUMNS if any(line.figures.get(one.key) is not None for line in listed)]
    drawn = {"Scorer": [line.who for line in listed]}
    if any(line.passed is not None for line in listed):
        drawn["Exam"] = [_verdict(line.passed) for line in listed]
    return drawn | {one.title: [cell(line.figures, one) for line in listed] for one in columns}


def cell(figures: Mapping[str, Any], column: Column) -> str:
    """A figure and its interval."""
    value, bounds = figures.get(column.key), figures.get(f"{column.key}_interval")
    if value is None:
        return "–"
    told = _written(value, column.unit)
    if not bounds or bounds[0] == bounds[1] == value:
        return told
    low, high = (_written(bound, column.unit).removesuffix(" %") for bound in bounds)
    return f"{told} ({low} to {high})"


def _verdict(passed: bool | None) -> str:
    return "–" if passed is None else "passed" if passed else "did not pass"


def _written(value: float, unit: Unit) -> str:
    if unit == "share":
        return f"{value * 100:.0f} %"
    if unit == "dollars":
        return f"${value:.4f}"
    return f"{value:.1f}" if unit == "seconds" else f"{value:.2f}"
