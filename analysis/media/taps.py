"""Hands live frames to analysis without ever holding the recorder up."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from data.domain import panics_as_errors

LOGGER = logging.getLogger(__name__)


class Tap:
    """Calls `consume` on its own thread. When it cannot keep up the oldest `keep` + 1th offer is skipped."""

    def __init__(self, consume: Callable[..., None], keep: int) -> None:
        """Start the thread; `keep` offers may wait."""
        self._consume = consume
        self._keep = keep
        self._offers: deque[tuple[Any, ...]] = deque()
        self._wake = threading.Condition()
        self._open = True
        self.skipped = 0
        self._thread = threading.Thread(target=self._run, name="recording tap", daemon=True)
        self._thread.start()

    def offer(self, *values: Any) -> None:
        """Put `values` in line; never waits."""
        with self._wake:
            if len(self._offers) >= self._keep:
                self._offers.popleft()
                self.skipped += 1
            self._offers.append(values)
            self._wake.notify()

    def close(self, timeout_seconds: float) -> None:
        """Let what is in line be consumed, then end the thread; waits for it a while at most."""
        with self._wake:
            self._open = False
            self._wake.notify()
        self._thread.join(timeout_seconds)

    def _run(self) -> None:
        while (values := self._next()) is not None:
            try:
                with panics_as_errors():
                    self._consume(*values)
            except Exception:  # the consumer is foreign code: its fault must not end the recording's taps
                LOGGER.exception("Live analysis failed on a frame")

    def _next(self) -> tuple[Any, ...] | None:
        with self._wake:
            while not self._offers:
                if not self._open:
                    return None
                self._wake.wait()
            return self._offers.popleft()
