"""Recordings measured again by one process and by two: time, memory, and one killed in the middle.

Two cores that others use too cannot show twice the speed by the clock. So beside it stands what the processor
time allows: a worker and this process take turns for each recording, so two workers are `2 * (w1 + p1) /
(w2 + p2)` times as quick where each has a core of its own (`w` of a worker, `p` of this process, for each).
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.batch.batch_run import Running, question_finder, run
from analysis.batch.compute import on_processes
from analysis.batch.kinds import Means, Remeasure
from bench.analyse import film
from data.domain.batches import Selection
from data.questions import load_questions
from data.recordings import Recordings
from data.settings import PROJECT_ROOT, load_settings
from data.store import Database, Session
from data.synthetic import Plan, synthetic_results

RECORDINGS, SECONDS = 100, 10.0
AIM = 1.85
_EARLY = 0.2
"""Memory is compared with what it was after this part of the recordings: then everything is loaded."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One run over all recordings. Processor time in seconds, memory in megabytes."""

    workers: int
    recordings: int
    done: int
    seconds: float
    worker_cpu: float
    own_cpu: float
    own_memory: tuple[float, ...]
    """After each recording."""
    worker_memory: float
    """The most that one worker ever had."""

    @property
    def cpu_of_one(self) -> float:
        """Processor time that one recording cost, in all processes."""
        return (self.worker_cpu + self.own_cpu) / self.recordings

    @property
    def grown(self) -> float:
        """By how much this process grew after the first recordings."""
        return self.own_memory[-1] - self.own_memory[round(_EARLY * (len(self.own_memory) - 1))]


@dataclass(slots=True)
class _Watched:
    """Looks at the memory after each recording; kills a worker once, in the middle, where it shall."""

    kill_after: int | None
    own: list[float] = field(default_factory=list)
    worker: float = 0.0

    def look(self, _how_far: str) -> None:
        workers = [one.pid for one in multiprocessing.active_children() if one.pid is not None]
        self.own.append(_megabytes(os.getpid()))
        self.worker = max([self.worker, *map(_megabytes, workers)])
        if self.kill_after is not None and len(self.own) >= self.kill_after and workers:
            os.kill(workers[0], signal.SIGKILL)
            self.kill_after = None


def measure(recordings: int, seconds: float, folder: Path) -> Iterator[Ran]:
    """One worker, two workers, and two of which one is killed in the middle."""
    with _kept(recordings, seconds, folder) as session:
        for workers, killed in ((1, False), (2, False), (2, True)):
            yield _again(session, folder, workers, recordings, recordings // 2 if killed else None)


def quicker(one: Ran, two: Ran) -> tuple[float, float]:
    """How much quicker two workers were by the clock, and are by the processor time."""
    return one.seconds / two.seconds, 2 * one.cpu_of_one / two.cpu_of_one


@contextmanager
def _kept(recordings: int, seconds: float, folder: Path) -> Iterator[Session]:
    """A database with so many answers, each with a recording."""
    made = film(folder / "film.mp4", seconds)
    questions = load_questions(PROJECT_ROOT / "questions.csv")
    first = next(one for one in synthetic_results(Plan("me"), questions) if one.frames)
    opened = Database.open(f"duckdb:///{folder / 'bench.duckdb'}").session()
    try:
        for number in range(recordings):
            name = f"again-{number}"
            shutil.copy(made, folder / f"{name}.mp4")
            attempt = replace(first.attempt, id=name, mode="upload", recording=f"{name}.mp4", synthetic=False)
            opened.answers.save(replace(first, attempt=attempt))
        yield opened
    finally:
        opened.database.close()


def _again(session: Session, folder: Path, workers: int, recordings: int, kill_after: int | None) -> Ran:
    settings = load_settings({}, folder / "none.toml")
    questions = load_questions(PROJECT_ROOT / "questions.csv")
    means = Means(Recordings(folder.as_uri()), settings, question_finder(questions))
    watched = _Watched(kill_after)
    running = Running(session.batches.begin("reanalyse", Selection()), told=watched.look)
    began, own, children = time.monotonic(), time.process_time(), _of_children()
    with closing(on_processes(workers)) as pool:
        over = run(running, session, means, Remeasure(means), pool)
    took, own, children = time.monotonic() - began, time.process_time() - own, _of_children() - children
    done = over.counts.get("done", 0)
    return Ran(workers, recordings, done, took, children, own, tuple(watched.own), watched.worker)


def _of_children() -> float:
    """Processor time of the workers that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _megabytes(process: int) -> float:
    """Memory of a process; 0 of one that has just gone."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0.0
    return int(pages) * resource.getpagesize() / 1e6
