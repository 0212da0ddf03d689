"""A grader before a scripted endpoint, and the smallest question to ask it."""

from __future__ import annotations

import threading

from pydantic import BaseModel

from analysis.llm.chat_model import ChatModel, Message
from analysis.llm.reply_cache import ResponseCache
from tests.fake_endpoint import Behaviour, FakeEndpoint, says

QUESTION = (Message("system", "Reply."), Message("user", "Is it so?"))


class Verdict(BaseModel):
    ok: bool


class Waits:
    """Stands in for the clock: remembers what it was asked to wait."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float, cancel: threading.Event) -> None:
        self.seconds.append(seconds)


def a_grader(
    *behaviours: Behaviour, cache: ResponseCache | None = None
) -> tuple[ChatModel, FakeEndpoint, Waits]:
    endpoint, waits = FakeEndpoint(*behaviours), Waits()
    chat_model = ChatModel(
        "http://judge.test/v1", "key", "m", cache=cache, transport=endpoint.transport, wait=waits
    )
    return chat_model, endpoint, waits


YES = says({"ok": True})
