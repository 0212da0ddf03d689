"""Judging on a thread of its own: a chat model takes a minute, and no page waits for it.

A job belongs to the server, not to a browser tab: whoever opens the answer finds it again. That it runs is
kept as well, so that a job which a restart cut off is known and can be started again. What was said is saved
before a job begins; a job that fails, or is stopped, leaves every earlier score as it was. Replies that came
are kept, so that starting again asks only for the rest.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, Protocol, TypeAlias

from analysis.answering import one_answer
from analysis.live import cut_off
from analysis.live.cut_off import CutOff
from analysis.llm.batch import Watch
from analysis.scoring.coverage import only_heard
from analysis.scoring.judge import JudgeScorer
from data.domain import (
    Answer,
    Assessment,
    AttemptResult,
    Dispute,
    Question,
    RehearseError,
    Score,
    panics_as_errors,
)
from data.rubrics import criterion

State = Literal["running", "stopped", "failed", "done"]
LOGGER = logging.getLogger(__name__)
UNDER_WAY = "judging:"
"""Begins the key under which a running job is remembered; the id of the answer follows."""
CHANGED = RehearseError("The words were corrected meanwhile, so these levels were not kept.", "Score again.")
UNFORESEEN = RehearseError(
    "Judging stopped for a reason nobody foresaw; the server's log has it.",
    "Your answer and its earlier levels are kept. Try again.",
)


class Disagreeing(Protocol):
    """Where second scores are kept (`session.disagreements`)."""

    def judged_again(self, attempt_id: str, first: Score, second: Score) -> None:
        """Keep what judging once more gave."""


class Answering(Protocol):
    """Where answers and what was said of them are kept (`session.answers`)."""

    def load(self, attempt_id: str) -> AttemptResult | None:
        """Everything about an attempt, or None when it was erased."""

    def save_judged(self, result: AttemptResult) -> bool:
        """Keep what a scorer said, if the words are still those it read; False when the answer is gone."""

    def assessments(self, attempt_id: str) -> tuple[Assessment, ...]:
        """What every scorer said of it, newest first."""


class Remembering(Protocol):
    """Where it is kept that a job is under way (`session.memory`)."""

    def remember(self, owner: str, key: str, value: str) -> None:
        """Keep a small value."""

    def recall_all(self, owner: str, prefix: str) -> dict[str, str]:
        """What was remembered under the keys that begin so, by what follows."""

    def forget(self, owner: str, key: str) -> None:
        """Drop a remembered value."""


class Keeper(Protocol):
    """The parts of a session that judging needs, as whoever asked for it sees them."""

    @property
    def answers(self) -> Answering:
        """Where answers are."""

    @property
    def memory(self) -> Remembering:
        """Where it is marked what is under way."""

    @property
    def disagreements(self) -> Disagreeing:
        """Where second scores are kept."""


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
    said: tuple[tuple[str, str], ...] = ()
    """The words that are judged."""
    owner: str = ""
    """Whose answer it is."""

    @property
    def seconds(self) -> float:
        """How long it has taken, or took."""
        return (self.ended or time.monotonic()) - self.began

    def end(self, state: State, problem: RehearseError | None = None) -> None:
        """Note how it ended; the first end counts."""
        if self.state == "running":
            self.state, self.problem, self.ended = state, problem, time.monotonic()


_Work: TypeAlias = Callable[[Job, Answer, JudgeScorer], None]


@dataclass(frozen=True, slots=True)
class _Mark:
    """Says in the database that a job runs, until it has ended."""

    keeper: Keeper
    owner: str
    attempt_id: str

    def put(self, asked: CutOff) -> None:
        self.keeper.memory.remember(self.owner, UNDER_WAY + self.attempt_id, asked.text)

    def take_away(self) -> None:
        try:
            self.keeper.memory.forget(self.owner, UNDER_WAY + self.attempt_id)
        except RehearseError as problem:  # the job has ended all the same; it would be started once more
            LOGGER.warning("%s", problem)


class Jobs:
    """All judging of one server, at most one job an answer."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._jobs: dict[str, Job] = {}
        self._marks: dict[str, _Mark] = {}
        self._lock = threading.Lock()

    def of(self, attempt_id: str) -> Job | None:
        """The job of an answer that runs, or has ended and was not cleared."""
        return self._jobs.get(attempt_id)

    def of_person(self, owner: str) -> tuple[Job, ...]:
        """The jobs on answers of one person, running or ended and not cleared."""
        return tuple(job for job in list(self._jobs.values()) if job.owner == owner)

    def is_running(self, attempt_id: str) -> bool:
        """Whether a judge is at work on this answer, whoever started it."""
        job = self._jobs.get(attempt_id)
        return job is not None and job.state == "running"

    def score(self, keeper: Keeper, result: AttemptResult, question: Question, judge: JudgeScorer) -> Job:
        """Judge a saved answer and save its levels beside those of other scorers."""
        job, mark = Job(result.attempt.id), _mark(keeper, result)
        return self._start(job, mark, one_answer.answer_of(result, question), judge, partial(_score, keeper))

    def again(
        self, keeper: Keeper, dispute: Dispute, result: AttemptResult, question: Question, judge: JudgeScorer
    ) -> Job:
        """Judge one criterion once more with the candidate's reason in sight; kept beside the first."""
        job, mark = Job(result.attempt.id, dispute.first.criterion), _mark(keeper, result)
        work = partial(_again, keeper, dispute)
        return self._start(
            job, mark, one_answer.answer_of(result, question), judge, work, job.criterion or ""
        )

    def cut_off(self, keeper: Keeper, owner: str) -> dict[str, CutOff]:
        """The answers of which a job was running when the server ended, by id."""
        marked = keeper.memory.recall_all(owner, UNDER_WAY)
        return {id_: cut_off.read(text) for id_, text in marked.items() if id_ not in self._jobs}

    def stop(self, attempt_id: str) -> None:
        """Stop at once; replies on their way are still kept, for when it is started again."""
        job = self._jobs.get(attempt_id)
        if job is not None:
            job.watch.cancel.set()
            job.end("stopped")
            self._unmark(job)

    def stop_all(self) -> None:
        """Stop every job: its judge is asked no more."""
        for attempt_id in list(self._jobs):
            if self.is_running(attempt_id):
                self.stop(attempt_id)

    def drop(self, attempt_id: str) -> None:
        """The answer is being erased: stop, and keep nothing that still arrives."""
        job = self._jobs.pop(attempt_id, None)
        self._marks.pop(attempt_id, None)
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

    def _start(
        self, job: Job, mark: _Mark, answer: Answer, judge: JudgeScorer, work: _Work, about: str = ""
    ) -> Job:
        """The job that runs on these words; one that runs on other words of this answer is stopped."""
        job.said, job.owner = _said(answer), mark.owner
        with self._lock:
            running = self._jobs.get(job.attempt_id)
            if running is not None and running.state == "running":
                if running.said == job.said:
                    return running
                running.watch.cancel.set()
                running.end("stopped")
            self._jobs[job.attempt_id], self._marks[job.attempt_id] = job, mark
        mark.put(cut_off.asked_of(judge, about))
        run = partial(self._run, job, answer, judge, work)
        threading.Thread(target=run, name="judge an answer", daemon=True).start()
        return job

    def _run(self, job: Job, answer: Answer, judge: JudgeScorer, work: _Work) -> None:
        _run(job, answer, judge, work)
        self._unmark(job)

    def _unmark(self, job: Job) -> None:
        with self._lock:
            mine = self._jobs.get(job.attempt_id) is job
            mark = self._marks.pop(job.attempt_id, None) if mine else None
        if mark is not None:
            mark.take_away()


def _mark(keeper: Keeper, result: AttemptResult) -> _Mark:
    return _Mark(keeper, result.attempt.candidate_id, result.attempt.id)


def _score(keeper: Keeper, job: Job, answer: Answer, judge: JudgeScorer) -> None:
    assessment = judge.score(answer, job.watch)
    now = _now(keeper, job, answer)
    if now is None:
        return
    failed = job.watch.failed
    if failed and not one_answer.is_scored(assessment) and one_answer.is_scored(now.assessment):
        raise failed
    if not any(only_heard(one) for one in keeper.answers.assessments(job.attempt_id)):
        keeper.answers.save_judged(one_answer.reading_of(now, answer.question))
    if not keeper.answers.save_judged(one_answer.with_assessment(now, answer.question, assessment)):
        job.watch.forget.set()


def _again(keeper: Keeper, dispute: Dispute, job: Job, answer: Answer, judge: JudgeScorer) -> None:
    first = dispute.first
    second = judge.rejudge(answer, criterion(first.criterion), dispute.reason, job.watch)
    if _now(keeper, job, answer) is not None:
        keeper.disagreements.judged_again(dispute.attempt_id, first, second)


def _now(keeper: Keeper, job: Job, answer: Answer) -> AttemptResult | None:
    """The answer as it is kept now; None when there is nothing to save it for."""
    now = keeper.answers.load(job.attempt_id)
    if now is None:
        job.watch.forget.set()
    if now is None or job.watch.cancel.is_set():
        return None
    if _said(one_answer.answer_of(now, answer.question)) != _said(answer):
        raise CHANGED
    return now


def _run(job: Job, answer: Answer, judge: JudgeScorer, work: _Work) -> None:
    try:
        with panics_as_errors():
            work(job, answer, judge)
    except RehearseError as problem:
        job.end("failed", problem)
    except Exception:  # thread boundary: the job must end, or its page waits for ever
        LOGGER.exception("judging an answer")
        job.end("failed", UNFORESEEN)
    else:
        job.end("done")
    if job.watch.forget.is_set():
        judge.forget(answer)


def _said(answer: Answer) -> tuple[tuple[str, str], ...]:
    return tuple((turn.speaker, turn.text) for turn in answer.turns)
