"""What the Progress page says in words, from the frames of the named queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


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


def _counted(answers: int) -> str:
    return f"{answers} answer{'' if answers == 1 else 's'}"


def _level(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
