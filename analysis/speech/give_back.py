"""Handing memory back to the system after a model was let go."""

from __future__ import annotations

import ctypes
import gc


def give_back() -> None:
    """Collect what is unused and let glibc return it, which it does not do by itself."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
