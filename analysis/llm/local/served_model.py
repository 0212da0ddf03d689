"""One process with a language model in it: started, measured, ended."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from analysis.llm.local.model_server import READY, Asked
from analysis.llm.local.openmp import borrowed_openmp
from data.domain import RehearseError
from data.limited.process import private_environment

CONTEXT_TOKENS = 8192
CACHE_MEGABYTES = 256
"""Of prompts that were read before, so that questions with the same beginning do not cost it twice."""
START_SECONDS = 300.0
"""Nine gigabytes from a slow disk."""
HEADROOM_BYTES = 3_000_000_000
"""Address space beside the file: libraries, threads, the cache of tokens."""
LONGEST_FOLDER = 60
"""Characters: the address of a socket has 103 at most on macOS, and ours are about 35."""
BUSY_STATUS, REFUSED_STATUS = 503, 424


class NotServedError(RehearseError):
    """The model cannot be run now; `status` says whether trying again may help."""

    def __init__(self, message: str, remedy: str, status: int = REFUSED_STATUS) -> None:
        """Keep the status beside the two sentences."""
        super().__init__(message, remedy)
        self.status = status


def why_unavailable() -> str | None:
    """Why no language model can run here, in words; None when one can."""
    if find_spec("xllamacpp") is not None:
        return None
    return (
        "The program that runs language models here (xllamacpp) is not installed: run "
        "make install-optional. It exists for Linux and for macOS on Apple silicon."
    )


class ServedModel:
    """A process with a model in it."""

    def __init__(self, file: Path, lock_file: Path, name: str = "") -> None:
        """Start it and wait until the model is loaded. Raises NotServedError.

        `lock_file` is what makes two programs on this computer take turns; `name` is what the model is
        called, else its file's.
        """
        if reason := why_unavailable():
            raise NotServedError(reason, "Connect a model at an address meanwhile.")
        _require_room(file)
        self.file = file
        self._lock = _locked(lock_file)
        self._folder = tempfile.TemporaryDirectory(prefix="rehearse-model-", dir=_short_folder())
        folder = Path(self._folder.name)
        self.socket = folder / "model.sock"
        asked = Asked(
            file=str(file),
            name=name or file.name,
            socket=str(self.socket),
            threads=usable_cores(),
            context_tokens=CONTEXT_TOKENS,
            cache_megabytes=CACHE_MEGABYTES,
            memory_bytes=int(file.stat().st_size * 1.5) + HEADROOM_BYTES,
        )
        began = time.monotonic()
        with (folder / "told").open("wb") as told:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-m", "analysis.llm.local.model_server", asked.written()],
                cwd=folder,
                env=private_environment(folder, os.environ) | borrowed_openmp(folder),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=told,
                start_new_session=True,
            )
        if not self._is_ready():
            why = _last_error(folder / "told")
            self.stop()
            raise NotServedError(
                f"The language model {file.name} could not be loaded ({why}).",
                "Choose another model in Settings, or fetch this one again.",
            )
        self.load_seconds = time.monotonic() - began

    @property
    def process_id(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    @property
    def memory_bytes(self) -> int | None:
        """What it holds in memory; None where the system does not tell."""
        return _resident(self._process.pid)

    def stop(self) -> None:
        """End it; nothing it holds is worth waiting for."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._folder.cleanup()
        self._lock.close()

    def _is_ready(self) -> bool:
        output = self._process.stdout
        assert output is not None
        clock = threading.Timer(START_SECONDS, self._process.kill)
        clock.daemon = True
        clock.start()
        try:
            return output.read(len(READY)) == READY
        finally:
            clock.cancel()


def _short_folder() -> str | None:
    """Where a socket's address is not too long for the system; None: where such folders are by default."""
    return None if len(tempfile.gettempdir()) <= LONGEST_FOLDER else "/tmp"


def usable_cores() -> int:
    """Cores that this process may use, without the second thread of each: that one only costs."""
    if not hasattr(os, "sched_getaffinity"):
        return max(1, (os.cpu_count() or 2) // 2)  # half of Apple's cores are slow ones
    siblings = set()
    for number in os.sched_getaffinity(0):
        listed = Path(f"/sys/devices/system/cpu/cpu{number}/topology/thread_siblings_list")
        try:
            siblings.add(listed.read_text(encoding="ascii"))
        except OSError:
            siblings.add(str(number))
    return max(1, len(siblings))


def _require_room(file: Path) -> None:
    try:
        size = file.stat().st_size
    except OSError as error:
        raise NotServedError(
            f"The model file {file.name} cannot be read ({error.strerror}).",
            "Choose another model in Settings.",
        ) from error
    free = _available_bytes()
    if free is not None and free < size:
        raise NotServedError(
            f"{file.name} needs {size / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free.",
            "Close something large, or choose a smaller model in Settings.",
        )


def _available_bytes() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


def _resident(process: int) -> int | None:
    with suppress(OSError):
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), None)
    with suppress(OSError, ValueError):
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, check=False)
        return int(told.stdout) * 1024
    return None


def _locked(lock_file: Path) -> IO[bytes]:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        lock = os.fdopen(os.open(lock_file, flags, 0o600), "wb")
    except OSError as error:
        raise NotServedError(f"{lock_file} cannot be opened ({error.strerror}).", "Remove it.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise NotServedError(
            "Another Rehearse on this computer has a language model loaded.",
            "Close it, or wait until it has been idle for five minutes.",
            BUSY_STATUS,
        ) from None
    return lock


def _last_error(told: Path) -> str:
    lines = [line for line in told.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line.partition(" E ")[2] for line in lines if " E " in line]
    said = errors[0] if errors else (lines[-1] if lines else "it ended without a word")
    return " ".join(said.split())[:200]
