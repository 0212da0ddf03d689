from __future__ import annotations

import threading
import time

import pytest

from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import RUNGS, TRIES, Call, ChatModel, forget_servers
from analysis.llm.structured import read_reply, wire_schema
from analysis.llm.usage import Meter, Price
from tests.asked_model import QUESTION, YES, Verdict, Waits, a_grader
from tests.fake_endpoint import (
    Asked,
    Behaviour,
    FakeEndpoint,
    Said,
    cut_off,
    first,
    malformed,
    not_json,
    refuses,
    rejects_formats,
    says,
    slow,
    status,
)
from tests.kept_replies import MemoryCache


@pytest.fixture(autouse=True)
def _no_memory_of_servers() -> None:
    forget_servers()


def test_a_reply_is_validated_and_counted() -> None:
    chat_model, _, _ = a_grader(YES)
    chat_model.price = Price(10.0, 20.0)
    meter = Meter()
    assert chat_model.ask(QUESTION, Verdict, Call(meter=meter)).ok
    assert (meter.total.calls, meter.total.prompt_tokens, meter.total.completion_tokens) == (1, 100, 20)
    assert meter.total.price == pytest.approx((100 * 10 + 20 * 20) / 1e6)


def test_without_a_price_table_no_price_is_shown() -> None:
    chat_model, _, _ = a_grader(YES)
    chat_model.ask(QUESTION, Verdict, Call())
    assert chat_model.usage.total.price is None
    assert "no price set" in chat_model.usage.total.sentence


@pytest.mark.parametrize(
    ("unknown", "used"),
    [
        ((), "json_schema"),
        (("json_schema",), "json_object_schema"),
        (("json_schema", "json_object_schema"), "json_object"),
        (("json_schema", "json_object_schema", "json_object"), "prompt"),
    ],
)
def test_structured_output_steps_down_to_what_the_server_knows(unknown: tuple[str, ...], used: str) -> None:
    chat_model, endpoint, _ = a_grader(rejects_formats(*unknown), YES)
    assert chat_model.ask(QUESTION, Verdict, Call()).ok
    assert endpoint.asked[-1].format == used


def test_the_step_down_is_remembered_for_the_server() -> None:
    chat_model, endpoint, _ = a_grader(rejects_formats("json_schema"), YES)
    chat_model.ask(QUESTION, Verdict, Call(seed=1))
    chat_model.ask(QUESTION, Verdict, Call(seed=2))
    assert [asked.format for asked in endpoint.asked] == [
        "json_schema",
        "json_object_schema",
        "json_object_schema",
    ]


def test_a_server_that_breaks_on_a_schema_is_asked_without_one() -> None:
    def breaks(asked: Asked) -> Said | None:
        return Said("internal", 500) if asked.format == "json_schema" else None

    chat_model, endpoint, _ = a_grader(breaks, YES)
    assert chat_model.ask(QUESTION, Verdict, Call()).ok
    assert endpoint.asked[-1].format == "json_object_schema"


def test_a_server_that_is_simply_broken_is_not_tried_in_full_with_every_format() -> None:
    chat_model, endpoint, _ = a_grader(status(500))
    with pytest.raises(ChatError, match="could not be reached"):
        chat_model.ask(QUESTION, Verdict, Call())
    assert len(endpoint.asked) == TRIES + len(RUNGS) - 1


def test_a_server_fault_that_names_the_response_format_steps_down_without_waiting() -> None:
    def breaks(asked: Asked) -> Said | None:
        return Said("response_format could not be compiled", 500) if asked.format == "json_schema" else None

    chat_model, endpoint, waits = a_grader(breaks, YES)
    assert chat_model.ask(QUESTION, Verdict, Call()).ok
    assert [asked.format for asked in endpoint.asked] == ["json_schema", "json_object_schema"]
    assert waits.seconds == []


def test_the_schema_stands_in_the_prompt_when_the_server_does_not_enforce_it() -> None:
    chat_model, endpoint, _ = a_grader(rejects_formats("json_schema"), YES)
    chat_model.ask(QUESTION, Verdict, Call())
    assert '"ok"' in endpoint.asked[-1].body["messages"][-1]["content"]


@pytest.mark.parametrize("name", ["temperature", "seed", "max_tokens"])
def test_a_parameter_the_server_does_not_know_is_left_out(name: str) -> None:
    def picky(asked: Asked) -> Said | None:
        return Said(f"Unsupported parameter: '{name}'", 400) if name in asked.body else None

    chat_model, endpoint, _ = a_grader(picky, YES)
    assert chat_model.ask(QUESTION, Verdict, Call()).ok
    assert endpoint.asked[-1].format == "json_schema"
    assert ("max_completion_tokens" in endpoint.asked[-1].body) is (name == "max_tokens")


def test_a_malformed_reply_gets_one_repair_turn() -> None:
    chat_model, endpoint, _ = a_grader(first(1, malformed), YES)
    assert chat_model.ask(QUESTION, Verdict, Call()).ok
    assert endpoint.asked[1].is_repair


def test_a_reply_that_was_cut_off_is_not_asked_for_again() -> None:
    chat_model, endpoint, _ = a_grader(cut_off)
    chat_model.reply_tokens = 500
    with pytest.raises(ChatError, match="cut off at 500 tokens. .* raise LLM_REPLY_TOKENS") as caught:
        chat_model.ask(QUESTION, Verdict, Call())
    assert caught.value.kind == "unreadable"
    assert [asked.body["max_tokens"] for asked in endpoint.asked] == [500]


def test_a_reply_about_an_erased_answer_is_not_kept() -> None:
    cache = MemoryCache()
    chat_model, _, _ = a_grader(YES, cache=cache)
    call = Call(group="answer", purpose="judge")
    call.forget.set()
    assert chat_model.ask(QUESTION, Verdict, call).ok
    assert cache.replies == {}


def test_a_question_answered_before_is_known_to_be_free() -> None:
    chat_model, _, _ = a_grader(YES, cache=MemoryCache())
    schema = wire_schema(Verdict)
    one, other = Call(seed=1, purpose="judge"), Call(seed=2, purpose="judge")
    assert not chat_model.is_kept(QUESTION, schema, one)
    chat_model.ask(QUESTION, Verdict, one)
    assert chat_model.is_kept(QUESTION, schema, one)
    assert not chat_model.is_kept(QUESTION, schema, other)


def test_two_malformed_replies_are_unreadable() -> None:
    chat_model, endpoint, _ = a_grader(malformed)
    with pytest.raises(ChatError) as caught:
        chat_model.ask(QUESTION, Verdict, Call())
    assert caught.value.kind == "unreadable"
    assert len(endpoint.asked) == 2


@pytest.mark.parametrize("code", [429, 500, 502, 503])
def test_a_passing_fault_is_tried_again(code: int) -> None:
    chat_model, _, waits = a_grader(first(2, status(code)), YES)
    assert chat_model.ask(QUESTION, Verdict, Call()).ok
    assert len(waits.seconds) == 2
    assert waits.seconds[0] < waits.seconds[1]


def test_the_server_says_how_long_to_wait() -> None:
    chat_model, _, waits = a_grader(first(1, status(429, retry_after="7")), YES)
    chat_model.ask(QUESTION, Verdict, Call())
    assert waits.seconds == [7.0]


def test_a_long_wait_is_capped() -> None:
    chat_model, _, waits = a_grader(first(1, status(429, retry_after="86400")), YES)
    chat_model.ask(QUESTION, Verdict, Call())
    assert waits.seconds == [60.0]


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (status(429), "unreachable"),
        (status(503), "unreachable"),
        (slow, "unreachable"),
        (status(401), "key"),
        (status(404, "no such model"), "rejected"),
        (refuses, "refused"),
        (not_json, "unreadable"),
        (says(""), "unreadable"),
        (says("[]"), "unreadable"),
    ],
)
def test_a_lasting_fault_is_named(behaviour: Behaviour, kind: str) -> None:
    chat_model, _, _ = a_grader(behaviour)
    with pytest.raises(ChatError) as caught:
        chat_model.ask(QUESTION, Verdict, Call())
    assert caught.value.kind == kind
    assert caught.value.message


def test_a_server_that_is_not_there_is_unreachable() -> None:
    chat_model = ChatModel("http://127.0.0.1:9/v1", "key", "m", wait=Waits())
    with pytest.raises(ChatError) as caught:
        chat_model.ask(QUESTION, Verdict, Call())
    assert caught.value.kind == "unreachable"


def test_a_cancelled_call_asks_nothing() -> None:
    chat_model, endpoint, _ = a_grader(YES)
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(ChatError) as caught:
        chat_model.ask(QUESTION, Verdict, Call(cancel=cancel))
    assert caught.value.kind == "cancelled"
    assert endpoint.asked == []


def test_a_cancel_ends_the_waiting_between_tries() -> None:
    chat_model, endpoint, _ = a_grader(status(503))
    cancel = threading.Event()
    chat_model.wait = lambda seconds, event: event.set()
    with pytest.raises(ChatError) as caught:
        chat_model.ask(QUESTION, Verdict, Call(cancel=cancel))
    assert caught.value.kind == "cancelled"
    assert len(endpoint.asked) == 1


def test_no_more_calls_run_at_once_than_allowed() -> None:
    running, most, lock = 0, 0, threading.Lock()
    together = threading.Barrier(2)

    def counted(asked: Asked) -> Said | None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait(timeout=30)
        with lock:
            running -= 1
        return Said({"ok": True})

    chat_model, _, _ = a_grader(counted)
    chat_model.concurrency = 2
    chat_model.__post_init__()
    calls = [
        threading.Thread(target=chat_model.ask, args=(QUESTION, Verdict, Call(seed=i))) for i in range(6)
    ]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert most == 2


@pytest.mark.slow
def test_it_works_over_real_http() -> None:
    with FakeEndpoint(YES).serve(0) as base_url:
        assert ChatModel(base_url, "key", "m").ask(QUESTION, Verdict, Call()).ok


@pytest.mark.parametrize(
    "text",
    ['{"ok": true}', '```json\n{"ok": true}\n```', '<think>{"ok": 1}</think> Here: {"ok": true}. Done'],
)
def test_the_object_is_found_in_a_chatty_reply(text: str) -> None:
    assert read_reply((text,), Verdict).ok


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_given_up_in_bounded_time() -> None:
    let_go = threading.Event()

    def hangs(asked: Asked) -> Said | None:
        let_go.wait(120)
        return None

    with FakeEndpoint(hangs).serve(0) as url:
        chat_model = ChatModel(url, "key", "m", timeout_seconds=0.2, wait=Waits())
        began = time.monotonic()
        with pytest.raises(ChatError, match="no answer in time"):
            chat_model.ask(QUESTION, Verdict, Call())
        assert time.monotonic() - began < 60
        let_go.set()
