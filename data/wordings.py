"""What people say when they make a key point, or get it wrong: `data/wordings/<question id>.txt`.

A line "= text of the key point" begins each; the lines under it start with what they are: `said` (as
engineers say it), `plain` (everyday words), `wrong` (the same subject, an untrue claim), `related` (true,
another point). They are examples that the reader compares with, written for this project by a language model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from data.domain import RehearseError

FOLDER = Path(__file__).with_name("wordings")
QUESTIONS_KEPT = 32
SAME_POINT = 0.6
"""Ratio of matching letters from which a key point that was edited is still the same; two points of one
question of the bank have at most .576."""

WordingKind = Literal["said", "plain", "wrong", "related"]
KINDS: tuple[WordingKind, ...] = get_args(WordingKind)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of speaking of a key point."""

    kind: WordingKind
    text: str


@lru_cache(maxsize=QUESTIONS_KEPT)
def wordings(question_id: str, folder: Path = FOLDER) -> Mapping[str, tuple[Wording, ...]]:
    """Those of each key point, by its text; nothing for a question that has none.

    Raises RehearseError for a line that is none of the above.
    """
    file = folder / f"{question_id}.txt"
    if not question_id or "/" in question_id or not file.is_file():
        return {}
    found: dict[str, list[Wording]] = {}
    last: list[Wording] | None = None
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        kind, _, text = line.partition(" ")
        if kind == "=":
            last = found.setdefault(text.strip(), [])
        elif last is not None and kind in KINDS and text.strip():
            last.append(Wording(kind, text.strip()))
        else:
            raise RehearseError(
                f"Line {number} of {file.name} is no wording.",
                f"Begin it with “= ” and a key point, or with {', '.join(KINDS)}.",
            )
    return {point: tuple(lines) for point, lines in found.items()}


def wordings_of(question_id: str, point: str) -> tuple[Wording, ...]:
    """Those of one key point, also where its text was edited a little since they were written."""
    known = wordings(question_id)
    nearest = get_close_matches(point, known, 1, SAME_POINT)
    return known[nearest[0]] if nearest else ()
