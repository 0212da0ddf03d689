"""What ends a call to a server before its time."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """An event that is set by whichever thread, or a moment of `time.monotonic`."""

    cancel: threading.Event | None = None
    until: float = math.inf


_ENDLESS = Limits()
_LIMITS: ContextVar[Limits] = ContextVar("limits", default=_ENDLESS)


@contextmanager
def within(limits: Limits) -> Iterator[None]:
    """What is sent inside this block ends with these limits; a library in between need not know of them."""
    token = _LIMITS.set(limits)
    try:
        yield
    finally:
        _LIMITS.reset(token)


def limits_here() -> Limits:
    """The limits of the block that this runs in."""
    return _LIMITS.get()
