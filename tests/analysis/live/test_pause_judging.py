"""Beside the silence ladder: a pause is judged once, by its sound; what fails leaves the ladder alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from analysis.live.listening import LiveAnswer
from analysis.live.pause_judging import KEPT_SECONDS, PauseJudging
from analysis.live.round_keeping import RoundWorld
from analysis.live.voice_floor import VoiceFloor
from analysis.speech.silence import SHOWN_SECONDS, SilenceClock
from analysis.speech.transcribe import RATE, Samples
from data.domain import RehearseError, Word
from data.settings import load_settings
from tests.conducted import SAID, Voice, desk

BROKEN = RehearseError("The file smart_turn_v3_2.onnx is missing.", "Restore it.")


@dataclass
class Model:
    """Says what it was told to, and remembers what it was shown."""

    says: float | Exception = 0.99
    shown: list[Samples] = field(default_factory=list)

    def __call__(self, samples: Samples) -> float:
        self.shown.append(samples)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


class Room:
    """A microphone's sound into the clock of silence and what judges pauses."""

    def __init__(self, model: Model | None) -> None:
        self.silence = SilenceClock()
        self.pauses = PauseJudging(self.silence, model)
        self.quiet(5.0)

    def hear(self, samples: Samples) -> None:
        for block in np.array_split(samples, max(1, len(samples) // 320)):
            self.silence.hear(block)
            self.pauses.hear(block)

    def voice(self, seconds: float) -> None:
        self.hear(np.random.default_rng(1).normal(0, 0.1, round(seconds * RATE)).astype(np.float32))

    def quiet(self, seconds: float) -> None:
        self.hear(np.zeros(round(seconds * RATE), np.float32))


def test_a_pause_is_judged_once_and_only_while_it_lasts() -> None:
    room = Room(model := Model())
    room.voice(2.0)
    room.quiet(0.4)
    assert room.pauses.due() is None, "between two words"
    room.quiet(0.4)
    work = room.pauses.due()
    assert work is not None and room.pauses.turn_over is None
    work()
    assert room.pauses.turn_over == 0.99 and room.pauses.due() is None
    room.voice(1.0)
    assert room.pauses.turn_over is None
    room.quiet(1.0)
    assert room.pauses.due() is not None and len(model.shown) == 1


def test_what_is_found_after_somebody_went_on_is_not_for_the_next_pause() -> None:
    room = Room(Model())
    room.voice(2.0)
    room.quiet(0.8)
    late = room.pauses.due()
    room.voice(1.0)
    room.quiet(1.0)
    assert late is not None
    late()
    assert room.pauses.turn_over is None


def test_the_model_is_shown_the_end_of_the_voice_however_late_it_is_asked() -> None:
    room = Room(model := Model())
    room.voice(8.0)
    room.quiet(3.0)
    work = room.pauses.due()
    assert work is not None
    work()
    (shown,) = model.shown
    silent = len(shown) - np.flatnonzero(shown)[-1]
    assert silent / RATE == pytest.approx(SHOWN_SECONDS, abs=0.11)
    assert 8.0 < len(shown) / RATE <= KEPT_SECONDS + 0.1


def test_nothing_is_judged_or_kept_without_a_model_or_before_a_voice() -> None:
    without, silent = Room(None), Room(Model())
    without.voice(2.0)
    without.quiet(2.0)
    silent.quiet(5.0)
    assert without.pauses.due() is None and not without.pauses._kept
    assert silent.pauses.due() is None


def test_a_model_that_failed_is_not_asked_again_and_its_sound_is_let_go_of() -> None:
    room = Room(model := Model(BROKEN))
    room.voice(2.0)
    room.quiet(1.0)
    work = room.pauses.due()
    assert work is not None
    with pytest.raises(RehearseError):
        work()
    room.voice(2.0)
    room.quiet(1.0)
    assert room.pauses.due() is None and not room.pauses._kept and len(model.shown) == 1


def test_an_interview_judges_a_pause_beside_and_ends_the_turn_sooner() -> None:
    voice = Voice(words=[Word(word, 1.0, 1.4) for word in SAID.split()])
    made = desk(voice)
    made.conductor.begin()
    made.pass_time(20)
    voice.silent_seconds = 1.0
    voice.to_judge = lambda: setattr(voice, "turn_over", 0.99)
    made.pass_time(1)
    assert voice.turn_over == 0.99 and made.conductor.interview.state.phase == "listening"
    voice.silent_seconds = 2.0
    made.pass_time(1)
    assert made.conductor.interview.state.probes == 1


@pytest.mark.slow
def test_what_sounds_finished_does_not_hurry_whoever_is_writing() -> None:
    voice = Voice(words=[Word(word, 1.0, 1.4) for word in SAID.split()], turn_over=0.99)
    made = desk(voice)
    made.conductor.begin()
    made.pass_time(20)
    voice.silent_seconds = 30.0
    made.conductor.wrote()
    made.pass_time(3)
    assert made.conductor.interview.state.probes == 0
    made.pass_time(1)
    assert made.conductor.interview.state.probes == 1


def test_a_model_that_fails_is_an_event_and_leaves_the_ladder_alone(caplog: pytest.LogCaptureFixture) -> None:
    voice = Voice(words=[Word(word, 1.0, 1.4) for word in SAID.split()])
    made = desk(voice)
    made.conductor.begin()
    made.pass_time(20)
    voice.silent_seconds, said = 1.0, made.conductor.spoken.number

    def broken() -> None:
        raise BROKEN

    voice.to_judge = broken
    made.pass_time(1)
    assert "smart_turn_v3_2.onnx is missing" in caplog.text
    assert made.conductor.spoken.number == said, "nobody need hear of it"
    voice.silent_seconds = 3.9
    made.pass_time(1)
    assert made.conductor.interview.state.probes == 0
    voice.silent_seconds = 4.0
    made.pass_time(1)
    assert made.conductor.interview.state.probes == 1


@dataclass
class Ears:
    """Writes nothing down."""

    def feed(self, samples: Samples) -> None:
        pass

    def close(self) -> None:
        pass


def test_a_microphone_judges_its_own_sound_and_lets_go_of_it_at_the_end() -> None:
    live = LiveAnswer(Ears(), None)  # type: ignore[arg-type]
    floor = VoiceFloor("no room", False, lambda: live, judge_turn=Model(0.7))
    on_audio, _ = floor._taps(floor._begin(Path("nowhere"), 0.0))
    on_audio(np.zeros(RATE, np.float32))
    on_audio(np.random.default_rng(1).normal(0, 0.1, 2 * RATE).astype(np.float32))
    on_audio(np.zeros(RATE, np.float32))
    work = floor.pause_to_judge()
    assert work is not None
    work()
    assert floor.turn_over == 0.7
    floor.close()
    assert not floor._pauses._kept


@pytest.mark.parametrize(("given", "judges"), [({}, False), ({"END_OF_TURN": "model"}, True)])
def test_the_model_is_asked_only_where_it_was_switched_on(given: dict[str, str], judges: bool) -> None:
    settings = load_settings(given, Path("nowhere"))
    world = RoundWorld(None, None, settings, None, None, None)  # type: ignore[arg-type]
    assert (world.judge_turn is not None) == judges
