"""What a server may do to us: nothing is sent elsewhere, and no answer is endless in bytes or in time."""

from __future__ import annotations

import gzip
import json
import threading
from types import SimpleNamespace

import httpx2
import numpy as np
import pytest

from analysis.llm.chat_errors import LONGEST_DELAY_SECONDS, ChatError, delay_seconds
from analysis.llm.chat_model import Call, ChatModel, Message, forget_servers
from analysis.llm.completion import read_completion
from analysis.speech.hosted import OpenAICompatible, Server
from analysis.speech.hosted_reply import read_told
from analysis.speech.read_aloud import Reader
from data.domain import RehearseError
from tests.asked_model import Verdict
from tests.wild_server import WildServer, serving

REPLY = {"choices": [{"message": {"content": '{"ok": true}'}, "finish_reason": "stop"}]}
WORDS = "the words of the answer"
LARGE = 6_000_000


@pytest.fixture(autouse=True)
def _no_memory_of_servers() -> None:
    forget_servers()


def asked(wild: WildServer, timeout_seconds: float = 20.0) -> Verdict:
    def at_once(seconds: float, cancel: threading.Event) -> None:
        return

    model = ChatModel(wild.url, "key", "m", timeout_seconds=timeout_seconds, tries=2, wait=at_once)
    return model.ask([Message("user", WORDS)], Verdict, Call())


def heard(wild: WildServer) -> str:
    server = Server("a test", wild.url, "key")
    return OpenAICompatible(server, "whisper-1").transcribe(np.zeros(1600, np.float32), prompt=None).text


def read_aloud(wild: WildServer) -> str:
    return Reader(wild.url, "key", "tts", "alloy")(WORDS).decode()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("ask", "setting"), [(asked, "LLM_BASE_URL"), (heard, "STT_BASE_URL"), (read_aloud, "TTS_BASE_URL")]
)
def test_nothing_follows_a_redirect_and_the_user_is_told_where_it_leads(
    status: int, ask: object, setting: str
) -> None:
    assert callable(ask)
    with serving(WildServer(blocks=(json.dumps(REPLY | {"text": "x"}).encode(),))) as other:
        sent_on = {"location": f"{other.url}/v1/other", "content-length": "0"}
        with serving(WildServer(status, sent_on)) as first, pytest.raises(RehearseError) as told:
            ask(first)
    assert other.reached == [] and len(first.reached) == 1
    assert f"{other.url}/v1/other" in str(told.value) and setting in str(told.value)


def test_a_redirect_to_itself_is_asked_once() -> None:
    with (
        serving(WildServer(307, {"location": "/chat/completions", "content-length": "0"})) as wild,
        pytest.raises(ChatError, match="elsewhere"),
    ):
        asked(wild)
    assert len(wild.reached) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("headers", "block"),
    [
        ({}, json.dumps(REPLY | {"more": "x" * LARGE}).encode()),
        ({"content-encoding": "gzip"}, gzip.compress(b" " * LARGE + json.dumps(REPLY).encode())),
    ],
)
def test_a_reply_is_read_up_to_a_size_as_sent_and_as_unpacked(headers: dict[str, str], block: bytes) -> None:
    with serving(WildServer(headers=headers, blocks=(block,))) as wild:
        with pytest.raises(ChatError, match="far too large"):
            asked(wild)
        with pytest.raises(RehearseError, match="far more than a transcript"):
            heard(wild)


def test_a_packed_reply_of_usual_size_is_read() -> None:
    packed = gzip.compress(json.dumps(REPLY).encode())
    with serving(WildServer(headers={"content-encoding": "gzip"}, blocks=(packed,))) as wild:
        assert asked(wild).ok


@pytest.mark.slow
def test_a_server_that_gives_a_sign_of_life_now_and_then_is_not_waited_for_without_end() -> None:
    body = json.dumps(REPLY).encode()
    dripped = (*(b" " for _ in range(60)), body)
    with (
        serving(WildServer(blocks=dripped, pause_seconds=0.05)) as wild,
        pytest.raises(ChatError, match="no answer in time"),
    ):
        asked(wild, timeout_seconds=0.4)


def test_a_number_of_thousands_of_digits_costs_no_reply() -> None:
    digits = "1" * 5000
    body = json.dumps(REPLY)[:-1] + f', "usage": {{"prompt_tokens": {digits}, "completion_tokens": 7}}}}'
    found = read_completion(body)
    assert found.texts == ('{"ok": true}',) and (found.prompt_tokens, found.completion_tokens) == (0, 7)
    assert len(read_told(f'{{"text": "we shard it", "duration": {digits}}}').words) == 3


@pytest.mark.parametrize("asked_for", ["nan", "-nan", "-1", "-inf", "soon", ""])
def test_a_retry_after_that_is_no_time_is_not_heeded(asked_for: str) -> None:
    assert 0.5 <= delay_seconds(told_to_wait(asked_for), failures=1) <= 0.625


@pytest.mark.parametrize("asked_for", ["inf", "1e300", "86400"])
def test_a_retry_after_is_waited_for_a_minute_at_most(asked_for: str) -> None:
    assert delay_seconds(told_to_wait(asked_for), failures=1) == LONGEST_DELAY_SECONDS


class ToldToWaitError(Exception):
    def __init__(self, seconds: str) -> None:
        super().__init__()
        self.response = SimpleNamespace(headers=httpx2.Headers({"retry-after": seconds}))


def told_to_wait(seconds: str) -> Exception:
    return ToldToWaitError(seconds)
