"""A speech endpoint that behaves and misbehaves, through the real client on a transport without a network."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.llm.spending import WHOLE_SERVER
from analysis.speech.chain import Chain, Typed
from analysis.speech.configured_engine import make_transcriber
from analysis.speech.hosted import OpenAICompatible, Server
from analysis.speech.transcribe import Readiness, Samples
from data.domain import RehearseError, Transcript, Word
from data.settings import Settings, load_settings

SOUND = np.zeros(1600, np.float32)
VERBOSE = {
    "text": "we shard it",
    "language": "english",
    "duration": 1.0,
    "words": [
        {"word": "we", "start": 0.0, "end": 0.2},
        {"word": "shard", "start": 0.2, "end": 0.6},
        {"word": "it", "start": 0.6, "end": 0.8},
    ],
}

Answer = Callable[[httpx2.Request], httpx2.Response]


def endpoint(answer: Answer, model: str = "whisper-1") -> OpenAICompatible:
    server = Server("a test", "http://speech.test/v1", "secret-key", httpx2.MockTransport(answer))
    return OpenAICompatible(server, model, retries=0)


class Local:
    name = "local"

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        return Transcript((Word("kept", 0.0, 0.4),), self.name, "en")


def test_words_come_with_their_times() -> None:
    heard = endpoint(lambda _: httpx2.Response(200, json=VERBOSE)).transcribe(SOUND, prompt="Redis, Kafka.")
    assert heard.text == "we shard it"
    assert heard.words[1] == Word("shard", 0.2, 0.6)
    assert heard.language == "en"


def test_a_call_is_counted_as_speech_for_the_whole_server() -> None:
    before = WHOLE_SERVER.meter("speech").total.calls
    endpoint(lambda _: httpx2.Response(200, json=VERBOSE)).transcribe(SOUND, prompt=None)
    with pytest.raises(RehearseError):
        endpoint(lambda _: httpx2.Response(401)).transcribe(SOUND, prompt=None)
    assert WHOLE_SERVER.meter("speech").total.calls == before + 2


@pytest.mark.parametrize("status", [400, 415, 422, 500, 501])
def test_a_server_that_cannot_give_times_is_asked_for_text_and_remembered(status: int) -> None:
    asked: list[bytes] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.read())
        if b"verbose_json" in asked[-1]:
            return httpx2.Response(status, json={"error": {"message": "verbose_json is not supported"}})
        return httpx2.Response(200, json={"text": "only text"})

    engine = endpoint(answer)
    heard = engine.transcribe(SOUND, prompt=None)
    assert [word.start_seconds for word in heard.words] == [None, None]
    engine.transcribe(SOUND, prompt=None)
    assert [b"verbose_json" in body for body in asked] == [True, False, False]


def test_a_model_without_times_is_given_keywords_and_languages() -> None:
    bodies: list[bytes] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        bodies.append(request.read())
        return httpx2.Response(200, json={"text": "we use Kafka"})

    endpoint(answer, "gpt-transcribe").transcribe(SOUND, prompt="Redis, Kafka.")
    assert b"keywords" in bodies[0]
    assert b"Kafka" in bodies[0]
    assert b"languages" in bodies[0]
    assert b"verbose_json" not in bodies[0]


def timed_out(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ReadTimeout("too slow", request=request)


def unreachable(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectError("no route", request=request)


FAULTS: dict[str, Answer] = {
    "401": lambda _: httpx2.Response(401, json={"error": {"message": "bad key secret-key"}}),
    "429": lambda _: httpx2.Response(429, json={"error": {"message": "slow down"}}),
    "5xx": lambda _: httpx2.Response(500, text="oops"),
    "in time": timed_out,
    "reached": unreachable,
    "not a transcript": lambda _: httpx2.Response(200, text="<html>hello</html>"),
}


@pytest.mark.parametrize("said", FAULTS)
def test_each_fault_is_told_in_plain_words_without_the_key(said: str) -> None:
    with pytest.raises(RehearseError) as caught:
        endpoint(FAULTS[said]).transcribe(SOUND, prompt=None)
    assert said in caught.value.message
    assert "secret-key" not in str(caught.value)
    assert "recording is kept" in caught.value.remedy


@pytest.mark.parametrize("said", FAULTS)
def test_each_fault_hands_over_to_the_local_engine(said: str) -> None:
    chain = Chain([endpoint(FAULTS[said]), Local()])
    assert chain.transcribe(SOUND, prompt=None).text == "kept"
    assert said in chain.notes[0]
    assert "local took over" in chain.notes[0]


@pytest.mark.parametrize("body", [{}, {"text": 5}, [], "text"])
def test_an_answer_of_another_shape_is_refused(body: object) -> None:
    with pytest.raises(RehearseError):
        endpoint(lambda _: httpx2.Response(200, content=json.dumps(body))).transcribe(SOUND, prompt=None)


def test_words_with_senseless_times_become_text_without_times() -> None:
    odd = VERBOSE | {"words": [{"word": "we", "start": -4, "end": 0.2}]}
    heard = endpoint(lambda _: httpx2.Response(200, json=odd)).transcribe(SOUND, prompt=None)
    assert [word.text for word in heard.words] == ["we", "shard", "it"]
    assert heard.words[0].start_seconds is None


def kept(name: str) -> Transcript:
    """What is heard of an answer that a real server gave."""
    body = (Path(__file__).parents[2] / "bugs" / f"{name}.json").read_text(encoding="utf-8")
    return endpoint(lambda _: httpx2.Response(200, text=body)).transcribe(SOUND, prompt=None)


@pytest.mark.parametrize("name", ["en-US", "en_GB", "English", "EN", "eng", "English (United States)"])
def test_english_is_english_however_a_server_spells_it(name: str) -> None:
    heard = endpoint(lambda _: httpx2.Response(200, json=VERBOSE | {"language": name}))
    assert heard.transcribe(SOUND, prompt=None).language == "en"
    assert kept("stt_language_en_us").language == "en"


def test_text_beyond_the_timed_words_is_kept() -> None:
    heard = kept("stt_words_shorter_than_text")
    assert heard.text == "put a cache in front of the database"
    assert {word.start_seconds for word in heard.words} == {None}


def test_punctuation_that_only_the_text_has_costs_no_times() -> None:
    heard = endpoint(lambda _: httpx2.Response(200, json=VERBOSE | {"text": "We shard it."}))
    assert heard.transcribe(SOUND, prompt=None).words[2].end_seconds == 0.8


def test_an_error_told_in_an_answer_of_200_is_told_with_its_reason() -> None:
    failing = endpoint(lambda _: httpx2.Response(200, json={"error": {"message": "out of credit"}}))
    with pytest.raises(RehearseError, match="out of credit"):
        failing.transcribe(SOUND, prompt=None)


def test_a_key_in_curly_quotes_hands_over_to_the_local_engine() -> None:
    server = Server("a test", "http://speech.test/v1", "\u201csk\u201d")
    chain = Chain([OpenAICompatible(server, "whisper-1"), Local()])
    assert chain.transcribe(SOUND, prompt=None).text == "kept"
    assert "key" in chain.notes[0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
WORD = st.fixed_dictionaries({}, optional={name: JSON for name in ("word", "start", "end", "text")})
ANSWERED = st.fixed_dictionaries(
    {},
    optional={
        "text": JSON | st.text(),
        "words": JSON | st.lists(WORD | JSON, max_size=3),
        "segments": JSON | st.lists(WORD | JSON, max_size=3),
        "language": JSON,
        "error": JSON,
    },
)


@pytest.mark.slow
@given(body=JSON | ANSWERED)
def test_any_answer_gives_a_transcript_or_an_error_in_plain_words(body: object) -> None:
    engine = endpoint(lambda _: httpx2.Response(200, text=json.dumps(body)))
    try:
        heard = engine.transcribe(SOUND, prompt=None)
    except RehearseError as error:
        assert error.message.isprintable()
    else:
        heard.text.encode()


def configured(**given: str) -> Settings:
    return load_settings(given, Path("no such file"))


def test_without_an_endpoint_nothing_is_sent_anywhere() -> None:
    engine = make_transcriber(configured(OPENAI_API_KEY="for the judge only"))
    assert not isinstance(engine, Chain)
    assert engine.name == "faster-whisper base"


def test_a_configured_endpoint_comes_first_and_the_screen_says_where_sound_goes() -> None:
    engine = make_transcriber(configured(STT_BASE_URL="http://127.0.0.1:9/v1", STT_MODEL="small"))
    assert engine.name == "endpoint small"
    assert engine.readiness().reason == "Sound is sent to http://127.0.0.1:9/v1, model small."
    own = make_transcriber(configured(STT_API_KEY="secret-key"))
    assert own.readiness().reason == "Sound is sent to the OpenAI API, model gpt-transcribe."


def test_typed_text_is_a_transcript_without_times() -> None:
    assert Typed.transcript("we shard it").words == (Word("we"), Word("shard"), Word("it"))
    assert not Typed().readiness().ready


def test_a_failure_counts_for_one_recording_only() -> None:
    chain = Chain([endpoint(FAULTS["429"]), Local()])
    chain.transcribe(SOUND, prompt=None)
    assert chain.name == "local"
    assert chain.fresh().name == "endpoint whisper-1"
    assert chain.fresh().notes == []
