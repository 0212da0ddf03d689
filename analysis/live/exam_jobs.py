"""A judge sits the exam on a thread of its own: seen from any page, stopped, gone on with after a restart.

One exam at a time for the whole server. That it runs is kept, so that one which a restart cut off is known
and can be started again; replies that came are kept by the judge's cache, so it asks only for the rest.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from analysis.exam.constructed_answers import Constructed, second_rating, shipped_answers
from analysis.exam.sitting import Sitting, estimate, sit
from analysis.live.judging_jobs import Remembering, State
from analysis.llm.usage import CostEstimate
from analysis.scoring.judge import JudgeScorer
from data.domain import ModelExam, RehearseError, panics_as_errors

LOGGER = logging.getLogger(__name__)
UNDER_WAY = "exam:"
"""Begins the key under which a running exam is remembered; the version of the judge follows."""
UNFORESEEN = RehearseError(
    "The exam stopped for a reason nobody foresaw; the server's log has it.",
    "Replies that came are kept. Try again.",
)
BUSY = RehearseError(
    "Another judge is sitting the exam on this server.", "Wait until it has ended, or stop it."
)


class KeepingExams(Protocol):
    """Where exams are kept (`session.exams`)."""

    def keep(self, exam: ModelExam) -> None:
        """Keep an exam in place of an earlier one of the same version."""


class ExamKeeper(Protocol):
    """The parts of a session that an exam needs, as whoever asked for it sees them."""

    @property
    def exams(self) -> KeepingExams:
        """Where exams are kept."""

    @property
    def memory(self) -> Remembering:
        """Where it is marked that one is under way."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """The judge that sits the exam: its model and where that runs, for a person to read."""

    judge: JudgeScorer
    model: str
    place: str


@dataclass(slots=True)
class ExamJob:
    """One exam that runs or has ended."""

    who: Candidate
    sitting: Sitting = field(default_factory=Sitting)
    state: State = "running"
    problem: RehearseError | None = None
    kept: ModelExam | None = None
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def seconds(self) -> float:
        """How long it has taken, or took."""
        return (self.ended or time.monotonic()) - self.began

    @property
    def seconds_left(self) -> float | None:
        """How long it will take still, by its pace so far; None before the first answer is done."""
        done, whole = self.sitting.done, self.sitting.answers
        return self.seconds / done * (whole - done) if done else None

    def end(self, state: State, problem: RehearseError | None = None) -> None:
        """Note how it ended; the first end counts."""
        if self.state == "running":
            self.state, self.problem, self.ended = state, problem, time.monotonic()


class ExamJobs:
    """The exam of one server."""

    def __init__(self, rows: Sequence[Constructed] | None = None) -> None:
        """Nothing runs yet. `rows`: other answers than those that ship, for tests."""
        self._rows = rows
        self._job: ExamJob | None = None
        self._mark: tuple[ExamKeeper, str, str] | None = None
        self._lock = threading.Lock()

    @property
    def job(self) -> ExamJob | None:
        """The exam that runs, or has ended and was not cleared."""
        return self._job

    @property
    def is_running(self) -> bool:
        """Whether a judge is sitting the exam."""
        return self._job is not None and self._job.state == "running"

    def start(self, keeper: ExamKeeper, owner: str, who: Candidate) -> ExamJob:
        """Let this judge sit the exam; `owner` asked. Raises `RehearseError` while another one does."""
        with self._lock:
            running = self._job
            if running is not None and running.state == "running":
                if running.who.judge.version == who.judge.version:
                    return running
                raise BUSY
            job = self._job = ExamJob(who)
            self._mark = (keeper, owner, UNDER_WAY + who.judge.version)
        keeper.memory.remember(owner, UNDER_WAY + who.judge.version, who.judge.receiver)
        threading.Thread(target=partial(self._run, job, keeper), name="exam", daemon=True).start()
        return job

    def estimate(self, who: Candidate, usual_seconds: float | None = None) -> CostEstimate:
        """What the exam would cost this judge at most, before it begins; some seconds of work."""
        return estimate(who.judge, self._rows or shipped_answers(), usual_seconds)

    def cut_off(self, keeper: ExamKeeper, owner: str) -> dict[str, str]:
        """Judges that were sitting the exam when the server ended: version and receiver, as `owner` asked."""
        return {} if self.is_running else keeper.memory.recall_all(owner, UNDER_WAY)

    def stop(self) -> None:
        """Stop at once; replies on their way are still kept, for when it is gone on with."""
        job = self._job
        if job is not None and job.state == "running":
            job.sitting.cancel.set()
            job.end("stopped")
            self._unmark(job)

    def clear(self) -> None:
        """Its end has been seen."""
        with self._lock:
            if self._job is not None and self._job.state != "running":
                self._job = None

    def _run(self, job: ExamJob, keeper: ExamKeeper) -> None:
        try:
            with panics_as_errors():
                self._sit(job, keeper)
        except RehearseError as problem:
            job.end("failed", problem)
        except Exception:  # thread boundary: the job must end, or its page waits for ever
            LOGGER.exception("a judge sitting the exam")
            job.end("failed", UNFORESEEN)
        else:
            job.end("done")
        self._unmark(job)

    def _sit(self, job: ExamJob, keeper: ExamKeeper) -> None:
        rows = self._rows or shipped_answers()
        found = sit(job.who.judge, rows, job.sitting, second_rating(rows))
        if job.sitting.cancel.is_set():
            return
        exam = ModelExam(
            scorer=found.scorer,
            scorer_version=found.scorer_version,
            rubric_version=found.rubric_version,
            model=job.who.model,
            place=job.who.place,
            taken_at=datetime.now(UTC).replace(microsecond=0),
            figures=found.figures,
            passed=found.passed,
        )
        keeper.exams.keep(exam)
        job.kept = exam

    def _unmark(self, job: ExamJob) -> None:
        with self._lock:
            mark = self._mark if self._job is job else None
            self._mark = None if mark else self._mark
        if mark is None:
            return
        keeper, owner, key = mark
        try:
            keeper.memory.forget(owner, key)
        except RehearseError as problem:  # it has ended all the same; it would be started once more
            LOGGER.warning("%s", problem)
