"""A server that is asked to end: it lets who is answering finish, then makes recordings whole.

Whoever still answers when the time is over loses nothing that was said: the recording is closed as a whole
file, and the answer waits under “Not finished”.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from analysis.live.executor import supervised
from data.domain import RehearseError

if TYPE_CHECKING:
    from analysis.live.captures import Capture

LOGGER = logging.getLogger(__name__)
_EVERY_SECONDS = 0.5


class Draining:
    """The end of one server."""

    def __init__(
        self,
        longest_seconds: float,
        under_way: Callable[[], int],
        now: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        """`under_way` counts what people are in the middle of; it is waited for `longest_seconds` at most."""
        self._longest, self._under_way = longest_seconds, under_way
        self._now, self._pause = now, pause
        self._begun = threading.Event()

    @property
    def begun(self) -> bool:
        """Whether the server is about to end."""
        return self._begun.is_set()

    def begin(self, then: Callable[[], object]) -> threading.Thread | None:
        """Drain on a thread of its own, then do what ends the server; None when that is under way already."""
        if self._begun.is_set():
            return None
        self._begun.set()
        thread = threading.Thread(target=self._drain, args=(then,), name="drain the server")
        thread.start()
        return thread

    def _drain(self, then: Callable[[], object]) -> None:
        try:
            supervised(self._wait, None, "draining the server")
            supervised(_finish_recordings, None, "closing recordings")
        finally:
            then()

    def _wait(self) -> None:
        until = self._now() + self._longest
        while self._under_way() and self._now() < until:
            self._pause(_EVERY_SECONDS)
        left = self._under_way()
        if left:
            LOGGER.warning("The server ends while %d answers or interviews are under way.", left)


def _finish_recordings() -> None:
    if "analysis.live.captures" not in sys.modules:  # nobody has recorded, and it takes long to load
        return
    from analysis.live import captures

    for capture in captures.growing():
        supervised(partial(_finish, capture), None, "closing a recording")


def _finish(capture: Capture) -> None:
    if capture.has_recorder:
        with suppress(RehearseError):  # not one frame had come
            capture.finish()
