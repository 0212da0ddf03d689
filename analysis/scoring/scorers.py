"""The scorers by name: one line each."""

from __future__ import annotations

import os
from collections.abc import Callable

from analysis.scoring import Scorer
from data.domain import RehearseError
from data.settings import Settings, load_settings


def _offline(settings: Settings) -> Scorer | None:
    from analysis.scoring.offline import OfflineScorer

    return OfflineScorer()


def _judge(settings: Settings) -> Scorer | None:
    if not settings.llm_configured:
        return None
    from analysis.scoring.judge.configured_judge import judge_from_settings

    return judge_from_settings(settings)


SCORERS: dict[str, Callable[[Settings], Scorer | None]] = {
    "offline": _offline,
    "judge": _judge,
}
"""Name → what makes it, or None when not configured. Models and clients load on first use."""


def make_scorer(name: str, settings: Settings | None = None) -> Scorer:
    """The scorer of that name; RehearseError when there is none or it is not configured."""
    if name not in SCORERS:
        raise RehearseError(f"There is no scorer called {name!r}.", f"Choose one of: {', '.join(SCORERS)}.")
    scorer = SCORERS[name](settings or load_settings(os.environ))
    if scorer is None:
        raise RehearseError(
            f"The scorer {name!r} is not configured.",
            "Set LLM_BASE_URL (and LLM_API_KEY, LLM_MODEL), or use the offline scorer.",
        )
    return scorer


def available_scorers(settings: Settings) -> tuple[Scorer, ...]:
    """Every scorer that these settings configure, the offline one first."""
    made = (make(settings) for make in SCORERS.values())
    return tuple(scorer for scorer in made if scorer is not None)
