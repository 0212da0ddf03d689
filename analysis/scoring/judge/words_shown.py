"""What of a judge's own words may be shown: sentences about the answer, not about a person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.rubrics import load_frame

LONGEST_SENTENCE = 300
LONGEST_SHARED_WORDS = 6
"""A step that has so many words in a row of a key point gives its content away."""


def about_the_answer(text: str, longest: int = LONGEST_SENTENCE) -> str:
    """The sentences that are about the answer; those about a person, or that only praise, are left out.

    No more than `longest` characters of them.
    """
    words = "|".join(re.escape(word) for word in load_frame().person_words)
    person = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    kept = [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part and not person.search(part)]
    return " ".join(kept)[:longest]


def gives_away(step: str, points: Iterable[str]) -> bool:
    """Whether a step holds a stretch of a key point, word for word."""
    said = _runs(step)
    return any(said & _runs(point) for point in points)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[at:] for at in range(LONGEST_SHARED_WORDS)), strict=False))
