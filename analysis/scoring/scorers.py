"""The scorers by name: one line each."""

from __future__ import annotations

from collections.abc import Callable

from analysis.scoring import Scorer
from data.domain import RehearseError


def _offline() -> Scorer:
    from analysis.scoring.offline import OfflineScorer

    return OfflineScorer()


SCORERS: dict[str, Callable[[], Scorer]] = {
    "offline": _offline,
}


def make_scorer(name: str) -> Scorer:
    """The scorer of that name; models and clients load on first use."""
    if name not in SCORERS:
        raise RehearseError(f"There is no scorer called {name!r}.", f"Choose one of: {', '.join(SCORERS)}.")
    return SCORERS[name]()
