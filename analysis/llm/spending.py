"""What language models cost the whole server since it started, by what it was for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from analysis.llm.usage import Meter, Price, Usage

Purpose = Literal["judge", "feedback", "interviewer", "tailoring", "exam", "trial", "speech", "other"]


@dataclass(slots=True)
class Spending:
    """Calls, tokens, seconds and price by purpose, counted from any thread."""

    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    _meters: dict[Purpose, Meter] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def meter(self, purpose: Purpose) -> Meter:
        """Where calls for this purpose are counted."""
        with self._lock:
            return self._meters.setdefault(purpose, Meter())

    @contextmanager
    def timed(self, purpose: Purpose) -> Iterator[None]:
        """Count one call that has no tokens by the seconds this block takes, also when it fails."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.meter(purpose).add(0, 0, time.monotonic() - began, Price())

    def by_purpose(self) -> Mapping[Purpose, Usage]:
        """What was spent so far; a purpose nothing was asked for is absent."""
        with self._lock:
            meters = dict(self._meters)
        return {purpose: meter.total for purpose, meter in meters.items() if meter.total != Usage()}


WHOLE_SERVER = Spending()
"""Of this process; a ChatModel counts here unless it is given another."""
