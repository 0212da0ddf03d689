"""Runs a function in a child process that is held to limits, and says in plain words why one was stopped."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from data.domain import RehearseError
from data.limited import wire
from data.limited.limits import Limited, LimitExceeded, Limits
from data.limited.process import Child, OutOfTimeError, limit_behind

LOGGER = logging.getLogger(__name__)
LOGGED_BYTES = 4000
REMEDY = "Try it again with less."


def run_limited(
    work: str,
    *arguments: object,
    limits: Limits = Limits(),  # noqa: B008  frozen
    named: str = "This",
    remedy: str = REMEDY,
) -> Any:
    """What `work` ("module:function") returns for `arguments` in a fresh child process.

    Arguments and result are numbers, texts, None, bytes, lists and dicts (tuples arrive as lists); paths go
    in and do not come back. The child has no network, no keys, starts no programs, and a private folder as
    its working folder and home that is gone afterwards. `named` begins the sentence about a limit ("The
    question set talk.yaml"), `remedy` ends it. Raises LimitExceeded for a limit, RehearseError for what the
    work itself has to say and, logged, for work that broke.
    """
    with _begun(work, arguments, limits, named, remedy, stream=False) as job:
        return job.result()


def stream_limited(
    work: str,
    *arguments: object,
    limits: Limits = Limits(),  # noqa: B008  frozen
    named: str = "This",
    remedy: str = REMEDY,
) -> Iterator[bytes]:
    """The bytes that `work`, a generator, yields in a child process, one after the other.

    As `run_limited`; the time that whoever reads takes between two of them is not counted.
    """
    with _begun(work, arguments, limits, named, remedy, stream=True) as job:
        yield from job.pieces()
        job.result()


@contextmanager
def _begun(
    work: str, arguments: Sequence[object], limits: Limits, named: str, remedy: str, *, stream: bool
) -> Iterator[_Job]:
    with tempfile.TemporaryDirectory(prefix="rehearse-") as name:
        folder = Path(name)
        held = {
            "memory_bytes": limits.memory_bytes,
            "cpu_seconds": limits.cpu_seconds,
            "wall_seconds": None if stream else limits.wall_seconds,
            "file_bytes": limits.file_bytes or limits.result_bytes,
        }
        job = {"work": work, "arguments": list(arguments), "limits": held, "stream": stream}
        wire.write(folder / "job.json", job)
        child = Child(folder, limits.wall_seconds)
        try:
            yield _Job(work, limits, named, remedy, folder, child)
        finally:
            child.stop()


@dataclass(frozen=True, slots=True)
class _Job:
    """One piece of work under way, and what there is to say about it."""

    work: str
    limits: Limits
    named: str
    remedy: str
    folder: Path
    child: Child

    def pieces(self) -> Iterator[bytes]:
        try:
            while len(head := self.child.read_all(wire.HEAD.size)) == wire.HEAD.size:
                (size,) = wire.HEAD.unpack(head)
                if size > self.limits.result_bytes:
                    raise self.stopped_by("result")
                if len(piece := self.child.read_all(size)) < size:
                    return
                yield piece
        except OutOfTimeError:
            raise self.stopped_by("time") from None

    def result(self) -> object:
        try:
            status = self.child.status()
        except OutOfTimeError:
            raise self.stopped_by("time") from None
        if status != 0:
            raise self.stopped_by(limit_behind(status), status)
        try:
            outcome = cast("dict[str, Any]", wire.read(self.folder / "result.json", self.limits.result_bytes))
            [(kind, value)] = outcome.items()
        except wire.TooLargeError:
            raise self.stopped_by("result") from None
        except (wire.NotOursError, OSError, ValueError, AttributeError) as failure:
            LOGGER.error("Limited work %s left no result that can be read: %s", self.work, failure)
            raise self.stopped_by("end") from failure
        if kind == "returned":
            return value
        raise self._failed(kind, value)

    def stopped_by(self, limit: Limited, status: int = 0) -> LimitExceeded:
        errors = self._errors()
        LOGGER.warning("Limited work %s was stopped (%s, exit %s): %s", self.work, limit, status, errors)
        return LimitExceeded(limit, f"{self.named} {self.limits.why(limit)}.", self.remedy)

    def _failed(self, kind: str, value: object) -> RehearseError:
        if kind == "told" and isinstance(value, list) and len(value) == 2:
            return RehearseError(*map(str, value))
        LOGGER.error("Limited work %s broke:\n%s", self.work, value)
        return RehearseError(
            f"{self.named} could not be worked on: something in it was not expected.", self.remedy
        )

    def _errors(self) -> str:
        with suppress(OSError), (self.folder / "stderr").open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - LOGGED_BYTES))
            return file.read(LOGGED_BYTES).decode("utf-8", "replace").strip()
        return ""
