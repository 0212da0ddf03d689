"""Work done again on many answers: which ones, how far it is. Nothing of what an answer says is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from data.domain.errors import RehearseError

BatchKind = Literal["reanalyse", "rescore", "rejudge"]
TaskState = Literal["waiting", "done", "skipped", "failed"]
KINDS: tuple[BatchKind, ...] = ("reanalyse", "rescore", "rejudge")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which answers: all that match what is not empty. `since` and `until` are days, as 2026-11-30 (UTC)."""

    candidate: str = ""
    cohort: str = ""
    question: str = ""
    since: str = ""
    until: str = ""

    @property
    def text(self) -> str:
        """As it is kept; equal selections have equal texts."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, sort_keys=True)


def read_selection(text: str) -> Selection:
    """What was kept."""
    return Selection(**json.loads(text))


def asked_for(words: list[str]) -> Selection:
    """A selection as it is typed: `all`, or words like `candidate=ID` and `since=2026-01-31`."""
    given: dict[str, str] = {}
    for word in words:
        name, _, value = word.partition("=")
        if word == "all":
            continue
        if name not in Selection.__slots__ or not value or name in given:
            raise RehearseError(
                f"{word!r} selects nothing.",
                "Give all, or candidate=ID, cohort=ID, question=ID, since=2026-01-31, until=2026-01-31.",
            )
        given[name] = value if name not in ("since", "until") else _day(value)
    return Selection(**given)


def _day(value: str) -> str:
    try:
        return datetime.strptime(value, "%Y-%m-%d").date().isoformat()
    except ValueError as error:
        raise RehearseError(f"{value!r} is not a day.", "Write it as 2026-01-31.") from error


@dataclass(frozen=True, slots=True)
class Task:
    """One answer of a batch."""

    attempt_id: str
    candidate_id: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One piece of work on many answers, as it is kept. `ended_at` is None while something waits."""

    id: str
    kind: BatchKind
    selection: Selection
    begun_at: datetime
    ended_at: datetime | None
    cancelled: bool
    counts: Mapping[TaskState, int]

    @property
    def whole(self) -> int:
        """How many answers were selected and are still there."""
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        """How many are over, whatever came of them."""
        return self.whole - self.counts.get("waiting", 0)

    @property
    def is_open(self) -> bool:
        """Whether it is to be gone on with."""
        return self.ended_at is None and not self.cancelled

    @property
    def told(self) -> str:
        """How far it is, in a few words."""
        parts = [f"{self.settled} of {self.whole} answers"]
        ends: tuple[TaskState, ...] = ("skipped", "failed")
        parts += [f"{self.counts[state]} {state}" for state in ends if self.counts.get(state)]
        end = "cancelled" if self.cancelled else "done" if self.ended_at else ""
        return " · ".join([*parts, *([end] if end else [])])
