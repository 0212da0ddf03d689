"""Which language a recording is in: its chunks decide together, and somebody who knows can say so."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest

from analysis.speech.chain import Chain
from analysis.speech.hosted import OpenAICompatible, Server
from analysis.speech.languages import put_in
from analysis.speech.listen import listen
from analysis.speech.listening_process import Again, Block, Done, Finish, serve
from analysis.speech.transcribe import (
    RATE,
    LocalWhisper,
    Readiness,
    Samples,
    Transcriber,
    _language,
    told_english,
)
from data.domain import Interval, Transcript, Word

FULL = " ".join(f"word{at}" for at in range(30))
SOUND = np.full(70 * RATE, 0.1, np.float32)


class Undecided:
    """Calls each stretch it is given what `languages` says, in order; told it is English, it is `sure`."""

    name = "by hand"

    def __init__(self, *languages: str, sure: float = 0.9, told: bool = False) -> None:
        self.languages, self.sure, self.told = list(languages), sure, told
        self.seen: list[Samples] = []

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def told_english(self) -> Undecided:
        return Undecided(sure=self.sure, told=True)

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        if not any(one is samples for one in self.seen):
            self.seen.append(samples)
        language = "en" if self.told else self.languages[len(self.seen) - 1]
        step = len(samples) / RATE / 30
        sure = self.sure if self.told or language == "en?" else 0.9
        words = [Word(text, step * at, step * at + step, sure) for at, text in enumerate(FULL.split())]
        return Transcript(tuple(words) if language[:2] == "en" else (), self.name, language[:2])


@pytest.fixture(autouse=True)
def somebody_speaks_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "analysis.speech.chunks.voice_in", lambda cleaned: (Interval(0.0, len(cleaned) / RATE),)
    )
    monkeypatch.setattr("analysis.speech.chunks._cut_seconds", lambda *_: 25.0)


def test_a_chunk_called_japanese_in_an_english_recording_is_heard_again_as_english() -> None:
    speech = listen(SOUND, Undecided("en", "ja", "en"))
    assert len(speech.transcript.words) == 90
    assert speech.transcript.language == "en"
    assert speech.fillers is not None
    assert speech.notes == ()


def test_what_is_not_surely_english_stays_another_language_and_is_said() -> None:
    speech = listen(SOUND, Undecided("en", "ja", "en", sure=0.5))
    assert len(speech.transcript.words) == 60
    assert "sounded like Japanese" in speech.notes[0]
    assert speech.fillers is None


def test_unsure_english_words_of_a_german_recording_are_not_believed() -> None:
    asked_twice_alone = ("en?", "en?")
    speech = listen(SOUND, Undecided("de", "en?", *asked_twice_alone, "de", sure=0.5))
    assert speech.transcript.words == ()
    assert speech.transcript.language == "de"
    assert len(speech.notes) == 1
    assert "About 70 s sounded like German" in speech.notes[0]


def test_sure_english_words_of_a_german_recording_are_kept() -> None:
    speech = listen(SOUND, Undecided("de", "en", "de"))
    assert len(speech.transcript.words) == 30
    assert "sounded like German" in speech.notes[0]


def test_an_engine_that_was_told_hears_all_of_it_as_english_whatever_it_sounds_like() -> None:
    speech = listen(SOUND, told_english(Undecided("de", "de", "de", sure=0.4)))
    assert len(speech.transcript.words) == 90
    assert speech.notes == ()


def test_a_chain_tells_all_its_engines() -> None:
    speech = listen(SOUND, told_english(Chain([Undecided("de", "de", "de")])))
    assert len(speech.transcript.words) == 90


def test_an_engine_that_cannot_be_told_is_used_as_it_is() -> None:
    class Deaf:
        name = "deaf"

        def readiness(self) -> Readiness:
            return Readiness(True, "")

        def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
            return Transcript((), self.name, "de")

    engine = Deaf()
    assert told_english(engine) is engine


def test_a_live_answer_decides_over_all_of_it_when_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.nice", lambda value: 0)
    ours, theirs = Pipe()
    engine = partial(Undecided, "en", "ja", "en")
    thread = threading.Thread(target=serve, args=(theirs, engine, None, True, 0, 0))
    thread.start()
    for message in (Block(SOUND), Finish()):
        ours.send(message)
    received: list[Any] = []
    while not received or not isinstance(received[-1], Done):
        received.append(ours.recv())
    thread.join(5)
    *heard, again, _ = received
    assert [part.language for part in heard] == ["en", "ja", "en"]
    assert isinstance(again, Again)
    settled = put_in(heard, [again.heard])
    assert [len(part.words) for part in settled] == [30, 30, 30]


def test_a_server_is_told_the_language_and_its_own_opinion_is_left_out() -> None:
    sent: list[bytes] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.read())
        body = {"text": "we shard", "language": "german", "words": []}
        return httpx2.Response(200, content=json.dumps(body))

    server = Server("a test", "http://speech.test/v1", "key", httpx2.MockTransport(answer))
    engine = OpenAICompatible(server, "whisper-1", retries=0)
    assert engine.transcribe(SOUND[:RATE], prompt=None).language == "de"
    told = told_english(engine)
    assert told.transcribe(SOUND[:RATE], prompt=None).language == "en"
    assert [b'name="language"' in body for body in sent] == [False, True]


class Bilingual(LocalWhisper):
    """The local engine with its model's two questions answered by hand."""

    def __init__(self) -> None:
        super().__init__(Path, "by hand")
        self.asked = 0

    def _loaded(self) -> Any:
        return self

    def _encode(self, model: Any, samples: Samples) -> tuple[Any, Any]:
        return samples, samples


def test_the_local_engine_does_not_ask_which_language_it_is_once_it_was_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Samples] = []

    def german(_model: Any, features: Samples, _encoded: Any) -> str:
        asked.append(features)
        return "de"

    monkeypatch.setattr("analysis.speech.transcribe._language", german)
    monkeypatch.setattr("analysis.speech.transcribe._decode", lambda *_: (Word("said", 0.0, 0.4, 0.9),))
    engine = Bilingual()
    told: Transcriber = told_english(engine)
    assert engine.transcribe(SOUND, prompt=None).words == ()
    assert told.transcribe(SOUND, prompt=None).text == "said"
    assert told.name == engine.name and told.readiness().ready == engine.readiness().ready
    assert len(asked) == 1
    assert replace(told.transcribe(SOUND, prompt=None), words=()).language == "en"
    engine.unload()


class Guessing:
    """A model that shares its guess among languages; stands for the library's outer and inner one."""

    is_multilingual = True

    def __init__(self, **shares: float) -> None:
        self.model = self
        self._shares = shares

    def detect_language(self, _encoded: object) -> list[list[tuple[str, float]]]:
        return [[(f"<|{language}|>", share) for language, share in self._shares.items()]]


@pytest.mark.parametrize(
    ("shares", "likelihood", "language"),
    [
        ({"es": 0.55, "it": 0.3, "la": 0.1, "en": 0.01}, {"es": -0.7, "en": -1.2}, "es"),
        ({"es": 0.55, "it": 0.3, "la": 0.1, "en": 0.01}, {"es": -1.2, "en": -0.5}, "en"),
        ({"es": 0.5, "en": 0.4}, {"es": -0.7, "en": -1.2}, "en"),
        ({"en": 0.6, "es": 0.3}, {}, "en"),
    ],
)
def test_a_guess_shared_among_other_languages_is_another_language_where_its_words_are_likelier(
    monkeypatch: pytest.MonkeyPatch, shares: dict[str, float], likelihood: dict[str, float], language: str
) -> None:
    monkeypatch.setattr(
        "analysis.speech.transcribe._likelihood", lambda _model, _features, _encoded, asked: likelihood[asked]
    )
    assert _language(Guessing(**shares), None, None) == language
