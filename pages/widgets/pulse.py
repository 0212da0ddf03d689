"""Pages that redraw themselves every second, brought back to life when they no longer do.

While one run of a page waits, Streamlit begins another beside it. The older one can then take the newer one's
timers away, or the newer one's last pieces never reach the browser: such a page stands still for ever.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from analysis.live.executor import supervised
from pages.entrance import streamlit_inside

SILENT_SECONDS = 15.0
"""A run may wait for a connection for 13 s; a page that has not moved for longer is drawn anew."""
MOST = 3
"""So often in a row, each time after twice as long: a browser may simply be asleep."""
_EVERY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Beat:
    at: float
    redrawn: int = 0


class Pulse:
    """When each browser session's page last redrew itself. Thread-safe."""

    def __init__(
        self,
        is_open: Callable[[str], bool],
        redraw: Callable[[str], object],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`redraw` runs the page of a session as if its browser had asked."""
        self._is_open, self._redraw, self._now = is_open, redraw, now
        self._lock = threading.Lock()
        self._beats: dict[str, _Beat] = {}

    def beat(self, session: str) -> None:
        """This page has just been drawn, and will be again in a second."""
        with self._lock:
            self._beats[session] = _Beat(self._now())

    def still(self, session: str) -> None:
        """Another page is being drawn, which need not redraw itself."""
        with self._lock:
            self._beats.pop(session, None)

    def look(self) -> None:
        """Have those drawn anew that have stood still for too long."""
        for session in self._standing():
            self._redraw(session)

    def _standing(self) -> list[str]:
        with self._lock:
            self._beats = {name: beat for name, beat in self._beats.items() if self._is_open(name)}
            now, standing = self._now(), []
            for session, beat in self._beats.items():
                if beat.redrawn < MOST and now - beat.at > SILENT_SECONDS * 2**beat.redrawn:
                    standing.append(session)
                    self._beats[session] = _Beat(now, beat.redrawn + 1)
            return standing


@cache
def _pulse() -> Pulse:
    return Pulse(streamlit_inside.is_open, streamlit_inside.redraw)


def beat() -> None:
    """The page being drawn redraws itself every second."""
    _pulse().beat(streamlit_inside.browser_session())


def still() -> None:
    """A page begins to be drawn; `beat` says when it redraws itself."""
    _pulse().still(streamlit_inside.browser_session())


@cache
def look_after() -> threading.Thread:
    """Start looking on a thread of its own, once a process."""
    thread = threading.Thread(
        target=lambda: go_round(_pulse().look, threading.Event().wait), name="pulse", daemon=True
    )
    thread.start()
    return thread


def go_round(look: Callable[[], None], pause: Callable[[float], bool]) -> None:
    """Look again and again, until a pause says that it was the last; what fails is logged."""
    while not pause(_EVERY_SECONDS):
        supervised(look, None, "pulse")
