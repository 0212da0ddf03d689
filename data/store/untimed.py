"""What is left of an answer for whom its voice was not shared: the words, and not when or how clearly."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from data.domain import Attempt, AttemptResult, Evidence, OwnMark, Speech, Turn, Word

Kept = TypeVar("Kept")

_NO_TIMES: dict[str, object] = {"start_seconds": None, "end_seconds": None}
_UNTOLD: dict[type, dict[str, object]] = {
    Word: {**_NO_TIMES, "confidence": None},
    Turn: _NO_TIMES,
    Evidence: _NO_TIMES,
    OwnMark: {"seconds": None},
    Speech: {"voiced": (), "fillers": None, "seconds": 0.0, "notes": ()},
    Attempt: {"question_end_seconds": None},
    AttemptResult: {"delivery": None, "notes": ()},
}
"""Notes go as well: they tell how the recording sounded, and what was cut from it."""


def untimed(kept: Kept) -> Kept:
    """The same, at every depth without what a pace, a pause or a length could be worked out from."""
    return cast(Kept, _untimed(kept))


def _untimed(kept: Any) -> Any:
    if isinstance(kept, tuple):
        return tuple(_untimed(one) for one in kept)
    if not is_dataclass(kept) or isinstance(kept, type):
        return kept
    told = {one.name: _untimed(getattr(kept, one.name)) for one in fields(kept)}
    return replace(kept, **{**told, **_UNTOLD.get(type(kept), {})})
