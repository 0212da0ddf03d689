"""What the Progress page says in words, from the frames of the named queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_WEEKS = 6


@dataclass(frozen=True, slots=True)
class ScorerUsed:
    """One scorer in one version under one rubric; levels of two of these are never put together."""

    scorer: str
    version: str
    rubric: str

    @property
    def label(self) -> str:
        """How it is named on screen."""
        return f"{self.scorer} {self.version} (rubric {self.rubric or 'not named'})"

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Its own rows of a frame of levels."""
        own = (
            (frame["scorer"] == self.scorer)
            & (frame["scorer_version"] == self.version)
            & (frame["rubric_version"] == self.rubric)
        )
        return frame[own]


def scorers_used(frame: pd.DataFrame) -> tuple[ScorerUsed, ...]:
    """The scorers of a `scorers` frame, the most recently used first."""
    return tuple(
        ScorerUsed(row["scorer"], row["scorer_version"], row["rubric_version"])
        for row in frame.to_dict("records")
    )


def only(frame: pd.DataFrame, scorers: Sequence[ScorerUsed]) -> pd.DataFrame:
    """The rows of some scorers, still told apart by their columns."""
    import pandas as pd

    return pd.concat([scorer.rows(frame) for scorer in scorers]) if scorers else frame.iloc[:0]


def standing(recent: pd.DataFrame) -> str:
    """Where one criterion stands, per scorer: the last three answers (`competency_recent`)."""
    if recent.empty:
        return "Not scored yet."
    several = len(recent) > 1
    sentences = [_standing(row) for row in recent.to_dict("records")]
    names = [
        f"{row['scorer']} {row['scorer_version']}: " if several else "" for row in recent.to_dict("records")
    ]
    return " · ".join(name + sentence for name, sentence in zip(names, sentences, strict=True))


def _standing(row: Mapping[Any, Any]) -> str:
    answers = int(row["answers"])
    if answers < 3:
        return f"Level {_level(row['level'])} from {_counted(answers)}: too few to say more."
    return (
        f"Last three: median {_level(row['level'])}, range {_level(row['low'])} to {_level(row['high'])} "
        f"({_counted(answers)} in all)."
    )


def heard(rows: pd.DataFrame) -> str:
    """What the newest point of one competency counts (`coverage_trend`); own marks are told apart."""
    newest = rows.sort_values("started_at").iloc[-1]
    own = f", {int(newest['own'])} more marked by yourself" if newest["own"] else ""
    answers = int(newest["n"])
    return f"Latest: {int(newest['heard'])} of {int(newest['told'])} heard{own} ({_counted(answers)})."


def heard_shares(rows: pd.DataFrame, fewest: int) -> dict[str, float]:
    """Share of key points heard by competency, over all sessions of the newest reader (`coverage_trend`).

    A competency of fewer points than `fewest` has none.
    """
    if rows.empty:
        return {}
    newest = rows.sort_values("started_at").iloc[-1]
    version = ["scorer_version", "rubric_version"]
    own = rows[(rows[version] == newest[version]).all(axis=1) & (rows["competency"] != "all")]
    sums = own.groupby("competency")[["heard", "told"]].sum()
    enough = sums[sums["told"] >= fewest]
    return {str(name): float(share) for name, share in (enough["heard"] / enough["told"]).items()}


def _counted(answers: int) -> str:
    return f"{answers} answer{'' if answers == 1 else 's'}"


def _level(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class ScorerChange:
    """From when on another scorer, version or rubric judged."""

    when: datetime
    text: str


def scorer_changes(trend: pd.DataFrame) -> tuple[ScorerChange, ...]:
    """When each scorer but the first came in (`competency_trend`, not narrowed)."""
    if trend.empty:
        return ()
    firsts: dict[ScorerUsed, datetime] = {}
    for row in trend.sort_values("started_at").to_dict("records"):
        used = ScorerUsed(row["scorer"], row["scorer_version"], row["rubric_version"])
        firsts.setdefault(used, row["started_at"].to_pydatetime())
    return tuple(ScorerChange(when, f"{used.label} from here") for used, when in [*firsts.items()][1:])


def against_own(rows: pd.DataFrame, unit: str) -> str:
    """The newest session's value against one's own three before it (`delivery_trend`, one signal)."""
    ordered = rows.sort_values("started_at")
    factor, unit = (100, "%") if unit == "share" else (1, f" {unit}")
    newest, before = ordered.iloc[-1]["value"] * factor, ordered.iloc[-4:-1]["value"] * factor
    if len(before) < 3:
        return f"Latest {newest:.0f}{unit}. Three earlier sessions are needed to compare with."
    return (
        f"Latest {newest:.0f}{unit}; your three before: median {before.median():.0f}, "
        f"{before.min():.0f} to {before.max():.0f}."
    )


def calibration_sentence(ratings: pd.DataFrame) -> str:
    """How own ratings compare with the range a scorer gave (`self_rating`, one scorer)."""
    if ratings.empty:
        return ""
    low = ratings["low"].fillna(ratings["level"]).round()
    high = ratings["high"].fillna(ratings["level"]).round()
    above, below = int((ratings["self_level"] > high).sum()), int((ratings["self_level"] < low).sum())
    return (
        f"{len(ratings)} ratings: {len(ratings) - above - below} within the scorer's range, "
        f"{above} above it, {below} below it."
    )


def this_week(weeks: pd.DataFrame, today: date, aim: int | None = None) -> str:
    """What was practised this week against an own aim, and in how many of the last weeks (`time_practised`).

    A week without practice is only left out of a count; nothing is lost by it, and nothing says so.
    """
    monday = today - timedelta(days=today.weekday())
    practised = {row["week"].date(): row for row in weeks.to_dict("records")}
    row = practised.get(monday)
    answers, minutes = (int(row["answers"]), row["seconds"] / 60) if row else (0, 0.0)
    return f"{_against_aim(answers, minutes, aim)}{_recent_weeks(set(practised), monday)}"


def _against_aim(answers: int, minutes: float, aim: int | None) -> str:
    if not answers:
        return f"A new week: you aim for {_counted(aim)}." if aim else "A new week."
    recorded = f", {minutes:.0f} min recorded" if minutes >= 1 else ""
    if aim and answers < aim:
        return f"This week: {answers} of the {_counted(aim)} you aim for{recorded}."
    return f"This week: {_counted(answers)}{recorded}{': your aim is met' if aim else ''}."


def _recent_weeks(practised: set[date], monday: date) -> str:
    """Of the last six weeks, or fewer for somebody who began later."""
    if not practised:
        return ""
    since = (monday - min(practised)).days // 7 + 1
    span = min(_WEEKS, since)
    count = sum(monday - timedelta(weeks=back) in practised for back in range(span))
    return f" Practised in {count} of the last {span} weeks." if span > 1 and count else ""
