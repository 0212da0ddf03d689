"""Threads that cannot die unseen: what fails is logged, and whoever asked for the work hears of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeAlias

from data.domain import panics_as_errors

LOGGER = logging.getLogger(__name__)
Work: TypeAlias = Callable[[], object]
Failed: TypeAlias = Callable[[Exception], object]


class Supervised:
    """A few threads for one kind of work."""

    def __init__(self, threads: int, name: str) -> None:
        """`name` says in the log and in a list of threads what they are for."""
        self._name = name
        self._pool = ThreadPoolExecutor(threads, name)

    def submit(self, work: Work, failed: Failed | None = None) -> Future[None]:
        """Do it on one of the threads; `failed` is told there what went wrong. The future never raises."""
        return self._pool.submit(supervised, work, failed, self._name)

    def close(self) -> None:
        """Wait until everything that was asked for is done, and take nothing more."""
        self._pool.shutdown(wait=True)


def supervised(work: Work, failed: Failed | None, name: str) -> None:
    """Do `work` here; a failure is logged and given to `failed`, whose own failure is logged too."""
    try:
        with panics_as_errors():
            work()
    except Exception as problem:  # thread boundary: the only place where it can still be seen
        LOGGER.exception("%s: it failed", name)
        if failed is not None:
            supervised(partial(failed, problem), None, f"{name}, telling of a failure")
