"""A live answer on a machine that has no time for it: analysis goes first, and that is said."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis import media
from analysis.live.listening import BUSY, Eyes, LiveAnswer, Samples
from analysis.signals.sampler import Sampler
from analysis.signals.watching import Watching
from data.domain import SignalFrame, Speech, Transcript, Word
from tests.analysis.media.test_media_recorder import flashes_and_beeps, play
from tests.analysis.speech.test_listen import Engine

pytestmark = pytest.mark.slow

SECONDS = 3.0


class Hearing:
    """A listener that counts what it is given."""

    heard = 0

    def feed(self, samples: Samples) -> None:
        self.heard += samples.size

    def flush(self) -> int:
        return 0

    def flushed(self, number: int, timeout: float) -> bool:
        return True

    def partial_words(self) -> tuple[Word, ...]:
        return ()

    def finish(self, timeout: float) -> Speech:
        return Speech(Transcript((), engine="none"), voiced=(), fillers=None, seconds=SECONDS)

    def close(self) -> None:
        pass


@pytest.mark.parametrize("starved", [True, False])
def test_a_starved_machine_sheds_analysis_first_and_says_so(tmp_path: Path, starved: bool) -> None:
    gate = threading.Event()
    if not starved:
        gate.set()

    def look(rgb: NDArray[np.uint8], seconds: float) -> SignalFrame:
        gate.wait(60)
        return SignalFrame(seconds, face_found=True)

    listener = Hearing()
    live = LiveAnswer(listener, Eyes(Sampler(look, frames_per_second=5), Watching()))
    recorder = media.Recorder(tmp_path / "a.mp4", on_audio=live.on_audio, on_video=live.on_video)
    play(recorder, flashes_and_beeps(SECONDS), speed=2.0)
    gate.set()
    facts = recorder.close()
    seen = live.finish(facts.path, Engine(lambda prompt: Transcript((), engine="none")))
    assert facts.frames == 30 * SECONDS
    assert (facts.dropped_video, facts.dropped_audio) == (0, 0)
    assert abs(listener.heard / 16_000 - SECONDS) < 0.1
    assert live.busy is starved
    assert (BUSY in seen.notes) is starved
    assert (len(seen.frames) < 4) is starved
