"""Replies as real servers send them: the right JSON is found, an error is told, nothing ends all."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import TRIES, Call, ChatModel, forget_servers
from analysis.llm.completion import read_completion
from analysis.llm.structured import read_reply
from data.domain import RehearseError
from tests.asked_judge import a_judge, an_answer
from tests.asked_model import QUESTION, YES, Verdict, Waits, a_grader
from tests.fake_endpoint import FakeEndpoint, Said, first, only, strong_answer

BUGS = Path(__file__).parents[2] / "bugs"


class Quoted(BaseModel):
    """The shape of the quotes kept in `tests/bugs`."""

    quote: str
    turn: int


class Found(BaseModel):
    """The shape of the replies kept in `tests/bugs`."""

    verdict: str
    quotes: list[Quoted]


@pytest.fixture(autouse=True)
def _no_memory_of_servers() -> None:
    forget_servers()


def raw(text: str) -> Any:
    return lambda asked: Said(raw=text)


def replied(message: dict[str, Any] | None, **choice: Any) -> str:
    return json.dumps({"choices": [{"index": 0, "finish_reason": "stop", "message": message, **choice}]})


@pytest.mark.parametrize(
    "name",
    [
        "chat_content_as_parts",
        "chat_half_surrogate",
        "chat_json_in_reasoning_content",
        "chat_json_in_tool_call",
        "chat_lone_end_of_think",
        "chat_note_with_braces_after_json",
        "chat_usage_as_text",
    ],
)
def test_a_right_reply_in_an_odd_place_is_found(name: str) -> None:
    chat_model, endpoint, _ = a_grader(raw((BUGS / f"{name}.json").read_text(encoding="utf-8")))
    found = chat_model.ask(QUESTION, Found, Call())
    assert found.verdict == "met"
    [quoted] = found.quotes
    assert quoted.turn == 1
    assert quoted.quote.replace("\ufffd ", "") == "only one request goes"
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(
    "text",
    [
        replied({"content": {"ok": True}}),
        replied({"content": ['{"ok"', ": true}"]}),
        replied({"content": [{"type": "output_text", "text": {"value": '{"ok": true}'}}]}),
        replied({"content": "", "reasoning": 'So I say {"ok": true}'}),
        replied({"content": None, "function_call": {"name": "reply", "arguments": {"ok": True}}}),
        replied({"content": 'I think {x}. {"ok": false} no:\n```json\n{"ok": true}\n``` so {there}.'}),
        replied({"content": '<think>{"ok": false} hm {</think>{"ok": true}'}),
        replied({"content": '<think>{"ok": true}'}),
        replied(None, text='{"ok": true}'),
        json.dumps({"choices": {"0": {}}, "message": {"content": '{"ok": true}'}}),
    ],
)
def test_whatever_kind_of_message_holds_it_the_object_is_found(text: str) -> None:
    chat_model, endpoint, _ = a_grader(raw(text))
    assert chat_model.ask(QUESTION, Verdict, Call()).ok
    assert len(endpoint.asked) == 1


def test_usage_counts_whatever_kind_of_number_it_is() -> None:
    body = (BUGS / "chat_usage_as_text.json").read_text(encoding="utf-8")
    found = read_completion(body)
    assert (found.prompt_tokens, found.completion_tokens) == (12, 3)
    odd = {"prompt_tokens": -5, "completion_tokens": {"a": 1}}
    found = read_completion(json.dumps({**json.loads(body), "usage": odd}))
    assert (found.prompt_tokens, found.completion_tokens) == (0, 0)


def test_an_error_told_in_a_reply_of_200_is_tried_again() -> None:
    body = (BUGS / "chat_200_with_error_429.json").read_text(encoding="utf-8")
    chat_model, endpoint, waits = a_grader(first(2, raw(body)), YES)
    assert chat_model.ask(QUESTION, Verdict, Call()).ok
    assert (len(endpoint.asked), len(waits.seconds)) == (3, 2)


def test_a_lasting_error_told_in_a_reply_of_200_is_told_with_its_reason() -> None:
    chat_model, endpoint, _ = a_grader(
        raw((BUGS / "chat_200_with_error_429.json").read_text(encoding="utf-8"))
    )
    with pytest.raises(ChatError, match=r"over its rate limit \(Rate limit exceeded\)") as caught:
        chat_model.ask(QUESTION, Verdict, Call())
    assert caught.value.kind == "unreachable"
    assert len(endpoint.asked) == TRIES


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        ({"message": "No such model: m", "code": 404}, "rejected", "No such model: m"),
        ({"message": "bad key", "code": "401"}, "key", "did not accept the key"),
        ({"message": "bad key", "type": "authentication_error"}, "key", "did not accept the key"),
        ("Model is overloaded", "unreachable", "Model is overloaded"),
        ({"detail": "odd"}, "unreachable", "odd"),
    ],
)
def test_an_error_is_told_whatever_its_kind(error: object, kind: str, told: str) -> None:
    chat_model, _, _ = a_grader(raw(json.dumps({"error": error})))
    with pytest.raises(ChatError, match=told) as caught:
        chat_model.ask(QUESTION, Verdict, Call())
    assert caught.value.kind == kind


def test_an_error_inside_a_choice_is_an_error() -> None:
    body = replied({"content": ""}, error={"message": "Provider went away", "code": 502})
    chat_model, _, _ = a_grader(raw(body))
    with pytest.raises(ChatError, match="Provider went away"):
        chat_model.ask(QUESTION, Verdict, Call())


def test_an_interviewer_who_tries_once_waits_for_nothing() -> None:
    chat_model, endpoint, waits = a_grader(raw('{"error": {"message": "busy", "code": 429}}'))
    chat_model.tries = 1
    with pytest.raises(ChatError):
        chat_model.ask(QUESTION, Verdict, Call())
    assert (len(endpoint.asked), waits.seconds) == (1, [])


def test_one_odd_reply_leaves_one_criterion_unscored_and_the_others_scored() -> None:
    found = a_judge(only("C4", raw("[[[")), only("C5", raw('{"choices": 7}'))).score(
        an_answer(strong_answer(3))
    )
    unscored = [score.criterion for score in found.scores if score.level is None]
    assert unscored == ["C4", "C5"]


def test_a_fault_nobody_foresaw_leaves_one_criterion_unscored_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def breaks(asked: object) -> Said:
        raise KeyError("choices")

    with caplog.at_level(logging.ERROR):
        found = a_judge(only("C4", breaks)).score(an_answer(strong_answer(3)))
    assert [score.criterion for score in found.scores if score.level is None] == ["C4"]
    assert "KeyError" in caplog.text


def test_a_reply_that_cannot_be_kept_still_counts(caplog: pytest.LogCaptureFixture) -> None:
    class FullDisk:
        def get(self, group: str, key: str) -> str | None:
            return None

        def put(self, group: str, key: str, reply: str) -> None:
            raise RehearseError("The judge's reply could not be kept (No space left on device).")

        def erase(self, group: str) -> None:
            return

    chat_model, _, _ = a_grader(YES, cache=FullDisk())
    assert chat_model.ask(QUESTION, Verdict, Call(purpose="judge")).ok
    assert "No space left" in caplog.text


@pytest.mark.parametrize("key", ["\u201csk-1\u201d", "sk\n1", "schl\u00fcssel"])
def test_a_key_that_no_server_can_be_sent_is_told_and_nothing_crashes(key: str) -> None:
    chat_model = ChatModel(
        "http://judge.test/v1", key, "m", transport=FakeEndpoint(YES).transport, wait=Waits()
    )
    with pytest.raises(ChatError, match="key") as caught:
        chat_model.ask(QUESTION, Verdict, Call())
    assert caught.value.kind == "key"
    assert key not in str(caught.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMED = st.fixed_dictionaries(
    {},
    optional={
        "choices": JSON
        | st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "message": JSON
                    | st.fixed_dictionaries(
                        {},
                        optional={
                            name: JSON
                            for name in (
                                "content",
                                "reasoning_content",
                                "tool_calls",
                                "function_call",
                                "refusal",
                                "reasoning",
                            )
                        },
                    ),
                    "finish_reason": JSON,
                    "error": JSON,
                    "text": JSON,
                },
            ),
            max_size=2,
        ),
        "usage": JSON | st.fixed_dictionaries({"prompt_tokens": JSON, "completion_tokens": JSON}),
        "error": JSON | st.fixed_dictionaries({}, optional={"message": JSON, "code": JSON, "type": JSON}),
    },
)


@pytest.mark.slow
@given(body=JSON | NAMED)
def test_any_reply_body_gives_a_reply_or_an_error_in_plain_words(body: object) -> None:
    forget_servers()
    chat_model, _, _ = a_grader(raw(json.dumps(body)))
    try:
        assert isinstance(chat_model.ask(QUESTION, Verdict, Call()), Verdict)
    except RehearseError as error:
        assert error.message.isprintable()


@pytest.mark.slow
@given(text=st.text(max_size=60) | st.text('{}[]":,\\ ok true<think>/', max_size=60))
def test_any_text_gives_a_reply_or_an_error_in_plain_words(text: str) -> None:
    forget_servers()
    for body in (text, replied({"content": text})):
        chat_model, _, _ = a_grader(raw(body))
        try:
            assert isinstance(chat_model.ask(QUESTION, Verdict, Call()), Verdict)
        except RehearseError as error:
            assert error.message.isprintable()


@pytest.mark.parametrize("text", ['{"a":' * 20_000, "{" * 100_000, "[" * 100_000, '{"ok": ' + "9" * 9_000])
def test_a_reply_made_to_be_slow_or_deep_is_unreadable_and_cheap(text: str) -> None:
    with pytest.raises(ValueError):
        read_reply((text,), Verdict)


def test_text_from_a_judge_holds_nothing_a_database_refuses() -> None:
    reply = read_reply(('{"quote": "a\\u0000b \\ud83d \\u001bc", "turn": 1}',), Quoted)
    assert reply.quote == "ab \ufffd c"
