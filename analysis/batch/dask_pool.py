"""Dask as a place for pieces: a scheduler and workers of one's own, the only home of `distributed`.

What travels is pickled and, over tcp://, neither encrypted nor authenticated: use a private network, or
tls:// with the certificates that Dask reads from its own settings.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any

from data.domain import RehearseError

_WAIT_SECONDS = 15
_NOT_INSTALLED = RehearseError(
    "COMPUTE names a Dask scheduler, and Dask is not installed.",
    "Install the parts of a server (docs/hosting.md), or set COMPUTE to local.",
)


class AwayError(RehearseError):
    """Nobody can work on anything now."""


class DaskPool:
    """Workers behind one scheduler. A worker that dies costs its piece, which Dask gives to another one."""

    shares_files = False

    def __init__(self, address: str) -> None:
        """`RehearseError` when nobody answers at the address, or nobody works there."""
        try:
            from distributed import Client
        except ImportError as error:
            raise _NOT_INSTALLED from error
        self._address = address
        _require_certificates(address)
        try:
            connect = partial(Client, address, timeout=_WAIT_SECONDS, set_as_default=False)
            self._client = _within(2 * _WAIT_SECONDS, connect)
            threads = sum(self._client.nthreads().values())
        except (OSError, TimeoutError, ValueError) as error:
            raise self._away() from error
        if not threads:
            self._client.close()
            raise RehearseError(f"No worker has joined the scheduler at {address}.", "Start one.")
        self.width = threads + 1
        self._executor = self._client.get_executor(pure=False)

    def submit(self, work: Callable[[Any], Any], piece: object) -> Future[Any]:
        """Have it worked on; a piece whose worker died several times raises as one of a broken pool."""
        told: Future[Any] = Future()
        told.set_running_or_notify_cancel()
        given: Future[Any] = self._executor.submit(work, piece)
        given.add_done_callback(lambda over: self._tell(over, told))
        return told

    def renew(self) -> None:
        """Dask looks after its workers itself."""

    def close(self) -> None:
        """Leave the scheduler; what it still has of ours is dropped."""
        self._executor.shutdown(wait=False)
        self._client.close()

    def _tell(self, over: Future[Any], told: Future[Any]) -> None:
        try:
            told.set_result(over.result())
        except CancelledError:
            told.set_exception(self._away())
        except Exception as problem:  # door: whatever a worker raised goes on to whoever asked
            lost = type(problem).__name__ in ("KilledWorker", "CommClosedError", "FutureCancelledError")
            told.set_exception(BrokenProcessPool(str(problem)) if lost else problem)

    def _away(self) -> AwayError:
        tls = " Look whether it takes the certificates that are set here." if _is_tls(self._address) else ""
        return AwayError(
            f"The Dask scheduler at {self._address} cannot be reached.",
            "Start it, or set COMPUTE to local; what was done is kept, and the batch goes on from there."
            + tls,
        )


def _is_tls(address: str) -> bool:
    return address.startswith("tls://")


def _require_certificates(address: str) -> None:
    from distributed.security import Security

    if _is_tls(address) and Security().get_connection_args("client").get("ssl_context") is None:
        raise RehearseError(
            "COMPUTE names a scheduler behind TLS, and there is no certificate to show it.",
            "Set DASK_DISTRIBUTED__COMM__TLS__CA_FILE, DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT and "
            "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY to files of this machine.",
        )


def _within(seconds: float, connect: Callable[[], Any]) -> Any:
    """What `connect` gives, or its error; TimeoutError when neither comes in time, which Dask can wait for.

    What comes later is closed.
    """
    made: Future[Any] = Future()

    def work() -> None:
        try:
            made.set_result(connect())
        except Exception as problem:  # thread boundary: told to whoever waits
            made.set_exception(problem)

    threading.Thread(target=work, name="reach a scheduler", daemon=True).start()
    try:
        return made.result(seconds)
    except TimeoutError:
        made.add_done_callback(lambda late: late.exception() or late.result().close())
        raise
