"""Work that takes long, in one shape: told to its owner only, with how far it is and a way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.live import long_work
from analysis.live.judging_jobs import Jobs
from analysis.live.long_work import Work
from analysis.live.model_arrivals import Arrivals
from analysis.llm.batch import Watch
from data.access import LOCAL, Viewer
from data.domain import Answer, Assessment, RehearseError
from data.store import Session
from tests.scripted_sources import HeldSources, toy
from tests.stored import open_store, result, score, shipped_questions

QUESTION = next(one for one in shipped_questions() if one.id == "url-shortener")
ANN, BEN = Viewer("ann"), Viewer("ben")


class HeldJudge:
    """A judge that has settled three of ten questions and waits."""

    name, version, receiver = "judge", "1", "a model"

    def __init__(self, problem: RehearseError | None = None) -> None:
        self.problem = problem
        self.inside, self.go = threading.Event(), threading.Event()

    def score(self, answer: Answer, watch: Watch) -> Assessment:
        watch.questions, watch.settled = 10, 3
        self.inside.set()
        assert self.go.wait(20)
        if self.problem is not None:
            raise self.problem
        return Assessment((score(2.0, scorer="judge"),))

    def forget(self, answer: Answer) -> None:
        """Nothing is kept."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_store(tmp_path)
    yield opened
    opened.database.close()


def begun(session: Session, jobs: Jobs, judge: HeldJudge) -> str:
    kept = result(candidate="ann")
    session.answers.save(kept)
    jobs.score(session, kept, QUESTION, judge)  # type: ignore[arg-type]
    assert judge.inside.wait(20)
    return kept.attempt.id


def ended() -> None:
    for thread in threading.enumerate():
        if thread.name == "judge an answer":
            thread.join(20)


def test_the_time_left_follows_the_pace_since_it_began() -> None:
    half = Work("k", "w", "review", done=50, whole=100, seconds=30)
    assert half.seconds_left == 30
    resumed = Work("k", "w", "review", done=50, whole=100, before=40, seconds=30)
    assert resumed.seconds_left == 150
    unknown = (Work("k", "w", "review"), Work("k", "w", "review", done=0, whole=9, seconds=3))
    assert [work.seconds_left for work in unknown] == [None, None]


@pytest.mark.slow
def test_judging_is_told_to_whose_answer_it_is(session: Session) -> None:
    jobs, judge = Jobs(), HeldJudge()
    attempt_id = begun(session, jobs, judge)
    (work,) = long_work.of_judging(jobs, ANN)
    assert (work.state, work.done, work.whole, work.asked) == ("running", 3, 10, {"attempt": attempt_id})
    assert work.seen is None and work.seconds_left is not None
    assert list(long_work.of_judging(jobs, BEN)) == []
    judge.go.set()
    ended()
    (work,) = long_work.of_judging(jobs, ANN)
    assert work.state == "done" and work.seen is not None
    work.seen()
    assert list(long_work.of_judging(jobs, ANN)) == []


@pytest.mark.slow
def test_judging_is_stopped_from_anywhere_and_a_failure_is_told(session: Session) -> None:
    jobs, judge = Jobs(), HeldJudge()
    begun(session, jobs, judge)
    (work,) = long_work.of_judging(jobs, ANN)
    assert work.stop is not None
    work.stop()
    (work,) = long_work.of_judging(jobs, ANN)
    assert work.state == "stopped"
    judge.go.set()
    broken = HeldJudge(RehearseError("The model is gone.", "Start it."))
    begun(session, jobs, broken)
    broken.go.set()
    ended()
    (work,) = long_work.of_judging(jobs, ANN)
    assert (work.state, str(work.problem)) == ("failed", "The model is gone. Start it.")


def test_a_model_on_its_way_is_told_to_whoever_may_fetch_it(tmp_path: Path) -> None:
    held = HeldSources()
    arrivals = Arrivals(tmp_path, held.network)
    arrival = arrivals.begin(toy())
    assert held.inside.wait(20)
    (work,) = long_work.of_arrivals(arrivals, LOCAL)
    assert work.state == "running" and work.done == arrival.here / 1e6 and work.unit == "MB"
    assert list(long_work.of_arrivals(arrivals, ANN)) == []
    assert work.stop is not None
    work.stop()
    held.go.set()
    assert arrival.over.wait(20)
    (work,) = long_work.of_arrivals(arrivals, LOCAL)
    assert work.state == "stopped" and work.seen is not None
    work.seen()
    assert list(long_work.of_arrivals(arrivals, LOCAL)) == []
