"""One question to a language model: its messages, what goes with it, and what it may still take."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, field
from typing import Literal

from analysis.llm.call_limits import Limits
from analysis.llm.chat_errors import ChatError, cut_off, late
from analysis.llm.spending import Purpose
from analysis.llm.usage import CHARACTERS_PER_TOKEN, Meter

Role = Literal["system", "user", "assistant"]
KEPT_PURPOSES: frozenset[Purpose] = frozenset({"judge", "exam"})
"""Whose replies may be kept by content: the same question has the same answer. What an interviewer says or
a tailored set must be new each time, and the text somebody pasted is kept nowhere."""


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """What goes with one question: seed, cache group, who counts it, and who may stop it.

    When `forget` is set the reply is not kept: the answer it is about has been erased. `cancel` cuts the
    connection at once. `deadline_seconds` is for the whole call, its retries and the wait for a free place
    included; `budget_tokens` for all that the model may write in it, a second try included.
    """

    seed: int = 0
    group: str = ""
    meter: Meter = field(default_factory=Meter)
    cancel: threading.Event = field(default_factory=threading.Event)
    forget: threading.Event = field(default_factory=threading.Event)
    purpose: Purpose = "other"
    deadline_seconds: float | None = None
    budget_tokens: int | None = None


@dataclass(slots=True)
class UnderWay:
    """A call that has begun: when it must end, and how many tokens may still be written."""

    call: Call
    reply_tokens: int
    until: float = field(init=False)
    _spent: int = 0

    def __post_init__(self) -> None:
        """Start the clock."""
        allowed = self.call.deadline_seconds
        self.until = math.inf if allowed is None else time.monotonic() + allowed

    @property
    def limits(self) -> Limits:
        """What ends it on the network."""
        return Limits(self.call.cancel, self.until)

    @property
    def left_seconds(self) -> float:
        """Until the deadline; endless without one."""
        return self.until - time.monotonic()

    def check(self) -> None:
        """Raises `ChatError` when nobody waits for the reply any more."""
        if self.call.cancel.is_set():
            raise ChatError("cancelled", "It was cancelled.")
        if self.left_seconds <= 0:
            raise late(self.call.deadline_seconds or 0.0)

    def most_tokens(self) -> int:
        """How long the next reply may be; raises `ChatError` when the budget is used up."""
        budget = self.call.budget_tokens
        if budget is None:
            return self.reply_tokens
        if budget <= self._spent:
            raise cut_off(budget, by_budget=True)
        return min(self.reply_tokens, budget - self._spent)

    def wrote(self, tokens: int, text: str) -> None:
        """Count what the model wrote; by its length where the server does not say."""
        self._spent += tokens or -(-len(text) // CHARACTERS_PER_TOKEN)

    def cut_off(self) -> ChatError:
        """The error for a reply that ran into its limit."""
        budget = self.call.budget_tokens
        by_budget = budget is not None and budget < self.reply_tokens
        return cut_off(budget if budget is not None and by_budget else self.reply_tokens, by_budget)
