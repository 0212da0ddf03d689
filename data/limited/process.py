"""The child process: how it is started, waited for and ended."""

from __future__ import annotations

import fcntl
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from data.limited import wire
from data.limited.limits import Limited

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH")
"""Of this process's environment the child gets these, and so no key and no password."""
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Each thread of a numerics library takes address space, which is what the limit on memory counts."""
READ_BYTES = 65_536
PIPE_BYTES = 1 << 20


class OutOfTimeError(Exception):
    """The child has taken all the time it may be waited for."""


class Child:
    """A worker that does the job in `folder`; `seconds` is how long it may be waited for in all."""

    def __init__(self, folder: Path, seconds: float) -> None:
        """Start it."""
        self._left = seconds
        with (folder / "stderr").open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-m", "data.limited.child", str(folder)],
                cwd=folder,
                env=private_environment(folder, os.environ) | dict.fromkeys(ONE_THREAD, "1"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        self._output = cast("IO[bytes]", self._process.stdout)
        _widen(self._output.fileno())
        self._waiting = selectors.DefaultSelector()
        self._waiting.register(self._output, selectors.EVENT_READ)

    def read(self, most_bytes: int = READ_BYTES) -> bytes:
        """Some of its output; nothing when it has ended. OutOfTimeError when there is none in time."""
        began = time.monotonic()
        ready = self._left > 0 and self._waiting.select(self._left)
        self._left -= time.monotonic() - began
        if not ready:
            raise OutOfTimeError
        return os.read(self._output.fileno(), most_bytes)

    def read_all(self, count: int) -> bytes:
        """So many bytes of its output; fewer when it ended before."""
        found = bytearray()
        while len(found) < count and (more := self.read(min(count - len(found), 1 << 20))):
            found += more
        return bytes(found)

    def status(self) -> int:
        """How it ended, once there is no more output. OutOfTimeError when it goes on all the same."""
        # The end of its output is the quickest sign that a process is gone: waiting with a limit polls.
        while self.read():
            pass
        try:
            return self._process.wait(max(0.0, self._left))
        except subprocess.TimeoutExpired:
            raise OutOfTimeError from None

    def stop(self) -> None:
        """Kill it and whatever it started, if it has not ended."""
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._waiting.close()
        self._output.close()


def _widen(pipe: int) -> None:
    """Let a picture pass in one go rather than in 15 turns of two processes, where the system can."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def limit_behind(status: int) -> Limited:
    """What stopped a child that ended so."""
    behind: dict[int, Limited] = {
        wire.MEMORY_EXIT: "memory",
        wire.FILE_EXIT: "file",
        -signal.SIGXCPU: "processor time",
        -signal.SIGALRM: "time",
    }
    return behind.get(status, "end")


def private_environment(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """What a child is told of its surroundings: no key, no password, a folder of its own."""
    return {
        **{name: environ[name] for name in PASSED_ON if name in environ},
        "MALLOC_ARENA_MAX": "2",  # each arena reserves 64 MB of address space
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "TMPDIR": str(folder),
    }
