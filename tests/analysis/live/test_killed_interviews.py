"""A server killed after the end of a round, before it is written down, costs nothing that was said."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis import media
from analysis.interview.keeping.kept_interview import Interview, RoundKept, from_kept, to_kept, unwritten
from analysis.interview.planning.plan import Plan, share_time
from analysis.live.executor import Supervised
from analysis.live.interviews_under_way import Interviews
from analysis.live.round_keeping import INTERRUPTED, RoundWorld, from_files, write_down
from analysis.live.world import World
from data.domain import RehearseError
from data.recordings import Recordings
from data.settings import load_settings
from tests.conducted import SAID, THREE
from tests.media import recording

pytestmark = pytest.mark.slow

PLAN = Plan(share_time(THREE[:2], 10.0), 10.0)


class Killed(Supervised):
    """What was asked for last, before the server was killed, is never done."""

    def submit(self, work: Callable[[], object], failed: object = None) -> Future[None]:
        return Future()


def killed(world: World, *commands: Any) -> str:
    """An interview in which something was said and asked for; then its server was killed."""
    server = Interviews(Supervised(1, "quick"), Killed(1, "slow"))
    begun = server.start(world, PLAN, "typed", "end", "reader")
    conductor = server.go_on(world, begun).conductor
    conductor.write(SAID)
    for command in commands:
        conductor.command(command)
    server.close()
    return begun


def said(world: World, interview: Interview, at: int) -> str:
    result = world.session.answers.load(interview.rounds[at].attempt_id)
    return " ".join(turn.text for turn in result.turns if turn.speaker == "candidate") if result else ""


def test_what_was_said_last_is_written_down_by_the_next_server_when_the_interview_was_over(
    world: World,
) -> None:
    begun = killed(world, "end")
    server = Interviews(Supervised(1, "quick"), Supervised(1, "slow"))
    assert server.unfinished(world) == (), "nothing can be gone on with"
    server.close()
    (kept,) = server.finished(world)
    assert kept.id == begun and SAID not in kept.state
    assert said(world, from_kept(kept), 0) == SAID


def test_a_round_before_the_open_one_is_written_down_when_the_interview_goes_on(world: World) -> None:
    begun = killed(world, "next")
    server = Interviews(Supervised(1, "quick"), Supervised(1, "slow"))
    assert [one.id for one in server.unfinished(world)] == [begun]
    running = server.go_on(world, begun)
    running.conductor.write("And now the second one.")
    running.conductor.command("end")
    server.close()
    assert said(world, running.interview, 0) == SAID
    assert said(world, running.interview, 1) == "And now the second one."
    assert unwritten(running.interview) == ()
    kept = world.session.interviews.find(begun)
    assert kept is not None and kept.over and SAID not in kept.state


def in_two_files(world: World, seconds: float = 1.0) -> tuple[RoundWorld, Interview]:
    """A round whose recording was interrupted once, and which is over."""
    begun = killed(world, "end")
    kept = world.session.interviews.find(begun)
    assert kept is not None
    interview = from_kept(kept)
    name = interview.rounds[0].attempt_id
    files = (f"{name}.mp4", f"{name}.part2.mp4")
    world.recordings.folder.mkdir(parents=True)
    for file in files:
        recording(world.recordings.folder / file, seconds, video=False)
    first: RoundKept = replace(interview.rounds[0], files=files)
    interview = replace(interview, mode="microphone", rounds=(first, *interview.rounds[1:]))
    world.session.interviews.save(to_kept(interview))
    rounds = RoundWorld(
        world.session, world.recordings, world.settings, Silent(), world.scorers[0], calibration=None
    )
    return rounds, interview


class Silent:
    """Hears nothing."""

    name = "silent"

    def readiness(self) -> Any:
        raise AssertionError("nobody asks")

    def transcribe(self, samples: object, *, prompt: str | None) -> Any:
        raise RehearseError("Nothing was heard.")


def test_parts_of_a_recording_go_in_once_though_their_putting_together_was_cut_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds, interview = in_two_files(world)
    name = interview.rounds[0].attempt_id

    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    for place, method in ((Recordings, "drop"), (Path, "replace")):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(place, method, kill)
            write_down(rounds, interview, 0, lambda it: from_files(rounds, interview, 0, it))
    assert all(path.suffix == ".mp4" for path in world.recordings.files_of(name))
    write_down(rounds, interview, 0, lambda it: from_files(rounds, interview, 0, it))
    assert [path.name for path in world.recordings.files_of(name)] == [f"{name}.mp4"]
    assert media.probe(world.recordings.path(f"{name}.mp4")).seconds == pytest.approx(2.0, abs=0.2)


def test_a_recording_left_by_a_killed_server_is_sent_nowhere_to_be_heard(world: World) -> None:
    rounds, interview = in_two_files(world)
    outside = load_settings({"STT_BASE_URL": "http://elsewhere.test/v1", "STT_MODEL": "m"})
    rounds = replace(rounds, settings=outside)
    with pytest.raises(RehearseError, match="interrupted"):
        from_files(rounds, interview, 0, Silent())
    write_down(rounds, interview, 0, lambda it: from_files(rounds, interview, 0, it))
    result = world.session.answers.load(interview.rounds[0].attempt_id)
    assert result is not None and any(INTERRUPTED in note for note in result.notes)
    whole = world.recordings.path(interview.rounds[0].files[0])
    assert media.probe(whole).seconds == pytest.approx(2.0, abs=0.2)
