"""Asking many questions about one answer side by side, seen and stopped from another thread."""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from analysis.llm.chat_errors import ChatError
from analysis.llm.spending import Purpose
from analysis.llm.usage import Meter
from data.domain import panics_as_errors

LOGGER = logging.getLogger(__name__)
UNFORESEEN = ChatError(
    "unreadable", "The language model failed on this in a way nobody foresaw; the server's log has it."
)
Result = TypeVar("Result")
HOPELESS_AFTER = 4
"""So many questions in a row without one reply: the rest is not asked."""


@dataclass(slots=True)
class Watch:
    """One judging as others see it: how far it is, what it cost, and a way to stop it.

    With `forget` replies that still arrive are not kept: the answer has been erased. `failed` is the last
    error of the model, also when other questions were answered. `purpose` is what it is counted under, and
    `deadline_seconds` how long one question may take.
    """

    cancel: threading.Event = field(default_factory=threading.Event)
    forget: threading.Event = field(default_factory=threading.Event)
    meter: Meter = field(default_factory=Meter)
    questions: int = 0
    settled: int = 0
    failed: ChatError | None = None
    purpose: Purpose = "judge"
    deadline_seconds: float | None = None


@dataclass(slots=True)
class Breaker:
    """Remembers failures of one judging; open when asking on is hopeless."""

    watch: Watch
    failures: int = 0
    replies: int = 0
    error: ChatError | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, ask: Callable[[], Result]) -> Result | ChatError:
        """The reply, or the error as a value so that one failing question leaves the others standing."""
        if self.error is not None:
            return self.error
        try:
            with panics_as_errors():
                reply = ask()
        except ChatError as error:
            self._failed(error)
            return error
        except Exception:  # door: one question nobody foresaw must not take the others with it
            LOGGER.exception("asking a judge")
            self._failed(UNFORESEEN)
            return UNFORESEEN
        with self._lock:
            self.replies += 1
            self.watch.settled += 1
        return reply

    def _failed(self, error: ChatError) -> None:
        with self._lock:
            self.watch.settled += 1
            self.watch.failed = error
            self.failures += error.kind == "unreachable"
            hopeless = not self.replies and self.failures >= HOPELESS_AFTER
            if error.kind in ("key", "cancelled") or hopeless:
                self.error = error


def ask_all(
    questions: Sequence[Callable[[], Result]], concurrency: int, breaker: Breaker
) -> list[Result | ChatError]:
    """Every reply or its error, in order.

    Threads of our own, because those of a pool would keep a server that is told to stop waiting for a model.
    """
    found: dict[int, Result | ChatError] = {}
    places = itertools.count()

    def work() -> None:
        while (place := next(places)) < len(questions):
            found[place] = breaker.run(questions[place])

    workers = [
        threading.Thread(target=work, name=f"judge-{number}", daemon=True)
        for number in range(min(max(1, concurrency), len(questions)))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [found[place] for place in range(len(questions))]
