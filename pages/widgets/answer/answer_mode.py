"""How to answer: one choice, drawn alike for a single question and for a whole interview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pages.widgets import segments

Mode = TypeVar("Mode", bound=str)
_TITLES = {
    "camera": "Camera and microphone",
    "microphone": "Microphone only",
    "typed": "Typed",
    "upload": "A recording",
    "checklist": "Checklist, no recording",
}


def show(offered: Sequence[Mode], *, default: Mode, key: str) -> Mode:
    """Draw the ways that are `offered`; the one chosen."""
    titles = {mode: _TITLES[mode] for mode in offered}
    return segments.show("How do you want to answer?", titles, default=default, key=key)
