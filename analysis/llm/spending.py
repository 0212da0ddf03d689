"""What language models cost the whole server since it started, by what it was for."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from analysis.llm.usage import Meter, Usage

Purpose = Literal["judge", "interviewer", "tailoring", "exam", "trial", "speech", "other"]


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

    def by_purpose(self) -> Mapping[Purpose, Usage]:
        """What was spent so far; a purpose nothing was asked for is absent."""
        with self._lock:
            meters = dict(self._meters)
        return {purpose: meter.total for purpose, meter in meters.items() if meter.total != Usage()}


WHOLE_SERVER = Spending()
"""Of this process; a ChatModel counts here unless it is given another."""
