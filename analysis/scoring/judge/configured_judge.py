"""The judge that the settings ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.llm.chat_model import ChatModel
from analysis.llm.reply_cache import FileCache
from analysis.llm.usage import Price
from analysis.scoring.judge.scorer import JudgeScorer
from data.domain import RehearseError
from data.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    import httpx2

JUDGE_CACHE = PROJECT_ROOT / "data" / "local" / "judge_cache"


def judge_from_settings(
    settings: Settings, cache: Path | None = None, transport: httpx2.BaseTransport | None = None
) -> JudgeScorer:
    """A judge that keeps its replies in `cache` (or `JUDGE_CACHE`); make it once, it holds the connection."""
    if not settings.llm_configured:
        raise RehearseError(
            "No judge is configured.", "Set LLM_BASE_URL (and LLM_API_KEY, LLM_MODEL), or score offline."
        )
    return JudgeScorer(
        ChatModel(
            base_url=settings.llm_base_url or "",
            api_key=settings.llm_api_key or "",
            model=settings.llm_model,
            concurrency=settings.llm_concurrency,
            timeout_seconds=settings.llm_timeout_seconds,
            reply_tokens=settings.llm_reply_tokens,
            price=Price(settings.llm_price_in, settings.llm_price_out),
            cache=FileCache(cache or JUDGE_CACHE),
            transport=transport,
        )
    )
