"""Which competencies an interview should look at: the lowest of the levels so far. Pure."""

from __future__ import annotations

from collections.abc import Mapping

MOST = 2
STRONG = 3.3
"""From this level on a competency needs no special practice."""


def weakest(levels: Mapping[str, float]) -> tuple[str, ...]:
    """At most two criteria, the lowest first; empty when nothing was measured or everything is strong."""
    low = sorted(
        (level, name) for name, level in levels.items() if level < STRONG and name != "communication"
    )
    return tuple(name for _, name in low[:MOST])
