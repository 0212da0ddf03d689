"""The worker itself: limits its own process, then does the work named in the folder it is given."""

from __future__ import annotations

import ctypes
import errno
import importlib
import math
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from data.domain.errors import RehearseError
from data.limited import wire

OPEN_FILES = 256
NICENESS = 5
"""Whoever is being recorded goes before whoever has handed something over."""
GRACE_SECONDS = 5
"""The child's own alarm rings this much after the parent's: it is for a parent that is gone."""

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
REFUSED = ("subprocess.", "pty.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn")
ALLOWED_OF_SOCKETS = ("socket.gethostname",)


def main(folder: Path) -> None:
    """Do the job in `folder` and leave the outcome there; how the process ends says what stopped it."""
    job = cast("dict[str, Any]", wire.read(folder / "job.json", paths=True))
    limit_this_process(**job["limits"])
    end_with_the_parent()
    leave_the_network()
    sys.addaudithook(_refuse)
    result = folder / "result.json"
    try:
        returned = _work(job["work"])(*job["arguments"])
        wire.write(result, {"returned": _sent(returned) if job["stream"] else returned})
    except BaseException as failure:  # process boundary: whatever happened is told to the parent
        _end_for_a_limit(failure)
        wire.write(result, _told(failure))


def _work(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    return cast("Callable[..., object]", getattr(importlib.import_module(module), function))


def _sent(pieces: object) -> int:
    """Send each piece with its length in front and count them; what libraries print goes elsewhere."""
    count = 0
    with os.fdopen(os.dup(1), "wb") as output:
        os.dup2(2, 1)
        for piece in cast("Iterable[bytes]", pieces):
            output.write(wire.HEAD.pack(len(piece)))
            output.write(piece)
            output.flush()
            count += 1
    return count


def _told(failure: BaseException) -> dict[str, object]:
    if isinstance(failure, RehearseError):
        return {"told": [failure.message, failure.remedy]}
    return {"broke": "".join(traceback.format_exception(failure))}


def limit_this_process(
    memory_bytes: int, cpu_seconds: float | None, wall_seconds: float | None, file_bytes: int
) -> None:
    """Hold this process to its limits from now on. macOS takes the one on memory and does not keep to it."""
    os.nice(NICENESS)
    _set(resource.RLIMIT_CORE, 0, 0)
    if cpu_seconds is not None:
        seconds = math.ceil(cpu_seconds)
        _set(resource.RLIMIT_CPU, seconds, seconds + 1)
    _set(resource.RLIMIT_FSIZE, file_bytes, file_bytes)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES)
    _set(resource.RLIMIT_AS, memory_bytes, memory_bytes)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if wall_seconds is not None:
        signal.setitimer(signal.ITIMER_REAL, wall_seconds + GRACE_SECONDS)


def end_with_the_parent() -> None:
    """Die with the thread that started this process, where the kernel has a signal for it."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))


def leave_the_network() -> None:
    """Go where there is no network, if the kernel lets us."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "unshare") and libc.unshare(CLONE_NEWNET):
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _set(what: int, soft: int, hard: int) -> None:
    _, highest = resource.getrlimit(what)
    if highest != resource.RLIM_INFINITY:
        soft, hard = min(soft, highest), min(hard, highest)
    try:
        resource.setrlimit(what, (soft, hard))
    except (ValueError, OSError):
        if sys.platform == "linux":
            raise


def _refuse(event: str, _arguments: object) -> None:
    sockets = event.startswith("socket.") and event not in ALLOWED_OF_SOCKETS
    if sockets or event.startswith(REFUSED):
        raise PermissionError(f"The limited worker has no network and starts no programs ({event})")


def _end_for_a_limit(failure: BaseException) -> None:
    """End here and now when a limit is behind `failure`: there may be no room left to say so."""
    for cause in _causes(failure):
        if isinstance(cause, MemoryError) or getattr(cause, "errno", None) == errno.ENOMEM:
            os._exit(wire.MEMORY_EXIT)
        if getattr(cause, "errno", None) == errno.EFBIG:
            os._exit(wire.FILE_EXIT)


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while failure is not None and seen < 100:
        yield failure
        failure, seen = failure.__cause__ or failure.__context__, seen + 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
