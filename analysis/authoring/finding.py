"""One thing that is wrong with a question, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.domain import Question

Check = Literal["missing", "form", "giveaway", "sum", "link", "alike"]
Path = tuple[str | int, ...]
"""Field names and places of a question's YAML, counted from 0: ("key_points", 2, "hints", 0)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and at which place of which question's file."""

    question_id: str
    path: Path
    check: Check
    problem: str

    @property
    def where(self) -> str:
        """The place in words: "key_points, item 3, hints, item 1"."""
        return ", ".join(f"item {step + 1}" if isinstance(step, int) else step for step in self.path)


def found(question: Question, check: Check, problem: str, *path: str | int) -> Finding:
    """A finding in `question`."""
    return Finding(question.id, path, check, problem)
