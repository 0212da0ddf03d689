"""What judging costs: counted calls, tokens and seconds, and a price from a table the user sets."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

CHARACTERS_PER_TOKEN = 4
"""About, in English; for estimates, and where a server does not count."""


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens; None when the user set none."""

    in_per_mtok: float | None = None
    out_per_mtok: float | None = None

    def of(self, prompt_tokens: float, completion_tokens: float) -> float | None:
        """The price of so many tokens, or None when no price is set."""
        if self.in_per_mtok is None or self.out_per_mtok is None:
            return None
        return (prompt_tokens * self.in_per_mtok + completion_tokens * self.out_per_mtok) / 1e6


@dataclass(frozen=True, slots=True)
class Usage:
    """What was spent. `seconds` is the sum over calls, more than the wait when they ran side by side."""

    calls: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    price: float | None = None

    def __add__(self, other: Usage) -> Usage:
        """Both together; the price is known when one of them is."""
        return Usage(
            self.calls + other.calls,
            self.cached + other.cached,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.seconds + other.seconds,
            _both(self.price, other.price),
        )

    @property
    def sentence(self) -> str:
        """One line for the screen."""
        tokens = self.prompt_tokens + self.completion_tokens
        price = "no price set" if self.price is None else f"about ${self.price:.4f}"
        return (
            f"Judge: {_calls(self.calls)} ({self.cached} more from the cache), {tokens} tokens, "
            f"{self.seconds:.1f} s of model time, {price}."
        )


@dataclass(frozen=True, slots=True)
class CostEstimate:
    """What judging will cost at most, before it runs. Tokens are estimated as characters / 4.

    `calls` are those still to be made, `kept` those answered before, which cost nothing. `seconds` is None
    as long as no call has been made to measure.
    """

    calls: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float | None
    price: float | None
    kept: int = 0

    def __add__(self, other: CostEstimate) -> CostEstimate:
        """Both together; time and price are known when those of both are."""
        unpriced = self.price is None or other.price is None
        untimed = self.seconds is None or other.seconds is None
        return CostEstimate(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            None if untimed else (self.seconds or 0.0) + (other.seconds or 0.0),
            None if unpriced else (self.price or 0.0) + (other.price or 0.0),
            self.kept + other.kept,
        )

    @property
    def sentence(self) -> str:
        """One line for the screen."""
        if not self.calls:
            return (
                "Every reply is kept from before: this costs nothing." if self.kept else "No call is needed."
            )
        kept = f" ({self.kept} more are kept from before and cost nothing)" if self.kept else ""
        seconds = (
            "time not known before the first call" if self.seconds is None else f"about {_time(self.seconds)}"
        )
        price = "no price set" if self.price is None else f"at most ${self.price:.4f}"
        return (
            f"{_calls(self.calls)}{kept}, about {self.prompt_tokens:,} tokens sent and at most "
            f"{self.completion_tokens:,} received, {seconds}, {price}."
        )


def _both(one: float | None, other: float | None) -> float | None:
    return None if one is None and other is None else (one or 0.0) + (other or 0.0)


def _calls(number: int) -> str:
    return "1 call" if number == 1 else f"{number} calls"


def _time(seconds: float) -> str:
    return f"{max(1, round(seconds))} s" if seconds < 90 else f"{round(seconds / 60)} minutes"


@dataclass(slots=True)
class Meter:
    """Counts usage from several threads."""

    _usage: Usage = field(default_factory=Usage)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def total(self) -> Usage:
        """What was counted so far."""
        with self._lock:
            return self._usage

    def add(self, prompt_tokens: int, completion_tokens: int, seconds: float, price: Price) -> None:
        """Count one call to the model."""
        with self._lock:
            so_far, cost = self._usage, price.of(prompt_tokens, completion_tokens)
            self._usage = Usage(
                so_far.calls + 1,
                so_far.cached,
                so_far.prompt_tokens + prompt_tokens,
                so_far.completion_tokens + completion_tokens,
                so_far.seconds + seconds,
                so_far.price if cost is None else (so_far.price or 0.0) + cost,
            )

    def add_cached(self) -> None:
        """Count one reply that came from the cache."""
        with self._lock:
            so_far = self._usage
            self._usage = Usage(
                so_far.calls,
                so_far.cached + 1,
                so_far.prompt_tokens,
                so_far.completion_tokens,
                so_far.seconds,
                so_far.price,
            )
