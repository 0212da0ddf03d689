"""A judge that answers from a table: what it was told of each item, and which claims it knows to be false."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fake_endpoint import Asked, Said

Seen = Mapping[str, tuple[str, tuple[str, ...]]]
"""By item its verdict and quotes; what is absent was not said."""


@dataclass
class Careful:
    """A behaviour. `looks` are the tables of the first look and of those after it; the last one stays.

    `claims` are what the look for false claims finds; of these `defended` are those it defends when asked.
    `left_out` are items that the first look says nothing of.
    """

    looks: Sequence[Seen]
    claims: Sequence[dict[str, Any]] = ()
    defended: Sequence[str] = ()
    left_out: Sequence[str] = ()
    asked_again: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Said | None:
        if asked.kind == "claims":
            return Said({"claims": list(self.claims)})
        if asked.kind not in ("read", "again"):
            return None
        seen = self.looks[min(asked.seed, len(self.looks)) - 1]
        names = (*asked.clauses, *asked.points)
        if asked.kind == "again":
            self.asked_again += [*names, *asked.doubted]
        left_out = self.left_out if asked.kind == "read" else ()
        return Said(
            {
                "readable": True,
                "found": [_entry(name, *seen[name]) for name in names if name in seen],
                "not_said": [name for name in names if name not in seen and name not in left_out],
                "claims": [self._doubt(asked, name) for name in asked.doubted],
            }
        )

    def _doubt(self, asked: Asked, name: str) -> dict[str, Any]:
        line = next(line for line in asked.request.splitlines() if line.startswith(f"- {name}: "))
        holds = any(quote in line for quote in self.defended)
        return {"id": name, "holds": holds, "fact": "", "why": ""}


def _entry(name: str, verdict: str, quotes: tuple[str, ...]) -> dict[str, Any]:
    fact = "It holds the other way round." if verdict == "wrong" else ""
    return {"id": name, "verdict": verdict, "quotes": list(quotes), "fact": fact}


def claim(quote: str, criterion: str = "C2", decides: bool = True) -> dict[str, Any]:
    """A false claim as the look for them tells it."""
    return {
        "quote": quote,
        "fact": "Raft needs a majority.",
        "why": "A minority would split the data.",
        "criterion": criterion,
        "decides": decides,
    }
