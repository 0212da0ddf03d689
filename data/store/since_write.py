"""What was read since something was last written: a page that is drawn again asks for the same rows.

Only where this process alone writes, which a DuckDB file grants. Whoever may not read is refused before this
is asked, so one answer serves every viewer. An erasure is a write: what it erased is gone from here too.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

MOST_KEPT = 512
"""Answers of the database at once; the one asked for longest ago goes first."""

Read = TypeVar("Read")


class SinceWrite:
    """Kept answers, each valid until the next write. Safe to use from any thread."""

    def __init__(self, *, alone: bool) -> None:
        """`alone` says that nobody else writes; without it nothing is kept."""
        self._alone = alone
        self._writes = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, read: Callable[[], Read]) -> Read:
        """What is kept under a key, or what is read now; the value must not be changed by who gets it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Read = self._kept[key]
                return found
            before = self._writes
        value = read()
        with self._lock:
            if self._alone and before == self._writes:
                self._kept[key] = value
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        return value

    def written(self) -> None:
        """Something was written, or may have been: forget everything."""
        with self._lock:
            self._writes += 1
            self._kept.clear()
