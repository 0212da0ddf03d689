"""Whose recording is taken in next. Thread-safe.

Several are read at a time, one of each person, and one long one: so there is always a place that is soon free
for what is short.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from data.domain import RehearseError

PLACES = 2
"""Recordings that are taken in at the same time."""
PATIENCE_SECONDS = 600.0
"""How long one waits: then whoever sent it is told, and what was sent stays."""
TOLD_EVERY_SECONDS = 2.0
"""Whoever is not there any more to be told leaves the line."""

Told: TypeAlias = Callable[[str], object]
"""Is given a sentence on what is waited for, again and again; "" once the waiting is over."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's recording in the line; who arrived first has the lower number."""

    number: int
    owner: str
    long: bool = False


class Turns:
    """The line and the places."""

    def __init__(self, places: int = PLACES, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """Nobody is there."""
        self._places, self._patience = places, patience_seconds
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._held: list[Turn] = []
        self._waiting: list[Turn] = []

    def arrive(self, owner: str) -> Turn:
        """Join at the end of the line."""
        return Turn(next(self._numbers), owner)

    @contextmanager
    def held(self, turn: Turn, told: Told) -> Iterator[None]:
        """Wait for a place, then hold it. RehearseError when that takes too long."""
        has_waited = self._wait(turn, told)
        try:
            if has_waited:
                told("")
            yield
        finally:
            with self._changed:
                self._held.remove(turn)
                self._changed.notify_all()

    def _wait(self, turn: Turn, told: Told) -> bool:
        """Take a place as soon as there is one; whether that was not at once."""
        until, has_waited = time.monotonic() + self._patience, False
        with self._changed:
            self._waiting.append(turn)
        try:
            while why := self._begin(turn):
                told(why)
                has_waited = True
                if (left := until - time.monotonic()) <= 0:
                    raise RehearseError(
                        "Other recordings are being read, and they take long.", "Try it again in a while."
                    )
                with self._changed:
                    self._changed.wait_for(lambda: self._may_begin(turn), min(left, TOLD_EVERY_SECONDS))
        except BaseException:
            with self._changed:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                self._changed.notify_all()
            raise
        return has_waited

    def _begin(self, turn: Turn) -> str:
        """Take a place, or say why there is none."""
        with self._changed:
            if not self._may_begin(turn):
                return self._why(turn)
            self._waiting.remove(turn)
            self._held.append(turn)
            self._changed.notify_all()
            return ""

    def _may_begin(self, turn: Turn) -> bool:
        earlier = (one for one in self._waiting if one.number < turn.number)
        return self._fits(turn) and not any(self._fits(one) for one in earlier)

    def _fits(self, turn: Turn) -> bool:
        own, long = self._beside(turn)
        return len(self._held) < self._places and not own and not long

    def _beside(self, turn: Turn) -> tuple[bool, bool]:
        """Whether its owner holds a place, and whether a long one does that it would have to wait for."""
        own = any(one.owner == turn.owner for one in self._held)
        return own, turn.long and any(one.long for one in self._held)

    def _why(self, turn: Turn) -> str:
        own, long = self._beside(turn)
        if own:
            return "Another recording of yours is being read. This one begins after it."
        if long:
            return "Another long recording is being read. Yours is long as well and begins after it."
        held, before = len(self._held), sum(one.number < turn.number for one in self._waiting)
        read = "Another recording is" if held <= 1 else f"{held} other recordings are"
        if before:
            return f"{read} being read, and {before} {'waits' if before == 1 else 'wait'} before yours."
        return f"{read} being read. Yours begins after {'it' if held <= 1 else 'one of them'}."
