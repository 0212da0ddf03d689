"""Judging on a thread of its own: a chat model takes a minute, and no page waits for it.

A job belongs to the server, not to a browser tab: whoever opens the answer finds it again. What was said is
saved before a job begins; a job that fails, or is stopped, leaves every earlier score as it was. Replies that
arrived are kept, so that starting again asks only for the rest.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, Protocol, TypeAlias

from analysis import practice
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.judge.plan import Watch
from data.domain import Answer, AttemptResult, Dispute, Question, RehearseError, Score
from data.rubrics import criterion

State = Literal["running", "stopped", "failed", "done"]
CHANGED = RehearseError("The words were corrected meanwhile, so these levels were not kept.", "Score again.")
UNFORESEEN = RehearseError(
    "Judging stopped for a reason nobody foresaw; the server's log has it.",
    "Your answer and its earlier levels are kept. Try again.",
)


class Disagreeing(Protocol):
    """Where second scores are kept (`Store.disagreements`)."""

    def judged_again(self, attempt_id: str, first: Score, second: Score) -> None:
        """Keep what judging once more gave."""


class Keeper(Protocol):
    """The part of the store that judging needs, as whoever asked for it sees it."""

    @property
    def disagreements(self) -> Disagreeing:
        """Where second scores are kept."""

    def load_result(self, attempt_id: str) -> AttemptResult | None:
        """Everything about an attempt, or None when it was erased."""

    def save_judged(self, result: AttemptResult) -> bool:
        """Keep what a scorer said, if the words are still those it read; False when the answer is gone."""


@dataclass(slots=True)
class Job:
    """One judging. `criterion` is the one that is judged again, None when the whole answer is judged."""

    attempt_id: str
    criterion: str | None = None
    watch: Watch = field(default_factory=Watch)
    state: State = "running"
    problem: RehearseError | None = None
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def seconds(self) -> float:
        """How long it has taken, or took."""
        return (self.ended or time.monotonic()) - self.began

    def end(self, state: State, problem: RehearseError | None = None) -> None:
        """Note how it ended; the first end counts."""
        if self.state == "running":
            self.state, self.problem, self.ended = state, problem, time.monotonic()


_Work: TypeAlias = Callable[[Job, Answer, JudgeScorer], None]


class Jobs:
    """All judging of one server, at most one job an answer."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def of(self, attempt_id: str) -> Job | None:
        """The job of an answer that runs, or has ended and was not cleared."""
        return self._jobs.get(attempt_id)

    def score(self, keeper: Keeper, result: AttemptResult, question: Question, judge: JudgeScorer) -> Job:
        """Judge a saved answer and save its levels beside those of other scorers."""
        job = Job(result.attempt.id)
        return self._start(job, practice.answer_of(result, question), judge, partial(_score, keeper))

    def again(
        self, keeper: Keeper, dispute: Dispute, result: AttemptResult, question: Question, judge: JudgeScorer
    ) -> Job:
        """Judge one criterion once more with the candidate's reason in sight; kept beside the first."""
        job = Job(result.attempt.id, dispute.first.criterion)
        return self._start(job, practice.answer_of(result, question), judge, partial(_again, keeper, dispute))

    def stop(self, attempt_id: str) -> None:
        """Stop at once; replies on their way are still kept, for when it is started again."""
        job = self._jobs.get(attempt_id)
        if job is not None:
            job.watch.cancel.set()
            job.end("stopped")

    def drop(self, attempt_id: str) -> None:
        """The answer is being erased: stop, and keep nothing that still arrives."""
        job = self._jobs.pop(attempt_id, None)
        if job is not None:
            job.watch.forget.set()
            job.watch.cancel.set()
            job.end("stopped")

    def clear(self, attempt_id: str) -> None:
        """Its end has been seen."""
        with self._lock:
            job = self._jobs.get(attempt_id)
            if job is not None and job.state != "running":
                del self._jobs[attempt_id]

    def _start(self, job: Job, answer: Answer, judge: JudgeScorer, work: _Work) -> Job:
        with self._lock:
            running = self._jobs.get(job.attempt_id)
            if running is not None and running.state == "running":
                return running
            self._jobs[job.attempt_id] = job
        run = partial(_run, job, answer, judge, work)
        threading.Thread(target=run, name="judge an answer", daemon=True).start()
        return job


def _score(keeper: Keeper, job: Job, answer: Answer, judge: JudgeScorer) -> None:
    assessment = judge.score(answer, job.watch)
    now = _now(keeper, job, answer)
    if now is None:
        return
    failed = job.watch.failed
    if failed and not practice.is_scored(assessment) and practice.is_scored(now.assessment):
        raise failed
    if not keeper.save_judged(practice.with_assessment(now, answer.question, assessment)):
        job.watch.forget.set()


def _again(keeper: Keeper, dispute: Dispute, job: Job, answer: Answer, judge: JudgeScorer) -> None:
    first = dispute.first
    second = judge.rejudge(answer, criterion(first.criterion), dispute.reason, job.watch)
    if _now(keeper, job, answer) is not None:
        keeper.disagreements.judged_again(dispute.attempt_id, first, second)


def _now(keeper: Keeper, job: Job, answer: Answer) -> AttemptResult | None:
    """The answer as it is kept now; None when there is nothing to save it for."""
    now = keeper.load_result(job.attempt_id)
    if now is None:
        job.watch.forget.set()
    if now is None or job.watch.cancel.is_set():
        return None
    if _said(practice.answer_of(now, answer.question)) != _said(answer):
        raise CHANGED
    return now


def _run(job: Job, answer: Answer, judge: JudgeScorer, work: _Work) -> None:
    try:
        work(job, answer, judge)
    except RehearseError as problem:
        job.end("failed", problem)
    except Exception:  # thread boundary: the job must end, or its page waits for ever
        logging.getLogger(__name__).exception("judging an answer")
        job.end("failed", UNFORESEEN)
    else:
        job.end("done")
    if job.watch.forget.is_set():
        judge.forget(answer)


def _said(answer: Answer) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in answer.turns]
