"""The judge that asks the connected language model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.llm.configured import chat_model_of
from analysis.llm.reply_cache import FileCache
from analysis.scoring.judge.scorer import JudgeScorer
from data.domain import RehearseError
from data.language_model import LanguageModel, connected
from data.settings import JUDGE_CACHE as JUDGE_CACHE
from data.settings import Settings

if TYPE_CHECKING:
    import httpx2


def judge_of(
    model: LanguageModel,
    settings: Settings,
    cache: Path | None = None,
    transport: httpx2.BaseTransport | None = None,
) -> JudgeScorer:
    """A judge that keeps its replies in `cache` (or `JUDGE_CACHE`); make it once, it holds the connection."""
    kept = FileCache(cache or JUDGE_CACHE)
    return JudgeScorer(chat_model_of(model, settings, cache=kept, transport=transport))


def judge_from_settings(
    settings: Settings, cache: Path | None = None, transport: httpx2.BaseTransport | None = None
) -> JudgeScorer:
    """The judge for a command line; `RehearseError` when no language model is connected."""
    model = connected(settings)
    if model is None:
        raise RehearseError(
            "No judge is configured.",
            "Connect a language model under Settings, or set LLM_BASE_URL (and LLM_API_KEY, LLM_MODEL); or "
            "score offline.",
        )
    return judge_of(model, settings, cache, transport)
