"""An interview nobody looks at any more: what was said is kept, then its memory is given back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from analysis.interview.keeping.kept_interview import Interview
from analysis.live import interview_running as room
from analysis.live.interview_running import LEFT_FOR_GOOD_SECONDS, LEFT_SECONDS, Running, care
from analysis.live.judging_jobs import Jobs
from analysis.live.registry import Registry
from analysis.live.round_keeping import RoundWorld, keeper
from analysis.live.sending import Sending
from analysis.live.typed_floor import TypedFloor
from analysis.llm.chat_model import ChatModel
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.scorers import make_scorer
from data.access import LOCAL
from data.domain import Draft, RehearseError
from data.recordings import Recordings
from data.settings import load_settings
from data.store import Session
from tests.conducted import SAID, Desk, desk
from tests.fake_endpoint import FakeEndpoint
from tests.stored import open_store

pytestmark = pytest.mark.slow


@dataclass
class Clock:
    now: float = 1000.0

    def monotonic(self) -> float:
        return self.now


@dataclass
class Room:
    """A typed interview with one answer in it, which nobody looks at."""

    desk: Desk
    running: Running
    everyone: Registry[Running] = field(default_factory=Registry)

    def care(self) -> None:
        care(self.everyone, "i", self.running)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(room, "time", clock)
    return clock


@pytest.fixture
def left(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Room]]:
    session = open_store(tmp_path)
    settings = load_settings({"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}, tmp_path / "none.toml")
    scorer = make_scorer("reader", settings)
    folder = Recordings(settings.recordings_url)
    world = RoundWorld(session, folder, settings, None, scorer, None)  # type: ignore[arg-type]

    def make(keep: Callable[[Interview], None] | None = None) -> Room:
        floor = TypedFloor(Draft(), lambda _: None)
        made = desk(floor, keep=keep or keeper(world))
        made.conductor.begin()
        made.conductor.write(SAID)
        made.work()
        running = Running(made.conductor, floor, world, seen=clock.now)
        left = Room(made, running)
        left.everyone.obtain(LOCAL, "i", lambda: running)
        return left

    yield make
    session.database.close()


def status(left: Room) -> str:
    session: Session = left.running.world.session
    kept = session.answers.load(left.running.interview.rounds[0].attempt_id)
    return kept.attempt.status if kept else "gone"


def test_nothing_of_one_that_was_left_is_sent_to_a_judge(left: Callable[..., Room], clock: Clock) -> None:
    made = left()
    endpoint = FakeEndpoint()
    judge = JudgeScorer(ChatModel("http://judge.test/v1", "k", "m", transport=endpoint.transport))
    sends = Sending(Jobs(), judge, None, judge.receiver)
    made.running.world = replace(made.running.world, sending=sends)
    clock.now += LEFT_SECONDS + 1
    made.care()
    assert status(made) in ("scored", "unscored")
    assert endpoint.asked == []


def test_one_that_was_left_is_scored_once_and_can_still_be_gone_on_with(
    left: Callable[..., Room], clock: Clock
) -> None:
    made = left()
    made.care()
    assert status(made) == "recording"
    clock.now += LEFT_SECONDS + 1
    made.care()
    assert status(made) == "scored"
    assert made.everyone.is_there("i", made.running)
    made.desk.conductor.command("repeat")
    assert made.desk.conductor.interview.state.phase == "listening"


def test_one_that_was_left_for_good_gives_its_memory_back_and_is_kept(
    left: Callable[..., Room], clock: Clock
) -> None:
    made = left()
    clock.now += LEFT_FOR_GOOD_SECONDS + 1
    made.care()
    assert not made.everyone.everything()
    assert status(made) == "scored"
    kept = made.running.world.session.interviews.find("i")
    assert kept is not None and not kept.over and SAID in kept.state


def test_one_that_is_over_and_was_looked_at_does_not_stay_for_ever(
    left: Callable[..., Room], clock: Clock
) -> None:
    made = left()
    made.desk.conductor.command("end")
    made.desk.work()
    made.care()
    assert made.everyone.everything()
    clock.now += LEFT_FOR_GOOD_SECONDS + 1
    made.care()
    assert not made.everyone.everything()


def test_one_whose_newest_words_are_kept_nowhere_stays_until_they_are(
    left: Callable[..., Room], clock: Clock
) -> None:
    full = True

    def keep(interview: Interview) -> None:
        if full:
            raise RehearseError("The disk is full.")

    made = left(keep)
    clock.now += LEFT_FOR_GOOD_SECONDS + 1
    made.running.safe = made.running.seen
    made.care()
    assert made.everyone.everything()
    full = False
    made.desk.clock.now += 100.0
    made.care()
    made.care()
    assert not made.everyone.everything()
