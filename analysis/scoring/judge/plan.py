"""Asking many questions about one answer side by side, giving up early when the server is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from analysis.scoring.grader_errors import GraderError

Result = TypeVar("Result")
HOPELESS_AFTER = 4
"""So many questions in a row without one reply: the rest is not asked."""


@dataclass(slots=True)
class Breaker:
    """Remembers failures of one scoring; open when asking on is hopeless."""

    failures: int = 0
    replies: int = 0
    error: GraderError | None = None
    failed: GraderError | None = None
    """The last error, whether or not asking on is hopeless."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, ask: Callable[[], Result]) -> Result | GraderError:
        """The reply, or the error as a value so that one failing question leaves the others standing."""
        if self.error is not None:
            return self.error
        try:
            reply = ask()
        except GraderError as error:
            self._failed(error)
            return error
        with self._lock:
            self.replies += 1
        return reply

    def _failed(self, error: GraderError) -> None:
        with self._lock:
            self.failed = error
            self.failures += error.kind == "unreachable"
            hopeless = not self.replies and self.failures >= HOPELESS_AFTER
            if error.kind in ("key", "cancelled") or hopeless:
                self.error = error


def ask_all(
    questions: Sequence[Callable[[], Result]], concurrency: int, breaker: Breaker
) -> list[Result | GraderError]:
    """Every reply or its error, in order."""
    with ThreadPoolExecutor(max(1, concurrency), thread_name_prefix="judge") as pool:
        return list(pool.map(breaker.run, questions))
