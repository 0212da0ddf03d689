"""Work that takes long, whoever does it, in one shape: what, how far, how long still, how to stop it.

It lives in the registries it always had (judging, the exam, models on their way, answers, recordings that are
read, interviews); nothing here keeps anything. Each function says what one of them has for one person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from data.access import Viewer, may_configure
from data.domain import RehearseError

if TYPE_CHECKING:
    from analysis.live.answers_under_way import Answers
    from analysis.live.exam_jobs import ExamJobs
    from analysis.live.interviews_under_way import Interviews
    from analysis.live.judging_jobs import Jobs, State
    from analysis.live.model_arrivals import Arrival, Arrivals
    from analysis.live.recordings_read import Readings


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work as its owner sees it; `page` shows it itself, and what comes of it.

    `done` of `whole` says how far it is, in `unit`; None where nobody counts. `before` was done when the
    `seconds` began. `waits` is what it waits for, `problem` why it failed.
    """

    key: str
    what: str
    page: str
    state: State = "running"
    attempt_id: str = ""
    interview_id: str = ""
    done: float | None = None
    whole: float | None = None
    unit: str = ""
    before: float = 0.0
    seconds: float | None = None
    waits: str = ""
    problem: RehearseError | None = None
    stop: Callable[[], None] | None = None
    seen: Callable[[], None] | None = None
    """Says that its end has been seen."""

    @property
    def seconds_left(self) -> float | None:
        """How long it takes still, by its pace so far; None where that is not known."""
        if self.done is None or self.whole is None or self.seconds is None or self.state != "running":
            return None
        since = self.done - self.before
        return self.seconds / since * max(0.0, self.whole - self.done) if since > 0 else None

    @property
    def asked(self) -> dict[str, str]:
        """What the address of its page asks for."""
        asked = {"attempt": self.attempt_id} if self.page == "review" else {"interview": self.interview_id}
        return {name: value for name, value in asked.items() if value}


def of_judging(jobs: Jobs, viewer: Viewer) -> Iterator[Work]:
    """Answers that a judge is at work on, or was and nobody has looked since."""
    for job in jobs.of_person(viewer.candidate_id):
        yield Work(
            f"judging-{job.attempt_id}",
            "Judging again" if job.criterion else "Judging",
            "review",
            job.state,
            attempt_id=job.attempt_id,
            done=job.watch.settled,
            whole=job.watch.questions or None,
            unit="replies",
            seconds=job.seconds,
            problem=job.problem,
            stop=partial(jobs.stop, job.attempt_id),
            seen=None if job.state == "running" else partial(jobs.clear, job.attempt_id),
        )


def of_exam(exams: ExamJobs, viewer: Viewer) -> Iterator[Work]:
    """The exam of the connected model, for whoever chose it."""
    job = exams.job
    if job is None or not may_configure(viewer):
        return
    yield Work(
        "exam",
        f"Examining {job.who.model}",
        "settings",
        job.state,
        done=job.sitting.done,
        whole=job.sitting.answers or None,
        unit="answers",
        seconds=job.seconds,
        problem=job.problem,
        stop=exams.stop,
        seen=None if job.state == "running" else exams.clear,
    )


def of_arrivals(arrivals: Arrivals, viewer: Viewer) -> Iterator[Work]:
    """Models on their way to this machine, for whoever may have them fetched."""
    if not may_configure(viewer):
        return
    for arrival in arrivals.everything():
        yield Work(
            f"model-{arrival.model.name}",
            f"Installing {arrival.model.title}",
            "settings",
            _state(arrival),
            done=arrival.here / 1e6,
            whole=arrival.whole / 1e6,
            unit="MB",
            before=(arrival.first or 0) / 1e6,
            seconds=arrival.seconds,
            problem=arrival.problem,
            stop=arrival.cancel.set,
            seen=None if arrival.runs or arrival.brought else partial(arrivals.forget, arrival.model),
        )


def of_answers(answers: Answers, viewer: Viewer) -> Iterator[Work]:
    """Answers that are being given in some tab, and those whose words are being written down."""
    for attempt_id, running in answers.everyone.of(viewer).items():
        finishing, ended = running.finishing, running.finishing is not None and running.finishing.done()
        yield Work(
            f"answer-{attempt_id}",
            "Being answered:" if finishing is None else "Writing down your answer to",
            "review" if ended and running.told is None else "practice",
            "running" if not ended else "done" if running.told is None else "failed",
            attempt_id=attempt_id,
            problem=running.told,
            seen=partial(answers.forget, viewer, attempt_id) if ended else None,
        )


def of_readings(readings: Readings, viewer: Viewer) -> Iterator[Work]:
    """Recordings that were handed over and are read."""
    for attempt_id, reading in readings.everyone.of(viewer).items():
        yield Work(
            f"reading-{attempt_id}",
            "Hearing again what you said to" if reading.again else "Reading your recording of",
            "review" if reading.again or reading.problem is None else "practice",
            reading.state,
            attempt_id=attempt_id,
            seconds=reading.seconds,
            waits=reading.waits,
            problem=reading.problem,
            seen=None if reading.state == "running" else partial(readings.forget, viewer, attempt_id),
        )


def of_interviews(interviews: Interviews, viewer: Viewer) -> Iterator[Work]:
    """Interviews that are over: their answers are still scored, or were and nobody has seen the report."""
    for interview_id, running in interviews.everyone.of(viewer).items():
        if not running.interview.over or running.reported:
            continue
        left, rounds = len(running.scoring), len(running.interview.rounds)
        yield Work(
            f"interview-{interview_id}",
            "Scoring your interview",
            "interview",
            "running" if running.busy else "done",
            interview_id=interview_id,
            done=max(0, rounds - left),
            whole=rounds,
            unit="answers",
            seen=None if running.busy else partial(interviews.report_seen, viewer, interview_id),
        )


def _state(arrival: Arrival) -> State:
    if arrival.runs:
        return "running"
    if arrival.brought:
        return "done"
    return "failed" if arrival.problem else "stopped"
