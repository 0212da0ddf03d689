"""Recordings that were handed over whole, read beside the page: seen from any tab, lost by leaving none.

A thread each; how many are read at once is decided where they are taken in (`media/intake/turns.py`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from analysis.answering import heard_again, uploaded
from analysis.live.executor import supervised
from analysis.live.judging_jobs import State
from analysis.live.registry import Registry
from analysis.live.world import World
from data.access import Viewer
from data.domain import Attempt, AttemptResult, Calibration, ErasedError, Question, RehearseError

UNFORESEEN = RehearseError(
    "The recording could not be read for a reason nobody foresaw; the server's log has it.",
    "It is kept under “Not finished” on the Practice page.",
)

AS_IT_WAS = RehearseError(
    "The recording could not be heard again for a reason nobody foresaw; the server's log has it.",
    "The answer is as it was, and its recording is kept.",
)


@dataclass(slots=True)
class Reading:
    """One recording that is read. `waits` is what it waits for; `problem` is why it could not be read.

    `again`: it was read before, and its words are heard once more.
    """

    attempt: Attempt
    again: bool = False
    waits: str = ""
    problem: RehearseError | None = None
    over: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.monotonic)

    @property
    def owner(self) -> str:
        """Whose answer it is."""
        return self.attempt.candidate_id

    @property
    def state(self) -> State:
        """Whether it runs, and how it ended."""
        if not self.over.is_set():
            return "running"
        return "done" if self.problem is None else "failed"

    @property
    def seconds(self) -> float:
        """How long it has been read."""
        return time.monotonic() - self.began


class Readings:
    """All recordings that are read on this server."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self.everyone: Registry[Reading] = Registry()

    def begin(
        self, world: World, attempt: Attempt, question: Question, calibration: Calibration | None
    ) -> Reading:
        """Read the recording of an attempt, or join the reading that runs."""

        def finish(reading: Reading) -> None:
            told = partial(setattr, reading, "waits")
            uploaded.finish_left(world, attempt, question, calibration, told)

        return self._begin(world, Reading(attempt), finish)

    def hear_as_english(self, world: World, result: AttemptResult, question: Question) -> Reading:
        """Hear the recording of an answer once more, or join the reading that runs."""
        return self._begin(
            world,
            Reading(result.attempt, again=True),
            lambda _: heard_again.hear_as_english(world, result, question),
        )

    def _begin(self, world: World, fresh: Reading, work: Callable[[Reading], None]) -> Reading:
        attempt = fresh.attempt
        ended = self.everyone.find(world.viewer, attempt.id)
        if ended is not None and ended.over.is_set():
            self.everyone.remove(attempt.id, ended)
        reading, is_fresh = self.everyone.obtain(world.viewer, attempt.id, lambda: fresh)
        if reading is None:
            raise RehearseError("This answer is not there any more.", "Record it again.")
        if is_fresh:
            read = partial(self._read, reading, work)
            threading.Thread(
                target=supervised, args=(read, partial(_break, reading), "read a recording"), daemon=True
            ).start()
        return reading

    def ids(self, viewer: Viewer) -> frozenset[str]:
        """Attempts whose recordings are read right now, for whoever is looking."""
        return frozenset(key for key, one in self.everyone.of(viewer).items() if not one.over.is_set())

    def forget(self, viewer: Viewer, attempt_id: str) -> None:
        """Its end has been seen."""
        reading = self.everyone.find(viewer, attempt_id)
        if reading is not None and reading.over.is_set():
            self.everyone.remove(attempt_id, reading)

    def _read(self, reading: Reading, work: Callable[[Reading], None]) -> None:
        try:
            work(reading)
        except ErasedError:
            self.everyone.remove(reading.attempt.id, reading)
        except RehearseError as problem:
            reading.problem = problem
        reading.over.set()


def _break(reading: Reading, _: Exception) -> None:
    reading.problem = AS_IT_WAS if reading.again else UNFORESEEN
    reading.over.set()
