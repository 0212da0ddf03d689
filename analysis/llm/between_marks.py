"""Text that somebody else wrote, as it may stand between two marks of a prompt: none of it is a mark."""

from __future__ import annotations

_INSTEAD = "…"


def without_mark(text: str, mark: str) -> str:
    """The text with every mark in it blotted out.

    Taken out instead, what stands around it could close up to another one.
    """
    return text.replace(mark, _INSTEAD)
