"""Work that asks a server, on a thread of its own beside the page that began it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from data.domain import RehearseError, panics_as_errors

LOGGER = logging.getLogger(__name__)
Result = TypeVar("Result")


class Beside(Generic[Result]):
    """One piece of work. A page keeps it, looks at `finished` when it is drawn, and never waits."""

    def __init__(self, work: Callable[[threading.Event], Result]) -> None:
        """Begin at once; `work` is given the event that tells it to stop."""
        self.cancel = threading.Event()
        self._ended = threading.Event()
        self._result: Result | None = None
        self._failed: RehearseError | None = None
        threading.Thread(target=self._run, args=(work,), name="beside-a-page", daemon=True).start()

    @property
    def finished(self) -> bool:
        """Whether there is a result or an error."""
        return self._ended.is_set()

    def stop(self) -> None:
        """Tell the work to end; it cuts its connection at once."""
        self.cancel.set()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, no longer than so many seconds (a page: a blink); whether it came."""
        return self._ended.wait(seconds)

    def result(self) -> Result | None:
        """What the work gave, None while it has not ended; raises the `RehearseError` that ended it."""
        if self._failed is not None:
            raise self._failed
        return self._result

    def _run(self, work: Callable[[threading.Event], Result]) -> None:
        try:
            with panics_as_errors():
                self._result = work(self.cancel)
        except RehearseError as problem:
            self._failed = problem
        except Exception:  # door: a fault nobody foresaw must not leave a page waiting for ever
            LOGGER.exception("asking a server beside a page")
            self._failed = RehearseError(
                "This failed in a way nobody foresaw; the server's log has it.", "Try again."
            )
        finally:
            self._ended.set()
