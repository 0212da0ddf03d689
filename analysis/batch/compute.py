"""Where pieces of a batch are worked on: processes of this machine, one thread, or a Dask scheduler."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any, Protocol

from analysis.batch.dask_pool import DaskPool

LOCAL = "local"
_PIECES_A_PROCESS = 40
"""A worker ends after so many: what a library keeps to itself does not grow for ever."""


class Compute(Protocol):
    """Something that works on pieces. A future that raises `BrokenExecutor` has lost its worker."""

    width: int
    """How many pieces at most are out at once."""
    shares_files: bool
    """Whether a worker can open a path of this machine."""

    def submit(self, work: Callable[[Any], Any], piece: object) -> Future[Any]:
        """Have it worked on."""

    def renew(self) -> None:
        """Begin anew after a worker was lost."""

    def close(self) -> None:
        """Let go of the workers; what nobody began is not begun."""


class _Pool:
    """An executor of the standard library behind the door."""

    def __init__(self, width: int, shares_files: bool, make: Callable[[], Executor]) -> None:
        self.width, self.shares_files = width, shares_files
        self._make, self._executor = make, make()

    def submit(self, work: Callable[[Any], Any], piece: object) -> Future[Any]:
        return self._executor.submit(work, piece)

    def renew(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._make()

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)


def on_processes(workers: int) -> Compute:
    """A pool of processes, which give way to whoever answers live."""

    def pool() -> Executor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, spawn, initializer=_begin, max_tasks_per_child=_PIECES_A_PROCESS)

    return _Pool(workers, True, pool)


def on_a_thread() -> Compute:
    """One thread of this process: for work that only waits for a server, and holds its key."""
    return _Pool(1, True, lambda: ThreadPoolExecutor(1, "judge a batch"))


def compute_at(address: str, workers: int = 0) -> Compute:
    """What the setting COMPUTE names. `workers` processes here; 0: half of the processors, at least one."""
    if address == LOCAL:
        return on_processes(workers or max(1, (os.cpu_count() or 1) // 2))
    return DaskPool(address)


def _begin() -> None:
    if hasattr(os, "nice"):
        os.nice(10)
    threading.Thread(target=_end_with_the_server, name="end with the server", daemon=True).start()


def _end_with_the_server() -> None:
    """A worker whose server was killed would else wait for its next piece for ever, with all its memory."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(1)
