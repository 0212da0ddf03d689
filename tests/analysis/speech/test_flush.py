"""A flush: in a pause of an interview the words so far are heard at once, and nothing is lost by it."""

from __future__ import annotations

import threading
from multiprocessing import Pipe
from typing import Any

import numpy as np
import pytest

from analysis.speech.listening_process import Block, Done, Fillers, Finish, Flush, Flushed, serve
from analysis.speech.transcribe import RATE, Readiness, Samples
from data.domain import Interval, Transcript, Word


class Engine:
    """Hears one word for each second it is given, and "um" when it is asked for fillers."""

    name = "by hand"

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        if prompt:
            return Transcript((Word("um", 0.0, 0.2, 0.9),), self.name, "en")
        seconds = int(len(samples) / RATE)
        return Transcript(tuple(Word(f"w{n}.", n, n + 0.9, 0.9) for n in range(seconds)), self.name, "en")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the worker sends for four seconds, a flush, three more seconds and the end."""
    monkeypatch.setattr(
        "analysis.speech.chunks.voice_in", lambda cleaned: (Interval(0.0, len(cleaned) / RATE),)
    )
    monkeypatch.setattr("os.nice", lambda value: 0)
    ours, theirs = Pipe()
    thread = threading.Thread(target=serve, args=(theirs, Engine, None, True, 0, 0))
    thread.start()
    sound = np.full(4 * RATE, 0.1, np.float32)
    for message in (Block(sound), Flush(1), Block(sound[: 3 * RATE]), Finish()):
        ours.send(message)
    received: list[Any] = []
    while not received or not isinstance(received[-1], Done):
        received.append(ours.recv())
    thread.join(5)
    return received


def test_the_words_of_a_flush_come_at_once_and_its_fillers_later(sent: list[Any]) -> None:
    flushed = sent[0]
    assert isinstance(flushed, Flushed) and flushed.number == 1
    assert [word.text for word in flushed.heard[0].words] == ["w0.", "w1.", "w2.", "w3."]
    (fillers,) = [one for one in sent if isinstance(one, Fillers)]
    assert sent.index(fillers) > 1
    assert fillers.end_samples == flushed.heard[0].end_samples == 4 * RATE
    assert fillers.found and fillers.found[0].text == "um"


def test_what_comes_after_a_flush_goes_on_where_it_ended(sent: list[Any]) -> None:
    rest = sent[1]
    assert rest.start_seconds == 4.0
    assert [word.start_seconds for word in rest.words] == [4.0, 5.0, 6.0]
    assert rest.fillers and rest.fillers[0].start_seconds == 4.0
