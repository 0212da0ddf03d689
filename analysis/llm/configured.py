"""The one place where a chat model is made of the connected language model and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.llm.chat_model import TRIES, ChatModel
from analysis.llm.usage import Price

if TYPE_CHECKING:
    import httpx2

    from analysis.llm.reply_cache import ResponseCache
    from data.language_model import LanguageModel
    from data.settings import Settings


LOCAL_SECONDS = 600.0
"""A processor reads some ten thousand words of prompt in this time, where a server has a minute."""


def chat_model_of(
    model: LanguageModel,
    settings: Settings,
    *,
    timeout_seconds: float | None = None,
    tries: int = TRIES,
    cache: ResponseCache | None = None,
    transport: httpx2.BaseTransport | None = None,
) -> ChatModel:
    """The door to this model; contacts nobody yet. `timeout_seconds` of one reply: the setting, if not given.

    Make it once, it holds the connection. A model that runs here is loaded with the first call, answers one
    call at a time, and has longer.
    """
    base_url, concurrency = model.base_url, settings.llm_concurrency
    usual_seconds = settings.llm_timeout_seconds
    if model.file is not None:
        from analysis.llm.local.runtime import BASE_URL, LocalTransport

        base_url, concurrency, usual_seconds = BASE_URL, 1, max(usual_seconds, LOCAL_SECONDS)
        transport = transport or LocalTransport(model.file, name=model.model)
    return ChatModel(
        base_url=base_url,
        api_key=model.api_key,
        model=model.model,
        concurrency=concurrency,
        tries=tries,
        timeout_seconds=timeout_seconds or usual_seconds,
        reply_tokens=settings.llm_reply_tokens,
        price=Price(model.price_in, model.price_out),
        cache=cache,
        transport=transport,
    )


def unload() -> None:
    """Let go of a model that runs here, also from under whoever waits for an answer; it is no longer used."""
    from analysis.llm.local.runtime import RUNTIME

    RUNTIME.close()
