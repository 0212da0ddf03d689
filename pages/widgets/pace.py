"""What a call to the connected model took the last time, also before a restart of the server."""

from __future__ import annotations

from analysis.llm.usage import Meter
from pages.widgets import resources

_PACE = "judge-seconds-per-call"


def usual_seconds() -> float | None:
    """Seconds of a call to this model; None when it is not known."""
    kept, used = (
        resources.session().memory.recall(resources.candidate_id(), _PACE),
        resources.language_model(),
    )
    name, _, seconds = (kept or "").rpartition(" ")
    return float(seconds) if used is not None and name == used.model else None


def keep(meter: Meter) -> None:
    """Remember what the calls that were counted took."""
    total, used = meter.total, resources.language_model()
    if total.calls and used is not None:
        pace = f"{used.model} {total.seconds / total.calls:.3f}"
        resources.session().memory.remember(resources.candidate_id(), _PACE, pace)
