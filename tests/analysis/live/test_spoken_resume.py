"""In a pause nothing is recorded, a spoken "resume" is heard all the same, and nothing else said is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import numpy as np
import numpy.typing as npt
import pytest

from analysis.live import captures
from analysis.live.captures import Capture
from analysis.live.listening import LiveAnswer, listen_while_paused
from analysis.live.voice_floor import VoiceFloor
from data.domain import Speech, Transcript, Word
from data.settings import load_settings
from tests.conducted import Desk, desk

SECOND = 16_000


def noise(seconds: float) -> npt.NDArray[np.float32]:
    generator = np.random.default_rng(7)
    return generator.uniform(-0.4, 0.4, round(seconds * SECOND)).astype(np.float32)


@dataclass
class Listener:
    """Hears `said`, one sentence at each flush."""

    said: list[str] = field(default_factory=list)
    words: tuple[Word, ...] = ()
    fed: list[npt.NDArray[np.float32]] = field(default_factory=list)
    came: Event = field(default_factory=Event)
    closed: Event = field(default_factory=Event)

    def feed(self, samples: npt.NDArray[np.float32]) -> None:
        self.fed.append(samples)
        self.came.set()

    def flush(self) -> int:
        sentence = self.said.pop(0) if self.said else ""
        self.words += tuple(Word(word) for word in sentence.split())
        return 1

    def flushed(self, number: int, timeout: float) -> bool:
        return True

    def partial_words(self) -> tuple[Word, ...]:
        return self.words

    def finish(self, timeout: float) -> Speech:
        return Speech(Transcript(self.words, "by hand"), voiced=(), fillers=None, seconds=0.0)

    def close(self) -> None:
        self.closed.set()


@dataclass
class Held:
    """A capture without a browser: it only knows whether it is held, and who listens meanwhile."""

    held: bool = False
    listen: object = None
    touched: float = float("inf")

    def state(self) -> captures.CameraState:
        return captures.CameraState("recording")

    def hold(self, held: bool, listen: object = None) -> None:
        self.held, self.listen = held, listen


@pytest.fixture
def capture() -> Iterator[Held]:
    made = Held()
    captures.obtain("room", lambda: made)  # type: ignore[arg-type, return-value]
    yield made
    captures.forget("room")


def room(ear: Listener | None) -> tuple[Desk, VoiceFloor]:
    floor = VoiceFloor("room", False, lambda: LiveAnswer(Listener(), None), listen_paused=lambda: ear)
    floor._begin(Path("nowhere"), 0.0)
    made = desk(floor)  # type: ignore[arg-type]
    made.conductor.begin()
    return made, floor


def say_in_the_pause(floor: VoiceFloor) -> None:
    assert floor._ear is not None
    floor._ear.hear(np.zeros(SECOND, np.float32))
    floor._ear.hear(noise(1.0))
    floor._ear.hear(np.zeros(2 * SECOND, np.float32))


@pytest.mark.slow
def test_a_spoken_resume_goes_on_and_the_pause_is_in_no_answer(capture: Held) -> None:
    ear = Listener(["That was the doorbell.", "Okay, resume."])
    made, floor = room(ear)
    made.conductor.command("pause")
    made.work()
    assert capture.held and floor.hears_resume
    say_in_the_pause(floor)
    made.pass_time(2)
    assert made.conductor.interview.state.clock.paused
    say_in_the_pause(floor)
    made.pass_time(2)
    state = made.conductor.interview.state
    assert not state.clock.paused and state.phase == "listening"
    assert not capture.held and not floor.hears_resume
    assert ear.closed.wait(10.0)
    assert [turn.speaker for turn in state.dialogue.turns] == ["interviewer"]


@pytest.mark.slow
def test_the_last_words_before_a_pause_are_those_of_the_answer(capture: Held) -> None:
    made, floor = room(Listener(["resume"]))
    assert floor.live is not None
    floor.live.listener.words = (Word("shard", 1.0, 1.4),)  # type: ignore[attr-defined]
    made.conductor.command("pause")
    made.work()
    assert made.conductor.interview.state.dialogue.turns[-1].text == "shard"
    assert made.conductor.interview.state.clock.paused


@pytest.mark.slow
def test_where_a_server_outside_listens_nothing_is_listened_to_in_a_pause(
    capture: Held, tmp_path: Path
) -> None:
    hosted = load_settings(
        {"STT_BASE_URL": "https://speech.example/v1", "STT_API_KEY": "k"}, tmp_path / "none.toml"
    )
    assert listen_while_paused(hosted) is None
    made, floor = room(None)
    made.conductor.command("pause")
    made.work()
    made.pass_time(3)
    assert made.conductor.interview.state.clock.paused and not floor.hears_resume
    assert capture.listen is None


def test_held_sound_is_heard_and_written_nowhere(tmp_path: Path) -> None:
    import av

    ear = Listener()
    one = Capture(tmp_path / "a.mp4", video=False, on_audio=None, on_video=None)
    one.connect("me")
    one.hold(True, ear.feed)
    frame = av.AudioFrame.from_ndarray(np.full((1, 960), 9000, np.int16), format="s16", layout="mono")
    frame.sample_rate = 48_000
    for _ in range(20):
        one._receive("audio", frame)
    assert ear.came.wait(10.0)
    assert one.state().audio_seconds == 0.0
    one.hold(False)
    heard = np.concatenate(ear.fed)
    assert heard.dtype == np.float32 and float(np.abs(heard).max()) > 0.1
