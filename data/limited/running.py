"""Runs a function in a child process that is held to limits, and says in plain words why one was stopped."""

from __future__ import annotations

import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from data.domain import RehearseError
from data.limited import wire

LOGGER = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH")
"""Of this process's environment the child gets these, and so no key and no password."""
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Each thread of a numerics library takes address space, which is what the limit on memory counts."""
LOGGED_BYTES = 4000

Limited = Literal["memory", "processor time", "time", "result", "file", "end"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may cost.

    `memory_bytes` counts address space: an idle Python takes 30 MB of it, one with numpy and PyAV 400 MB.
    macOS does not hold it; processor time and wall clock are held there too. `result_bytes` is for what
    comes back, `file_bytes` for each file that is written (None: as much as the result).
    """

    memory_bytes: int = 1_000_000_000
    cpu_seconds: float = 20.0
    wall_seconds: float = 30.0
    result_bytes: int = 20_000_000
    file_bytes: int | None = None


class LimitExceeded(RehearseError):  # noqa: N818  it says what happened
    """The work was stopped; `limit` says by what ("end": it died, which a broken input can bring about)."""

    def __init__(self, limit: Limited, message: str, remedy: str) -> None:
        """Keep the limit beside the two sentences."""
        super().__init__(message, remedy)
        self.limit = limit


def run_limited(
    work: str,
    *arguments: object,
    limits: Limits = Limits(),  # noqa: B008  frozen
    named: str = "This",
    remedy: str = "Try it again with less.",
) -> Any:
    """What `work` ("module:function") returns for `arguments` in a fresh child process.

    Arguments and result are numbers, texts, None, bytes, lists and dicts (tuples arrive as lists); paths go
    in and do not come back. The child has no network, no keys, starts no programs, and a private folder as
    its working folder and home that is gone afterwards. `named` begins the sentence about a limit ("The
    question set talk.yaml"), `remedy` ends it. Raises LimitExceeded for a limit, RehearseError for what the
    work itself has to say and, logged, for work that broke.
    """
    with tempfile.TemporaryDirectory(prefix="rehearse-") as name:
        folder = Path(name)
        job = {"work": work, "arguments": list(arguments), "limits": _held(limits)}
        wire.write(folder / "job.json", job)
        ended = _run(folder, limits.wall_seconds)
        told = _Told(work, limits, named, remedy, folder)
        if ended != 0:
            raise told.stopped_by(_limit_behind(ended), ended)
        return told.result()


def _held(limits: Limits) -> dict[str, float]:
    return {
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": limits.cpu_seconds,
        "wall_seconds": limits.wall_seconds,
        "file_bytes": limits.file_bytes or limits.result_bytes,
    }


def _run(folder: Path, seconds: float) -> int | None:
    """The exit status of the child; None when its time was up and it was killed."""
    command = [sys.executable, "-P", "-s", "-m", "data.limited.child", str(folder)]
    with (folder / "stderr").open("wb") as errors:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(folder, os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    try:
        return _ended(process, time.monotonic() + seconds)
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stdout:
            process.stdout.close()


def _ended(process: subprocess.Popen[bytes], deadline: float) -> int | None:
    # The end of its output is the quickest sign that a process is gone: waiting with a limit polls.
    assert process.stdout is not None
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if waiting.select(left) and not os.read(process.stdout.fileno(), 65_536):
                break
    try:
        return process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return None


def _environment(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    return {
        **{name: environ[name] for name in PASSED_ON if name in environ},
        **dict.fromkeys(ONE_THREAD, "1"),
        "MALLOC_ARENA_MAX": "2",  # each arena reserves 64 MB of address space
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "TMPDIR": str(folder),
    }


def _limit_behind(ended: int | None) -> Limited:
    if ended is None or ended == -signal.SIGALRM:
        return "time"
    behind: dict[int, Limited] = {
        wire.MEMORY_EXIT: "memory",
        wire.FILE_EXIT: "file",
        -signal.SIGXCPU: "processor time",
    }
    return behind.get(ended, "end")


@dataclass(frozen=True, slots=True)
class _Told:
    """What there is to say about one piece of work."""

    work: str
    limits: Limits
    named: str
    remedy: str
    folder: Path

    def result(self) -> object:
        try:
            outcome = cast("dict[str, Any]", wire.read(self.folder / "result.json", self.limits.result_bytes))
            [(kind, value)] = outcome.items()
        except wire.TooLargeError:
            raise self.stopped_by("result", 0) from None
        except (wire.NotOursError, OSError, ValueError, AttributeError) as failure:
            LOGGER.error("Limited work %s left no result that can be read: %s", self.work, failure)
            raise self.stopped_by("end", 0) from failure
        if kind == "returned":
            return value
        if kind == "told":
            raise RehearseError(*map(str, value))
        LOGGER.error("Limited work %s broke:\n%s", self.work, value)
        raise RehearseError(
            f"{self.named} could not be worked on: something in it was not expected.", self.remedy
        )

    def stopped_by(self, limit: Limited, ended: int | None) -> LimitExceeded:
        LOGGER.warning(
            "Limited work %s was stopped (%s, exit %s): %s", self.work, limit, ended, self._errors()
        )
        return LimitExceeded(limit, f"{self.named} {self._why(limit)}.", self.remedy)

    def _why(self, limit: Limited) -> str:
        limits = self.limits
        return {
            "memory": f"needs more than {_size(limits.memory_bytes)} of memory and was stopped",
            "processor time": f"needs more than {limits.cpu_seconds:g} s of processor time and was stopped",
            "time": f"takes longer than {limits.wall_seconds:g} s and was stopped",
            "result": f"gives more than {_size(limits.result_bytes)} and was stopped",
            "file": f"becomes larger than {_size(limits.file_bytes or limits.result_bytes)} and was stopped",
            "end": "could not be worked on: the program that reads it ended",
        }[limit]

    def _errors(self) -> str:
        with suppress(OSError), (self.folder / "stderr").open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - LOGGED_BYTES))
            return file.read(LOGGED_BYTES).decode("utf-8", "replace").strip()
        return ""


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.0f} MB" if size_bytes >= 1_000_000 else f"{size_bytes / 1e3:.0f} kB"
