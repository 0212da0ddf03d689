"""Answer in, levels with verified quotes out. Never sees a camera signal."""

from __future__ import annotations

from typing import Protocol

from data.domain import Answer, Assessment


class Scorer(Protocol):
    """Anything that judges the content of an answer. `name` and `version` travel in every score."""

    name: str
    version: str

    def score(self, answer: Answer) -> Assessment:
        """Levels with evidence, or unscored with the reason; never a fallback level."""
        ...
