"""Seconds as people read them on a player: 75.2 -> "1:15"."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """Minutes and seconds, for labels."""
    return f"{int(seconds // 60)}:{int(seconds % 60):02d}"
