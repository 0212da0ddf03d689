"""The scorers by name: one line each."""

from __future__ import annotations

import os
from collections.abc import Callable

from analysis.scoring import Scorer
from data.domain import RehearseError
from data.language_model import LanguageModel, connected
from data.settings import Settings, load_settings


def _reader(settings: Settings, model: LanguageModel | None) -> Scorer | None:
    from analysis.scoring.reader import ReaderScorer

    return ReaderScorer()


def _judge(settings: Settings, model: LanguageModel | None) -> Scorer | None:
    if model is None:
        return None
    from analysis.scoring.judge.configured_judge import judge_of

    return judge_of(model, settings)


SCORERS: dict[str, Callable[[Settings, LanguageModel | None], Scorer | None]] = {
    "reader": _reader,
    "judge": _judge,
}
"""Name → what makes it, with the connected language model, or None. Models and clients load on first use."""


def make_scorer(name: str, settings: Settings | None = None) -> Scorer:
    """The scorer of that name; RehearseError when there is none or it is not configured."""
    if name not in SCORERS:
        raise RehearseError(f"There is no scorer called {name!r}.", f"Choose one of: {', '.join(SCORERS)}.")
    settings = settings or load_settings(os.environ)
    scorer = SCORERS[name](settings, None if name == "reader" else connected(settings))
    if scorer is None:
        raise RehearseError(
            f"The scorer {name!r} is not configured.",
            "Connect a language model under Settings, or set LLM_BASE_URL (and LLM_API_KEY, LLM_MODEL); "
            "or use the reader.",
        )
    return scorer


def available_scorers(settings: Settings, model: LanguageModel | None) -> tuple[Scorer, ...]:
    """Every scorer that can be used with these settings and this connected model, the reader first."""
    made = (make(settings, model) for make in SCORERS.values())
    return tuple(scorer for scorer in made if scorer is not None)
