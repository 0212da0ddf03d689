"""The interviewer's voice from a server: the sound, or plain words about why there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from analysis.speech.read_aloud import Reader, configured_reader
from data.domain import RehearseError
from data.settings import load_settings

SOUND = b"ID3 some sound"


def reader(answer: Callable[[httpx2.Request], httpx2.Response]) -> Reader:
    return Reader("http://voice.test/v1", "secret-key", "tts", "alloy", httpx2.MockTransport(answer))


def test_only_the_text_the_model_and_the_voice_are_sent() -> None:
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, content=SOUND)

    assert reader(answer)("What is a shard?") == SOUND
    sent = json.loads(asked[0].content)
    assert asked[0].url == "http://voice.test/v1/audio/speech"
    assert sent == {"input": "What is a shard?", "model": "tts", "voice": "alloy", "response_format": "mp3"}


def broken(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectError("no route", request=request)


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: httpx2.Response(401, json={"error": {"message": "bad key secret-key"}}),
        lambda _: httpx2.Response(429, json={}),
        lambda _: httpx2.Response(500, text="oops"),
        lambda _: httpx2.Response(200, text="<html>no sound</html>"),
        lambda _: httpx2.Response(200, content=b""),
        broken,
    ],
)
def test_each_fault_is_told_without_the_key(answer: Callable[[httpx2.Request], httpx2.Response]) -> None:
    with pytest.raises(RehearseError) as caught:
        reader(answer)("What is a shard?")
    assert "secret-key" not in str(caught.value)
    assert "browser's own voice" in caught.value.remedy


def test_without_settings_of_its_own_nothing_is_asked() -> None:
    nobody = Path("no such file")
    assert configured_reader(load_settings({"OPENAI_API_KEY": "k", "STT_API_KEY": "k"}, nobody)) is None
    given = configured_reader(load_settings({"TTS_API_KEY": "k", "TTS_VOICE": "verse"}, nobody))
    assert given is not None
    assert (given.base_url, given.voice) == (None, "verse")
