"""What was learnt about a server and its model: how far down the ladder, and what it does not take."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

RUNGS = ("json_schema", "json_object_schema", "json_object", "prompt")
"""Ways to ask for structured output, the strictest first."""


@dataclass(slots=True)
class Habits:
    """Of one model on one server; learnt from any thread."""

    rung_at: int = 0
    dropped: frozenset[str] = frozenset()
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def rung(self) -> str:
        """How structured output is asked for here."""
        return RUNGS[self.rung_at]

    def step_down(self, rung: str) -> bool:
        """Remember that this rung does not work here; False when it was the last one."""
        at = RUNGS.index(rung)
        if at + 1 >= len(RUNGS):
            return False
        with self._lock:
            self.rung_at = max(self.rung_at, at + 1)
        return True

    def drop(self, name: str) -> None:
        """Remember that this parameter is not taken here."""
        with self._lock:
            self.dropped |= {name}

    def forget(self) -> None:
        """Learn anew: the server may have been changed."""
        with self._lock:
            self.rung_at, self.dropped = 0, frozenset()


_known: dict[tuple[str, str], Habits] = {}
_memory = threading.Lock()


def habits_of(base_url: str, model: str) -> Habits:
    """What is known about a model at an address."""
    with _memory:
        return _known.setdefault((base_url, model), Habits())


def forget_servers() -> None:
    """Forget what was learnt about servers (after a settings change)."""
    with _memory:
        _known.clear()
