"""The OpenMP library that llama.cpp is linked to, where the system has none (Debian without `libgomp1`).

The speech engine's wheel carries one under another name; a link with the name that is looked for makes it do.
So a model runs on a machine where nobody may install packages.
"""

from __future__ import annotations

from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path

NAME = "libgomp.so.1"


def borrowed_openmp(folder: Path) -> dict[str, str]:
    """What a process's environment needs so that it finds the library; nothing where the system has one."""
    if find_library("gomp") is not None:
        return {}
    carried = _carried()
    if carried is None:
        return {}
    (folder / NAME).symlink_to(carried)
    return {"LD_LIBRARY_PATH": str(folder)}


def _carried() -> Path | None:
    found = find_spec("ctranslate2")
    if found is None or found.origin is None:
        return None
    beside = Path(found.origin).parent.with_name("ctranslate2.libs")
    return next(iter(sorted(beside.glob("libgomp*.so*"))), None)
