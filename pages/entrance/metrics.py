"""Counts and durations of this process for Prometheus: nobody's name, address or words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """What is counted; the gauges are asked for when somebody reads."""

    def __init__(self) -> None:
        """Nothing has been counted."""
        self.registry = kept = CollectorRegistry()
        ProcessCollector(registry=kept)
        self._requests = Counter("rehearse_requests", "Requests answered.", ("kind", "status"), registry=kept)
        self._seconds = Histogram(
            "rehearse_request_seconds", "Time to an answer.", ("kind",), buckets=_SECONDS, registry=kept
        )
        self._visits = Gauge("rehearse_visits", "Browser tabs that are connected.", registry=kept)
        self._gauges: dict[str, Gauge] = {}

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """One request is over; a class of status such as 2xx, never an address."""
        self._requests.labels(kind, f"{status // 100}xx").inc()
        self._seconds.labels(kind).observe(seconds)

    def visit(self, more: int) -> None:
        """A tab has connected (1) or gone (-1)."""
        self._visits.inc(more)

    def rendered(self, now: Mapping[str, tuple[str, Callable[[], float]]]) -> bytes:
        """Everything as text; `now` has further gauges: name → what it is, and what it is now."""
        for name, (told, value) in now.items():
            if name not in self._gauges:
                self._gauges[name] = Gauge(name, told, registry=self.registry)
            self._gauges[name].set(value())
        return generate_latest(self.registry)


METRICS = Metrics()
"""Those of this process."""
