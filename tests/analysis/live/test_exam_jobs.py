"""An exam in the background: kept when it is done, stopped, cut off by a restart, gone on with unpaid."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.live.exam_jobs import BUSY, Candidate, ExamJob, ExamJobs
from analysis.llm.chat_model import ChatModel, forget_servers
from analysis.llm.reply_cache import FileCache
from analysis.scoring.judge import JudgeScorer
from data.access import Viewer
from data.domain import RehearseError
from data.rubrics import load_rubric
from data.store import Session
from tests.exam_sitters import judging_as_labelled, some_answers
from tests.fake_endpoint import Asked, Behaviour, FakeEndpoint, Said
from tests.stored import open_store

pytestmark = pytest.mark.slow
ROWS = some_answers(1)
LONG_SECONDS = 60


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_store(tmp_path)
    yield opened
    opened.database.close()


class Room:
    """The exam of one server, and judges who may sit it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exams = ExamJobs(ROWS)
        self.endpoint = FakeEndpoint()

    def candidate(self, *behaviours: Behaviour, model: str = "m") -> Candidate:
        forget_servers()
        self.endpoint = FakeEndpoint(*behaviours, judging_as_labelled())
        chat = ChatModel("http://judge.test/v1", "key", model, transport=self.endpoint.transport, tries=1)
        chat.cache = FileCache(self.folder / "replies")
        return Candidate(JudgeScorer(chat), model, "judge.test")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def ended(job: ExamJob) -> ExamJob:
    for thread in threading.enumerate():
        if thread.name == "exam":
            thread.join(LONG_SECONDS)
    assert job.state != "running"
    return job


class Held:
    """Lets the first questions through and holds the others until it is let go."""

    def __init__(self, free: int) -> None:
        self.free, self.waiting, self.go = free, threading.Event(), threading.Event()

    def __call__(self, asked: Asked) -> Said | None:
        if asked.number >= self.free:
            self.waiting.set()
            assert self.go.wait(LONG_SECONDS)
        return None


def test_an_exam_that_is_passed_is_kept_with_model_place_and_figures(session: Session, room: Room) -> None:
    who = room.candidate()
    job = ended(room.exams.start(session, "me", who))
    assert (job.state, job.problem) == ("done", None)
    (kept,) = session.exams.all()
    assert kept == job.kept
    assert (kept.model, kept.place, kept.passed) == ("m", "judge.test", True)
    assert session.exams.standing("judge", who.judge.version, load_rubric().version) == "counts"
    assert kept.figures["points_agreed"] == 1.0
    assert room.exams.cut_off(session, "me") == {}
    assert (job.sitting.done, job.seconds_left) == (5, 0.0)


def test_one_that_is_not_passed_is_kept_as_such(session: Session, room: Room) -> None:
    who = room.candidate(judging_as_labelled(level=3))
    assert ended(room.exams.start(session, "me", who)).state == "done"
    assert session.exams.standing("judge", who.judge.version, load_rubric().version) == "did not pass"


def test_one_exam_runs_at_a_time(session: Session, room: Room) -> None:
    held = Held(3)
    who = room.candidate(held)
    job = room.exams.start(session, "me", who)
    assert held.waiting.wait(LONG_SECONDS)
    assert room.exams.start(session, "me", who) is job
    with pytest.raises(RehearseError, match=BUSY.message):
        room.exams.start(session, "me", room.candidate(model="other"))
    held.go.set()
    ended(job)


def test_one_that_is_stopped_keeps_nothing_but_replies_and_goes_on_from_there(
    session: Session, room: Room
) -> None:
    held = Held(6)
    job = room.exams.start(session, "me", room.candidate(held))
    assert held.waiting.wait(LONG_SECONDS)
    room.exams.stop()
    held.go.set()
    assert ended(job).state == "stopped"
    assert session.exams.all() == ()
    assert room.exams.cut_off(session, "me") == {}
    room.exams.clear()
    assert room.exams.job is None
    again = ended(room.exams.start(session, "me", room.candidate()))
    assert again.kept is not None and again.kept.passed
    assert len(room.endpoint.asked) < again.kept.figures["calls"]


def test_a_server_that_is_gone_fails_it_in_plain_words_and_it_can_go_on(session: Session, room: Room) -> None:
    def gone(asked: Asked) -> Said | None:
        return Said("gone", 503) if asked.number >= 8 else None

    job = ended(room.exams.start(session, "me", room.candidate(gone)))
    assert job.state == "failed" and job.problem is not None and job.problem.remedy
    assert session.exams.all() == ()
    again = ended(room.exams.start(session, "me", room.candidate()))
    assert again.state == "done"
    assert len(room.endpoint.asked) < again.sitting.meter.total.calls + again.sitting.meter.total.cached


def test_one_that_a_restart_cut_off_is_known_and_goes_on_without_paying_again(
    session: Session, room: Room
) -> None:
    held = Held(8)
    who = room.candidate(held)
    job = room.exams.start(session, "me", who)
    assert held.waiting.wait(LONG_SECONDS)
    after = Room(room.folder)
    assert after.exams.cut_off(session, "me") == {who.judge.version: who.judge.receiver}
    assert after.exams.cut_off(session, "anna") == {}
    again = ended_of(after, session)
    assert again.kept is not None and again.kept.passed
    assert again.sitting.meter.total.cached >= 7
    held.go.set()
    ended(job)


def ended_of(room: Room, session: Session) -> ExamJob:
    """The exam of a server that has just started, while the thread of the one before still hangs."""
    job = room.exams.start(session, "me", room.candidate())
    [*_, newest] = [thread for thread in threading.enumerate() if thread.name == "exam"]
    newest.join(LONG_SECONDS)
    assert job.state != "running"
    return job


def test_who_may_not_keep_an_exam_is_told_so(session: Session, room: Room) -> None:
    hosted = session.seen_by(Viewer("ines", "instructor"))
    job = ended(room.exams.start(hosted, "ines", room.candidate()))
    assert job.state == "failed" and job.problem is not None and "administrator" in job.problem.message


def test_what_nobody_foresaw_ends_it(session: Session, room: Room, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(JudgeScorer):
        def score(self, *_: object) -> object:  # type: ignore[override]
            raise ZeroDivisionError

    who = room.candidate()
    broken = Broken(ChatModel("http://judge.test/v1", "key", "m"))
    job = ended(room.exams.start(session, "me", Candidate(broken, who.model, who.place)))
    assert job.state == "failed" and job.problem is not None
    assert "sitting the exam" in caplog.text
