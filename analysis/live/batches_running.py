"""A batch beside the pages: one at a time on this server, seen from any tab, gone on with after a restart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from analysis.batch.batch_run import BUSY, Running, run
from analysis.batch.compute import Compute, compute_at, on_a_thread
from analysis.batch.kinds import Means, kind_of
from analysis.live.executor import supervised
from analysis.live.judging_jobs import State
from data.domain import RehearseError
from data.domain.batches import Batch, BatchKind, Selection

if TYPE_CHECKING:
    from data.store import Session

ONE_AT_A_TIME = RehearseError(
    "Another batch is running on this server.",
    "Wait until it has ended, or have whoever began it cancel it.",
)
UNFORESEEN = RehearseError(
    "The batch stopped for a reason nobody foresaw; the server's log has it.",
    "What was done is kept. Start it again to go on.",
)
_THREAD = "work on a batch"


@dataclass(slots=True)
class Job:
    """One batch that runs here, or has ended. `problem` is why it stopped before its end."""

    running: Running
    state: State = "running"
    problem: RehearseError | None = None

    @property
    def batch_id(self) -> str:
        """The batch as it is kept."""
        return self.running.batch.id


def usual_compute(kind: BatchKind, means: Means) -> Compute:
    """Where a kind is worked on: a judge is waited for here, the rest is where COMPUTE says."""
    return on_a_thread() if kind == "rejudge" else compute_at(means.settings.compute)


class BatchesRunning:
    """The batch of one server."""

    def __init__(self, compute: Callable[[BatchKind, Means], Compute] = usual_compute) -> None:
        """Nothing runs yet."""
        self._compute = compute
        self._lock = threading.Lock()
        self.job: Job | None = None

    def start(self, session: Session, means: Means, kind: BatchKind, selection: Selection) -> Job:
        """Begin a batch, or go on with the one that is open for the same answers."""
        kind_of(kind, means)  # what is missing for it is said before anything is kept
        return self._go(session, means, lambda: session.batches.begin(kind, selection))

    def go_on(self, session: Session, means: Means) -> Job | None:
        """Go on with the oldest batch that is open, unless one runs: a restart of the server cut it off."""
        waiting = [batch for batch in session.batches.all() if batch.is_open]
        if not waiting or (self.job is not None and self.job.state == "running"):
            return None
        return self._go(session, means, lambda: waiting[-1])

    def cancel(self, session: Session, batch_id: str) -> None:
        """Do no more of it, here or elsewhere; what was done stays."""
        session.batches.cancel(batch_id)
        if self.job is not None and self.job.batch_id == batch_id:
            self.job.running.stop.set()

    def pause(self) -> None:
        """This server ends: let go after the pieces that are out, so that another one goes on at once."""
        if self.job is not None:
            self.job.running.stop.set()

    def _go(self, session: Session, means: Means, which: Callable[[], Batch]) -> Job:
        with self._lock:
            if self.job is not None and self.job.state == "running":
                raise ONE_AT_A_TIME
            job = self.job = Job(Running(which()))
        work, failed = partial(self._run, job, session, means), partial(_end, job, "failed", UNFORESEEN)
        arguments = (work, lambda _: failed(), _THREAD)
        threading.Thread(target=supervised, args=arguments, name=_THREAD, daemon=True).start()
        return job

    def _run(self, job: Job, session: Session, means: Means) -> None:
        kind = job.running.batch.kind
        try:
            compute = self._compute(kind, means)
            try:
                over = run(job.running, session, means, kind_of(kind, means), compute)
            finally:
                compute.close()
        except RehearseError as problem:
            elsewhere = problem is BUSY  # another server is at it, which is no trouble
            _end(job, "stopped" if elsewhere else "failed", None if elsewhere else problem)
        else:
            _end(job, "done" if over.ended_at else "stopped", None)


def _end(job: Job, state: State, problem: RehearseError | None) -> None:
    job.state, job.problem = state, problem
