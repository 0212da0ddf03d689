"""What becomes of a round when something on the way fails or was switched off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.answering import from_recording
from analysis.answering.from_recording import Observation
from analysis.interview.keeping.kept_interview import Interview
from analysis.live.round_keeping import RoundWorld, keeper, write_down
from analysis.live.typed_floor import TypedFloor
from analysis.scoring.scorers import make_scorer
from analysis.signals.switches import FACE, METRICS, Off
from data.domain import Calibration, Draft, SignalFrame, Speech, Transcript
from data.recordings import Recordings
from data.settings import load_settings
from data.store import Session
from tests.conducted import SAID, Desk, desk
from tests.full_disk import Full
from tests.media import recording
from tests.stored import open_store

pytestmark = pytest.mark.slow


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Full]:
    session = open_store(tmp_path)
    yield Full(session)
    session.database.close()


def world(full: Full, folder: Path, off: Off = frozenset()) -> RoundWorld:
    settings = load_settings({"RECORDINGS_URL": (folder / "recordings").as_uri()}, folder / "none.toml")
    scorer = make_scorer("reader", settings)
    no_engine: Any = None
    return RoundWorld(full, Recordings(settings.recordings_url), settings, no_engine, scorer, None, off)  # type: ignore[arg-type]


def typed(rounds: RoundWorld, **more: Any) -> Desk:
    def put_away(interview: Interview, at: int) -> None:
        write_down(rounds, interview, at, None)

    return desk(TypedFloor(Draft(), lambda _: None), keep=keeper(rounds), put_away=put_away, **more)


def statuses(made: Desk, session: Session) -> list[str]:
    found = [session.answers.load(kept.attempt_id) for kept in made.conductor.interview.rounds]
    return [kept.attempt.status if kept else "lost" for kept in found]


@pytest.mark.parametrize("round_", [0, 1])
def test_a_round_that_could_not_be_begun_at_once_is_begun_later(
    full: Full, tmp_path: Path, round_: int
) -> None:
    made = typed(world(full, tmp_path))
    for at in range(2):
        full.refusals = int(at == round_)
        made.conductor.begin() if at == 0 else made.conductor.command("skip")
        made.work()
        assert made.conductor.unkept == (at == round_)
        made.clock.now += 11.0
        made.conductor.tick()
        assert not made.conductor.unkept
        made.conductor.write(SAID)
        made.work()
    assert statuses(made, full.session)[round_] != "lost"


def test_a_round_that_is_over_before_it_could_be_begun_is_kept_all_the_same(
    full: Full, tmp_path: Path
) -> None:
    made = typed(world(full, tmp_path))
    full.refusals = 5
    made.conductor.begin()
    made.conductor.write(SAID)
    made.work()
    full.refusals = 0
    made.conductor.command("end")
    made.work()
    assert statuses(made, full.session) == ["scored"]


def test_what_is_said_in_a_round_that_cannot_be_begun_outlives_a_restart(full: Full, tmp_path: Path) -> None:
    made = typed(world(full, tmp_path))
    full.refusals = 100
    made.conductor.begin()
    made.conductor.write(SAID)
    made.work()
    kept = full.session.interviews.find(made.conductor.interview.id)
    assert kept is not None and SAID in kept.state


def test_an_answer_erased_while_its_round_goes_on_does_not_come_back(full: Full, tmp_path: Path) -> None:
    made = typed(world(full, tmp_path))
    made.conductor.begin()
    made.conductor.write(SAID)
    made.work()
    full.session.answers.erase(made.conductor.interview.rounds[0].attempt_id)
    made.conductor.command("end")
    made.work()
    assert statuses(made, full.session) == ["lost"]


def test_an_answer_that_was_erased_before_its_interview_goes_on_is_no_reason_to_keep_nothing(
    full: Full, tmp_path: Path
) -> None:
    made = typed(world(full, tmp_path))
    made.conductor.begin()
    full.session.answers.erase(made.conductor.interview.rounds[0].attempt_id)
    again = typed(world(full, tmp_path), interview=made.conductor.interview)
    again.conductor.begin()
    again.conductor.write(SAID)
    again.work()
    assert not again.conductor.unkept
    assert statuses(again, full.session) == ["lost"]


@pytest.mark.slow
@pytest.mark.parametrize("off", [frozenset(METRICS), FACE])
def test_what_is_switched_off_is_not_looked_for_in_an_interrupted_round(
    full: Full, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, off: Off
) -> None:
    looked_without: list[Off] = []

    class Watching:
        def __init__(self, calibration: Calibration | None, off: Off) -> None:
            looked_without.append(off)

        def __call__(self, rgb: object, seconds: float) -> SignalFrame:
            return SignalFrame(seconds, face_found=False)

        def close(self) -> None:
            pass

    monkeypatch.setattr(from_recording, "Watching", Watching)
    rounds = world(full, tmp_path, off)
    made = typed(rounds)
    made.conductor.begin()
    folder = rounds.recordings.folder
    folder.mkdir(parents=True, exist_ok=True)
    names: tuple[str, ...] = ("a.mp4", "a.part2.mp4")
    for name in names:
        recording(folder / name, 1.0, size=(320, 240), audio=False)
    interview = made.conductor.interview
    parts = replace(interview, mode="camera", rounds=(replace(interview.rounds[0], files=names),))
    nothing = Observation(Speech(Transcript((), "e"), voiced=(), fillers=None, seconds=1.0))
    write_down(rounds, parts, 0, lambda _: nothing)
    assert looked_without == ([] if off == METRICS.keys() else [off])
