"""A model's words as they are written, from servers that are slow, broken, lying, endless or gone."""

from __future__ import annotations

import json
import threading
from contextlib import closing

import pytest

from analysis.llm.bounded_client import LARGEST_REPLY_BYTES
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import Call, ChatModel, Message, forget_servers
from analysis.llm.spending import Spending
from tests.asked_model import QUESTION, Waits, a_grader
from tests.fake_endpoint import Asked, Said, first, says, status
from tests.kept_replies import MemoryCache
from tests.wild_server import WildServer, serving

SAID = [Message("user", "Say it.")]


@pytest.fixture(autouse=True)
def _no_memory_of_servers() -> None:
    forget_servers()


def piece(content: str = "", finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    return f"data: {json.dumps({'choices': [choice]})}\n\n".encode()


def asking(wild: WildServer, timeout_seconds: float = 20.0, **how: object) -> ChatModel:
    return ChatModel(wild.url, "k", "m", timeout_seconds=timeout_seconds, tries=1, wait=Waits(), **how)  # type: ignore[arg-type]


WORDS = (piece("We "), piece("shard "), piece("it."))


def test_words_come_one_after_another_and_are_counted() -> None:
    model, endpoint, _ = a_grader(says("We shard it."))
    model.spending = Spending()
    call = Call(purpose="interviewer")
    assert list(model.stream(QUESTION, call)) == ["We ", "shard ", "it."]
    assert (call.meter.total.calls, call.meter.total.completion_tokens) == (1, 3)
    assert model.spending.by_purpose()["interviewer"].prompt_tokens == 100
    assert endpoint.asked[0].body["stream"] is True


def test_the_first_word_is_there_before_the_last_is_written() -> None:
    with (
        serving(WildServer(blocks=WORDS[:1], hangs=True)) as wild,
        closing(asking(wild).stream(SAID, Call())) as words,
    ):
        assert next(words) == "We "


@pytest.mark.parametrize(
    "ending",
    [(piece(finish="stop"), b"data: [DONE]\n\n"), (piece(finish="stop"),), (b"data: [DONE]\n\n",)],
    ids=["both", "no [DONE]", "only [DONE]"],
)
@pytest.mark.parametrize("kind", ["text/event-stream", "application/json", "text/html", "image/png"])
def test_a_stream_is_read_whatever_it_is_called(ending: tuple[bytes, ...], kind: str) -> None:
    with serving(WildServer(headers={"content-type": kind}, blocks=(*WORDS, *ending))) as wild:
        assert "".join(asking(wild).stream(SAID, Call())) == "We shard it."


def test_a_whole_reply_that_is_called_a_stream_is_read() -> None:
    whole = json.dumps({"choices": [{"message": {"content": "We shard it."}, "finish_reason": "stop"}]})
    with serving(WildServer(headers={"content-type": "text/event-stream"}, blocks=(whole.encode(),))) as wild:
        assert list(asking(wild).stream(SAID, Call())) == ["We shard it."]


@pytest.mark.parametrize(
    "wild",
    [
        WildServer(blocks=WORDS),
        WildServer(blocks=(*WORDS, b'data: {"choices": [{"del')),
        WildServer(headers={"content-length": "100000"}, blocks=WORDS),
        WildServer(headers={"transfer-encoding": "chunked"}, blocks=(b"5\r\nnot a chunk",)),
    ],
    ids=["closed", "torn", "shorter than promised", "no chunks"],
)
def test_a_server_gone_in_mid_stream_is_told_after_the_words_that_came(wild: WildServer) -> None:
    words: list[str] = []
    with serving(wild), pytest.raises(ChatError) as caught:
        for word in asking(wild).stream(SAID, Call()):
            words.append(word)
    assert caught.value.kind == "unreachable"
    assert "".join(words) in ("We shard it.", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "wild",
    [
        WildServer(silent_seconds=60.0),
        WildServer(hangs=True),
        WildServer(blocks=WORDS, hangs=True),
        WildServer(blocks=(b": still here\n\n",) * 1000, pause_seconds=0.05),
        WildServer(blocks=tuple(piece("word ") for _ in range(1000)), pause_seconds=0.05),
    ],
    ids=["slow headers", "no body", "stalls", "only signs of life", "never ends"],
)
@pytest.mark.parametrize("how", ["time limit", "deadline"])
def test_a_slow_server_is_left_in_bounded_time(wild: WildServer, how: str) -> None:
    timeout_seconds, deadline = (0.4, None) if how == "time limit" else (30.0, 0.6)
    with serving(wild), pytest.raises(ChatError) as caught:
        model = asking(wild, timeout_seconds)
        for _ in model.stream(SAID, Call(deadline_seconds=deadline)):
            pass
    assert caught.value.kind == "unreachable"


@pytest.mark.slow
def test_a_huge_stream_is_read_up_to_a_size() -> None:
    block = piece("x" * 100_000)
    with serving(WildServer(blocks=(block,) * (LARGEST_REPLY_BYTES // 100_000 + 5))) as wild:
        model = asking(wild, reply_tokens=10_000_000)
        with pytest.raises(ChatError):
            list(model.stream(SAID, Call()))


@pytest.mark.slow
def test_a_stream_that_is_longer_than_its_budget_is_cut() -> None:
    with serving(WildServer(blocks=tuple(piece("word ") for _ in range(100_000)))) as wild:
        words: list[str] = []
        with pytest.raises(ChatError, match="cut off at 20 tokens"):
            for word in asking(wild).stream(SAID, Call(budget_tokens=20)):
                words.append(word)
    assert len(words) < 100


@pytest.mark.parametrize("words", [WORDS, ()], ids=["in mid-stream", "before the first word"])
def test_a_cancel_from_another_thread_cuts_the_connection_at_once(words: tuple[bytes, ...]) -> None:
    call, ended = Call(), threading.Event()
    told: list[ChatError] = []

    def read() -> None:
        try:
            for _ in asking(wild, 500.0).stream(SAID, call):
                pass
        except ChatError as error:
            told.append(error)
        ended.set()

    silent = WildServer(blocks=words * 200_000, pause_seconds=0.001, silent_seconds=0.0 if words else 400.0)
    with serving(silent) as wild:
        threading.Thread(target=read, daemon=True).start()
        assert wild.arrived.wait(30)
        call.cancel.set()
        assert ended.wait(30)
        assert told[0].kind == "cancelled"
        assert not words or wild.left.wait(30)


def test_who_stops_reading_cuts_the_connection_and_gives_the_place_free() -> None:
    with serving(WildServer(blocks=WORDS * 200_000, pause_seconds=0.001)) as wild:
        model = asking(wild, concurrency=1)
        for _ in range(3):
            with closing(model.stream(SAID, Call(deadline_seconds=60))) as words:
                assert next(words) == "We "
        assert wild.left.wait(30)
        assert model.usage.total.calls == 3


def test_a_server_that_fails_before_the_first_word_is_asked_again() -> None:
    model, endpoint, waits = a_grader(first(2, status(503)), says("We shard it."))
    assert "".join(model.stream(QUESTION, Call())) == "We shard it."
    assert (len(endpoint.asked), len(waits.seconds)) == (3, 2)


def test_an_error_in_the_first_event_is_tried_again_and_a_later_one_is_told() -> None:
    busy = 'data: {"error": {"message": "busy", "code": 503}}\n\n'
    model, endpoint, _ = a_grader(first(1, lambda asked: Said(raw=busy)), says("We shard it."))
    assert "".join(model.stream(QUESTION, Call())) == "We shard it."
    assert len(endpoint.asked) == 2
    model, endpoint, _ = a_grader(lambda asked: Said(raw=piece("We ").decode() + busy))
    with pytest.raises(ChatError, match="busy"):
        list(model.stream(QUESTION, Call()))
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize("name", ["stream_options", "stream", "temperature", "max_tokens"])
def test_what_a_server_does_not_take_is_left_out(name: str) -> None:
    def picky(asked: Asked) -> Said | None:
        return Said(f"Unsupported parameter: '{name}'", 400) if name in asked.body else None

    model, endpoint, _ = a_grader(picky, says("We shard it."))
    for _ in range(2):
        assert "".join(model.stream(QUESTION, Call())) == "We shard it."
    assert len(endpoint.asked) == 3


@pytest.mark.parametrize(
    ("behaviour", "kind"), [(status(401), "key"), (status(404), "rejected"), (status(503), "unreachable")]
)
def test_a_lasting_fault_before_the_first_word_is_named(behaviour: object, kind: str) -> None:
    model, _, _ = a_grader(behaviour)  # type: ignore[arg-type]
    with pytest.raises(ChatError) as caught:
        list(model.stream(QUESTION, Call()))
    assert caught.value.kind == kind


def test_a_refusal_in_mid_stream_is_told() -> None:
    declines = piece("We ") + piece(finish="content_filter")
    model, _, _ = a_grader(lambda asked: Said(raw=declines.decode()))
    with pytest.raises(ChatError) as caught:
        list(model.stream(QUESTION, Call()))
    assert caught.value.kind == "refused"


def test_a_stream_is_never_kept() -> None:
    cache = MemoryCache()
    model, endpoint, _ = a_grader(says("We shard it."), cache=cache)
    for _ in range(2):
        list(model.stream(QUESTION, Call(purpose="judge")))
    assert len(endpoint.asked) == 2 and cache.replies == {}


def test_words_hold_nothing_a_database_refuses() -> None:
    model, _, _ = a_grader(says("a\u0000b \ud83d c"))
    assert "".join(model.stream(QUESTION, Call())) == "ab \ufffd c"
