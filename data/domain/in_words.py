"""Figures as people read them: 75.2 seconds as "1:15", a share as percent, a value with its unit."""

from __future__ import annotations

_UNMEASURED = "not measured"


def clock(seconds: float | None) -> str:
    """Minutes and seconds, or nothing for words that were not timed."""
    return "" if seconds is None else f"{int(seconds // 60)}:{int(seconds % 60):02d}"


def number(value: float | None, unit: str) -> str:
    """A value with its unit; shares as percent."""
    if value is None:
        return _UNMEASURED
    if unit == "share":
        return f"{value:.0%}"
    return f"{value:.0f} {unit}" if abs(value) >= 10 else f"{value:.1f} {unit}"
