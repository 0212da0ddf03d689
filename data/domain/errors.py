"""What goes wrong in a way the user can act on."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import contextmanager

from data.domain.credentials import without_credentials


class RehearseError(Exception):
    """Something the user can act on: `message` says what happened, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        """Keep both sentences, without any address's password; `str(error)` joins them."""
        message = without_credentials(message)
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class ErasedError(RehearseError):
    """Somebody erased this meanwhile, so nothing of it is kept."""


class PanicError(Exception):
    """Foreign code broke down with something that `except Exception` lets through."""


@contextmanager
def panics_as_errors() -> Iterator[None]:
    """Raise a panic inside as a `PanicError`: what a library in Rust raises ends a thread unseen otherwise.

    Orders to end (Ctrl-C, an exit, a cancelled task, a closed generator) go through as they are.
    """
    try:
        yield
    except (Exception, KeyboardInterrupt, SystemExit, GeneratorExit, CancelledError):
        raise
    except BaseException as panic:
        raise PanicError(f"{type(panic).__name__}: {panic}") from panic
