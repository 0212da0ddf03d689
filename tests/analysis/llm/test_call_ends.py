"""How a call ends before its time: a cancel, a deadline, a budget; and what it may tell then."""

from __future__ import annotations

import json
import logging
import socket
import threading
from pathlib import Path

import httpx2
import pytest

from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import Call, ChatModel, forget_servers, wait_or_cancel
from analysis.llm.spending import Spending
from tests.asked_model import QUESTION, YES, Verdict, Waits, a_grader
from tests.fake_endpoint import Asked, Said, first, malformed, status
from tests.kept_replies import MemoryCache
from tests.wild_server import WildServer, serving


@pytest.fixture(autouse=True)
def _no_memory_of_servers() -> None:
    forget_servers()


def test_a_cancel_from_another_thread_ends_a_call_to_a_silent_server() -> None:
    call, ended = Call(), threading.Event()
    told: list[str] = []

    def ask() -> None:
        try:
            ChatModel(wild.url, "k", "m", timeout_seconds=500.0).ask(QUESTION, Verdict, call)
        except ChatError as error:
            told.append(error.kind)
        ended.set()

    with serving(WildServer(silent_seconds=400.0)) as wild:
        threading.Thread(target=ask, daemon=True).start()
        assert wild.arrived.wait(30)
        call.cancel.set()
        assert ended.wait(30)
    assert told == ["cancelled"] and len(wild.reached) == 1


def test_a_cancel_ends_a_call_that_is_still_connecting() -> None:
    """A server that accepts nobody: its queue is full, so that whoever connects is left waiting."""
    call, ended = Call(), threading.Event()
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)

        def ask() -> None:
            with pytest.raises(ChatError):
                ChatModel(f"http://127.0.0.1:{address[1]}", "k", "m", timeout_seconds=500.0).ask(
                    QUESTION, Verdict, call
                )
            ended.set()

        threading.Thread(target=ask, daemon=True).start()
        call.cancel.set()
        assert ended.wait(9)
        for one in waiting:
            one.close()


def test_a_cancel_cuts_a_call_through_a_socket_in_a_folder_so_that_the_model_behind_it_stops(
    tmp_path: Path,
) -> None:
    place, call, ended = str(tmp_path / "model.sock"), Call(), threading.Event()
    with socket.socket(socket.AF_UNIX) as listener, httpx2.HTTPTransport(uds=place) as way:
        listener.bind(place)
        listener.listen()
        listener.settimeout(30)

        def ask() -> None:
            with pytest.raises(ChatError, match="cancelled"):
                ChatModel("http://local-model/v1", "", "m", transport=way).ask(QUESTION, Verdict, call)
            ended.set()

        threading.Thread(target=ask, daemon=True).start()
        taken, _ = listener.accept()
        with taken:
            taken.settimeout(5)
            assert b"local-model" in taken.recv(65536)
            call.cancel.set()
            while taken.recv(65536):
                pass  # the rest of the question, then the end that the model's process sees
        assert ended.wait(30)


def test_a_call_that_waits_for_a_free_place_is_cancelled_too() -> None:
    let_go, inside = threading.Event(), threading.Event()

    def holds(asked: Asked) -> Said:
        inside.set()
        let_go.wait(60)
        return Said({"ok": True})

    model, endpoint, _ = a_grader(holds)
    model.concurrency = 1
    model.__post_init__()
    first_one = threading.Thread(target=model.ask, args=(QUESTION, Verdict, Call()))
    first_one.start()
    assert inside.wait(30)
    with pytest.raises(ChatError, match="in time"):
        model.ask(QUESTION, Verdict, Call(seed=1, deadline_seconds=0.05))
    cancelled = Call(seed=2)
    cancelled.cancel.set()
    with pytest.raises(ChatError, match="cancelled"):
        model.ask(QUESTION, Verdict, cancelled)
    let_go.set()
    first_one.join()
    assert len(endpoint.asked) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "wild",
    [
        WildServer(silent_seconds=60.0),
        WildServer(blocks=(b" ",) * 1000, pause_seconds=0.05),
        WildServer(status=503, headers={"retry-after": "50"}),
    ],
    ids=["silent", "drips", "asks for patience"],
)
def test_a_deadline_holds_for_the_whole_call_with_its_retries(wild: WildServer) -> None:
    with serving(wild), pytest.raises(ChatError, match=r"in time \(0.4 s\)") as caught:
        model = ChatModel(wild.url, "k", "m", timeout_seconds=500.0, wait=wait_or_cancel)
        model.ask(QUESTION, Verdict, Call(deadline_seconds=0.4))
    assert caught.value.kind == "unreachable"
    assert "Settings → Language model" in caught.value.remedy


def test_a_budget_bounds_what_is_asked_for_in_all_tries() -> None:
    model, endpoint, _ = a_grader(first(1, malformed), YES)
    assert model.ask(QUESTION, Verdict, Call(budget_tokens=50)).ok
    assert [asked.body["max_tokens"] for asked in endpoint.asked] == [50, 30]


def test_a_budget_that_is_used_up_asks_nothing_more() -> None:
    model, endpoint, _ = a_grader(malformed)
    with pytest.raises(ChatError, match="cut off at 20 tokens") as caught:
        model.ask(QUESTION, Verdict, Call(budget_tokens=20))
    assert len(endpoint.asked) == 1
    assert "LLM_REPLY_TOKENS" not in caught.value.remedy


def test_a_server_that_counts_no_tokens_is_counted_by_the_length_of_its_words() -> None:
    body = json.dumps({"choices": [{"message": {"content": "no" * 100}}]})
    model, endpoint, _ = a_grader(lambda asked: Said(raw=body))
    with pytest.raises(ChatError, match="cut off at 50 tokens"):
        model.ask(QUESTION, Verdict, Call(budget_tokens=50))
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize("purpose", ["interviewer", "tailoring", "trial", "other"])
def test_what_must_be_new_each_time_is_never_kept(purpose: str) -> None:
    cache = MemoryCache()
    model, endpoint, _ = a_grader(YES, cache=cache)
    for _ in range(2):
        assert model.ask(QUESTION, Verdict, Call(purpose=purpose)).ok  # type: ignore[arg-type]
    assert len(endpoint.asked) == 2 and cache.replies == {}


def test_spending_is_counted_by_purpose_for_all_models_together() -> None:
    spending = Spending()
    for purpose in ("judge", "interviewer", "interviewer"):
        model, _, _ = a_grader(YES, cache=MemoryCache())
        model.spending = spending
        model.ask(QUESTION, Verdict, Call(purpose=purpose))
    counted = {purpose: usage.calls for purpose, usage in spending.by_purpose().items()}
    assert counted == {"judge": 1, "interviewer": 2}


@pytest.mark.parametrize("code", [400, 404, 429, 503])
def test_a_key_that_the_server_repeats_is_not_told(code: int, caplog: pytest.LogCaptureFixture) -> None:
    key = "sk-very-secret-1234"
    model, _, _ = a_grader(status(code, f"no quota for key {key}, sorry"))
    model.api_key = key
    with caplog.at_level(logging.INFO), pytest.raises(ChatError) as caught:
        model.ask(QUESTION, Verdict, Call())
    assert key not in str(caught.value) and "no quota for key …" in str(caught.value)
    assert key not in caplog.text


@pytest.mark.parametrize("code", [400, 503])
def test_a_password_of_the_address_that_the_server_repeats_is_not_told(code: int) -> None:
    model, _, _ = a_grader(status(code, "no route for me, hunter22, at judge.test"))
    model.base_url = "http://me:hunter22@judge.test/v1"
    with pytest.raises(ChatError) as caught:
        model.ask(QUESTION, Verdict, Call())
    assert "hunter22" not in str(caught.value) and "no route for me" in str(caught.value)


def test_a_password_in_the_address_is_neither_told_nor_logged(caplog: pytest.LogCaptureFixture) -> None:
    with serving(WildServer(404, blocks=(b"{}",))) as wild:
        address = wild.url.replace("http://", "http://me:hunter22@")
        with caplog.at_level(logging.INFO), pytest.raises(ChatError) as caught:
            ChatModel(address, "k", "m", wait=Waits()).ask(QUESTION, Verdict, Call())
    assert "hunter22" not in str(caught.value) + caplog.text


@pytest.mark.slow
def test_words_for_a_server_on_this_computer_go_through_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    reply = json.dumps({"choices": [{"message": {"content": '{"ok": true}'}}]}).encode()
    with serving(WildServer(blocks=(reply,))) as proxy, serving(WildServer(blocks=(reply,))) as wild:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert ChatModel(wild.url, "k", "m").ask(QUESTION, Verdict, Call()).ok
    assert proxy.reached == [] and len(wild.reached) == 1


def test_errors_name_the_language_model_and_where_it_is_chosen() -> None:
    for behaviour in (status(401), status(404), status(503)):
        model, _, _ = a_grader(behaviour)
        with pytest.raises(ChatError) as caught:
            model.ask(QUESTION, Verdict, Call())
        assert "language model" in caught.value.message and "judge" not in str(caught.value)
        assert "Settings → Language model" in caught.value.remedy


@pytest.mark.parametrize(
    "content",
    [[{"type": "refusal", "refusal": "I cannot."}], [{"type": "text", "text": ""}, {"refusal": "No."}]],
)
def test_a_refusal_among_the_parts_of_a_reply_is_a_refusal(content: object) -> None:
    body = json.dumps({"choices": [{"message": {"content": content}, "finish_reason": "stop"}]})
    model, endpoint, _ = a_grader(lambda asked: Said(raw=body))
    with pytest.raises(ChatError) as caught:
        model.ask(QUESTION, Verdict, Call())
    assert caught.value.kind == "refused" and len(endpoint.asked) == 1


def test_a_server_that_streams_without_being_asked_is_read() -> None:
    event = json.dumps({"choices": [{"delta": {"content": '{"ok": true}'}, "finish_reason": "stop"}]})
    model, endpoint, _ = a_grader(lambda asked: Said(raw=f": hello\n\ndata: {event}\n\ndata: [DONE]\n\n"))
    assert model.ask(QUESTION, Verdict, Call()).ok
    assert len(endpoint.asked) == 1
