"""Weeks and cohorts compared with intervals, and how far instructors agree with the scorer."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from analysis.cohorts.small_groups import SHOWN, Group, tell_parts

if TYPE_CHECKING:
    import pandas as pd

_STUDENT_975 = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23)
"""Student's t at 97.5 % for 1 to 10 degrees of freedom; 2 is close enough above."""
ALL = "All cohorts"
FEWEST_PAIRS = 10
"""Overrides below which an agreement figure says nothing."""


def half_width(spread: float, n: int) -> float | None:
    """Half of a 95 % interval of a mean from the spread of `n` values; None below two values."""
    if n < 2 or spread != spread:
        return None
    return (_STUDENT_975[n - 2] if n - 2 < len(_STUDENT_975) else 2.0) * spread / sqrt(n)


def weeks(levels: pd.DataFrame) -> pd.DataFrame:
    """Mean level a week with its interval (`cohort_levels`, all criteria): week, mean, low, high, n."""
    import pandas as pd

    sums = levels.groupby("week", as_index=False).agg(
        n=("n", "sum"), total=("total", "sum"), squares=("squares", "sum"), people=("candidates", "max")
    )
    rows = []
    for row in sums.to_dict("records"):
        if not row["n"]:
            continue
        mean, people = row["total"] / row["n"], int(row["people"])
        # Answers of one person are alike: the interval counts people, not answers.
        half = half_width(sqrt(max(0.0, row["squares"] / row["n"] - mean * mean)), people)
        low, high = (None, None) if half is None else (max(1.0, mean - half), min(4.0, mean + half))
        rows.append((row["week"], mean, low, high, int(row["n"]), people))
    return pd.DataFrame(rows, columns=["week", "mean", "low", "high", "n", "candidates"])


def agreement(overrides: pd.DataFrame) -> str:
    """How far instructors' levels and the scorer's agree (`cohort_overrides`), in a sentence.

    They are levels that instructors gave themselves, by name; a figure over them still needs five people.
    """
    from analysis.exam.rater_agreement import quadratic_kappa

    pairs = overrides.dropna(subset=["machine_level"])
    people = pairs["candidate_id"].nunique()
    if len(pairs) < FEWEST_PAIRS or people < SHOWN:
        return (
            f"Too few levels of instructors stand beside this scorer's: {FEWEST_PAIRS} of {SHOWN} people are "
            "needed before their agreement means anything."
        )
    theirs, machine = pairs["level"].to_numpy(float), pairs["machine_level"].to_numpy(float)
    kappa = quadratic_kappa(theirs.round(), machine.round())
    same = float((theirs.round() == machine.round()).mean())
    told = "not defined, all are one level" if kappa is None else f"{kappa:.2f}"
    return (
        f"Quadratic weighted kappa {told} over {len(pairs)} levels; {same:.0%} are the same level. "
        "Instructors tend to look at what seems wrong, so this is lower than over all answers."
    )


def cohorts(rows: pd.DataFrame) -> pd.DataFrame:
    """Cohorts in one criterion, and all of them (`all_cohorts`): name, mean, low, high, n.

    Cohorts with fewer than five candidates are left out, and one more where they could be worked out.
    """
    import pandas as pd

    found = {row["cohort_id"]: row for row in rows.to_dict("records")}
    parts = {name: Group(int(row["candidates"]), float(row["total"])) for name, row in found.items()}
    told, whole = tell_parts(parts)
    made = []
    for name, one in told.items():
        if one.people is not None and one.mean is not None:
            half = half_width(found[name]["spread"], one.people) or 0.0
            low, high = max(1.0, one.mean - half), min(4.0, one.mean + half)
            made.append((found[name]["name"], one.mean, low, high, one.people))
    if len(parts) > 1 and whole.mean is not None and whole.people is not None:
        made.append((ALL, whole.mean, whole.mean, whole.mean, whole.people))
    return pd.DataFrame(made, columns=["name", "mean", "low", "high", "n"])
