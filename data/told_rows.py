"""What the commands that copy a database print: a line a table, and a sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Copied(Protocol):
    """A table that is there (`data.store.copying.Counted`)."""

    @property
    def name(self) -> str:
        """Of the table."""

    @property
    def rows(self) -> int:
        """How many."""

    @property
    def checksum(self) -> str:
        """Of all of them."""


def tell(one: Copied) -> None:
    """Print one table as soon as it is there."""
    print(f"{one.name:24} {one.rows:>12,} rows  {one.checksum}", flush=True)


def told_all(found: Sequence[Copied], sentence: str) -> None:
    """Print the sum of it."""
    rows = sum(one.rows for one in found)
    print(f"{rows:,} rows of {len(found)} tables, each counted and summed up on both sides. {sentence}")
