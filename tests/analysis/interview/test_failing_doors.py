"""Whatever fails around an interview is logged, becomes an event, and the interview goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.moves import lines
from analysis.live.conductor import KEEP_SECONDS, PATIENCE_SECONDS
from analysis.live.doors import Heard
from analysis.live.typed_floor import TypedFloor
from data.domain import Answer, Change, Draft, KeyPointResult, RehearseError, Word
from tests.conducted import SAID, Desk, Voice, desk

FULL = RehearseError("The disk is full.", "Free some space.")
FAULTS = [pytest.param(FULL, id="a full disk"), pytest.param(KeyError("x"), id="an unforeseen fault")]


@dataclass
class Disk:
    """Keeps the newest interview while it is not full."""

    full: Exception | None = None
    kept: Interview | None = None
    tries: int = 0

    def __call__(self, interview: Interview) -> None:
        self.tries += 1
        if self.full is not None:
            raise self.full
        self.kept = interview


def typed(keep: Callable[[Interview], None] | None = None) -> Desk:
    made = desk(TypedFloor(Draft(), lambda _: None), keep=keep)
    made.conductor.begin()
    return made


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_an_interview_that_cannot_be_written_down_says_so_once_and_goes_on(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Disk()
    made = typed(disk)
    disk.full = fault
    made.conductor.write(SAID)
    made.work()
    made.pass_time(3)
    state = made.conductor.interview.state
    assert state.phase == "listening" and state.probes == 1
    assert made.conductor.unkept and "could not be kept" in caplog.text
    told = [line.text for line in made.conductor.spoken.lines]
    assert told[-1] == state.lines[-1], "the newest thing said is the probe, not the trouble again"
    disk.full = None
    made.pass_time(KEEP_SECONDS + 2)
    assert not made.conductor.unkept
    assert disk.kept is not None and disk.kept.state.dialogues == made.conductor.interview.state.dialogues


def test_the_candidate_is_told_after_the_question_that_it_is_not_written_down() -> None:
    disk = Disk(full=FULL)
    made = typed(disk)
    told = [line.text for line in made.conductor.spoken.lines]
    assert told[-1] == lines.NOT_KEPT and made.conductor.interview.state.lines[-1] in told


def test_the_end_that_could_not_be_written_down_is_tried_again() -> None:
    disk = Disk()
    made = typed(disk)
    disk.full = FULL
    made.conductor.command("end")
    made.work()
    assert made.conductor.interview.over and made.conductor.unkept
    tries = disk.tries
    made.conductor.tick()
    assert disk.tries == tries, "not at every tick"
    disk.full = None
    made.pass_time(KEEP_SECONDS + 2)
    assert disk.kept is not None and disk.kept.over


class Broken(Voice):
    """A microphone whose last words cannot be had."""

    def last_words(self) -> Heard:
        raise OSError("the listener died")


@pytest.mark.parametrize("command", ["done", "skip", "hint", "pause", "end"])
def test_last_words_that_cannot_be_had_do_not_hold_the_interview_up(
    command: str, caplog: pytest.LogCaptureFixture
) -> None:
    made = desk(Broken())
    made.conductor.begin()
    made.conductor.command(command)  # type: ignore[arg-type]
    assert made.conductor.interview.state.phase == "collecting"
    made.work()
    assert made.conductor.interview.state.phase in ("listening", "ended")
    assert "the listener died" in caplog.text


class Deaf(Voice):
    """A microphone that fails whenever it is listened to or held."""

    def heard(self) -> Heard:
        raise OSError("the microphone is gone")

    def hold(self, held: bool) -> None:
        raise OSError("the microphone is gone")


def test_a_microphone_that_fails_stops_neither_the_clock_nor_the_buttons(
    caplog: pytest.LogCaptureFixture,
) -> None:
    made = desk(Deaf())
    made.conductor.begin()
    made.pass_time(3)
    made.conductor.command("pause")
    made.work()
    state = made.conductor.interview.state
    assert state.clock.active_seconds == pytest.approx(3.0) and state.clock.paused
    assert "the microphone is gone" in caplog.text


class Refused(TypedFloor):
    """A box whose words cannot be taken."""

    def last_words(self) -> Heard:
        raise OSError("no")


def test_a_typed_answer_that_cannot_be_taken_stays_in_its_box() -> None:
    floor = Refused(Draft(), lambda _: None)
    made = desk(floor)
    made.conductor.begin()
    floor.write(Change(SAID, "a.1"))
    made.conductor.command("done")
    made.work()
    state = made.conductor.interview.state
    assert state.phase == "listening" and made.conductor.spoken.text == lines.SEND_AGAIN
    assert floor.draft.text == SAID


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_scorer_with_any_fault_costs_nothing_but_the_choice(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(answer: Answer) -> Sequence[KeyPointResult]:
        raise fault

    made = desk(TypedFloor(Draft(), lambda _: None), assess=fails)
    made.conductor.begin()
    made.conductor.write(SAID)
    made.work()
    assert made.conductor.interview.state.probes == 1
    assert "looking for key points" in caplog.text


@pytest.mark.parametrize("hint", [True, False])
def test_an_answer_nobody_can_be_asked_on_about_goes_on_all_the_same(hint: bool) -> None:
    def nonsense(answer: Answer) -> Sequence[KeyPointResult]:
        return (None,)  # type: ignore[return-value]

    made = desk(TypedFloor(Draft(), lambda _: None), assess=nonsense)
    made.conductor.begin()
    if hint:
        made.conductor.command("hint")
    else:
        made.conductor.write(SAID)
    made.work()
    state = made.conductor.interview.state
    assert state.phase == "listening" and state.round == 0
    assert state.elicitation == ("hinted" if hint else "prompted")


@pytest.mark.parametrize("fault", FAULTS)
def test_an_answer_that_cannot_be_put_away_does_not_hold_up_the_next_question(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def put_away(interview: Interview, at: int) -> None:
        raise fault

    made = desk(TypedFloor(Draft(), lambda _: None), put_away=put_away)
    made.conductor.begin()
    made.conductor.command("skip")
    made.work()
    state = made.conductor.interview.state
    assert state.round == 1 and state.phase == "listening"
    assert "could not do what was due" in caplog.text


def test_threads_that_take_nothing_more_hold_nothing_up() -> None:
    def refuse(*work: object) -> None:
        raise RuntimeError("cannot schedule new futures after shutdown")

    made = desk(Voice(), later=refuse)
    made.conductor.begin()
    made.conductor.command("done")
    assert made.conductor.interview.state.phase == "listening"


@pytest.mark.parametrize("command", ["done", "hint"])
def test_work_that_never_comes_back_is_given_up(command: str, caplog: pytest.LogCaptureFixture) -> None:
    made = desk(Voice())
    made.conductor.begin()
    made.conductor.command(command)  # type: ignore[arg-type]
    late = made.later.copy()
    made.later.clear()
    for _ in range(int(PATIENCE_SECONDS) + 3):
        made.clock.now += 1.0
        made.conductor.tick()
        made.later.clear()
    assert "did not come back" in caplog.text
    for _ in range(int(PATIENCE_SECONDS) + 3):
        made.clock.now += 1.0
        made.conductor.tick()
        made.later.clear()
    assert made.conductor.interview.state.phase == "listening"
    for work, _ in late:
        work()
    assert made.conductor.interview.state.phase == "listening"


def test_words_that_come_too_late_are_still_words_of_the_answer() -> None:
    voice = Voice()
    made = desk(voice)
    made.conductor.begin()
    made.conductor.command("hint")
    ((collect, _),) = made.later
    made.later.clear()
    for _ in range(int(PATIENCE_SECONDS) + 3):
        made.clock.now += 1.0
        made.conductor.tick()
        made.work()
    voice.late = [Word("late", 1.0, 1.3)]
    collect()
    assert made.conductor.interview.state.dialogue.turns[-1].text == "late"
