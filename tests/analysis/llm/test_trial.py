"""The Test button: every step in plain words, on servers that can much, little, or nothing."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest

from analysis.llm.chat_model import ChatModel, forget_servers
from analysis.llm.spending import Spending
from analysis.llm.trial import Step, start_trial, try_out
from analysis.llm.usage import Price
from tests.asked_model import Waits
from tests.fake_endpoint import Asked, Behaviour, FakeEndpoint, Said, refuses, rejects_formats, status
from tests.wild_server import WildServer, serving

ALL = [
    "Reachable",
    "Model",
    "Structured output",
    "Log-probabilities",
    "Short prompt",
    "Streaming",
    "Long prompt",
    "Context length",
    "Price",
]


@pytest.fixture(autouse=True)
def _no_memory_of_servers() -> None:
    forget_servers()


def capable(asked: Asked) -> Said:
    if asked.format != "prompt":
        return Said({"is_even": True})
    return Said("one two three", yes=0.9 if asked.body.get("logprobs") else None)


def tried(*behaviours: Behaviour, models: tuple[str, ...] | None = ("m",), **how: object) -> dict[str, Step]:
    endpoint = FakeEndpoint(*behaviours, models=models)
    model = ChatModel("http://model.test/v1", "key", "m", transport=endpoint.transport, wait=Waits())
    told: list[Step] = []
    steps = try_out(replace(model, **how), told.append)  # type: ignore[arg-type]
    assert list(steps) == told
    return {step.name: step for step in steps}


def test_a_capable_server_passes_every_step_in_order() -> None:
    steps = tried(capable, price=Price(0.5, 1.5))
    assert list(steps) == ALL
    assert {name for name, step in steps.items() if step.outcome != "works"} == {"Context length"}
    assert "yes 90% likely" in steps["Log-probabilities"].told
    assert "way 1 of 4" in steps["Structured output"].told
    assert "$0.5" in steps["Price"].told


def test_a_plain_server_is_told_apart() -> None:
    def plain(asked: Asked) -> Said:
        return Said({"is_even": True}, raw=None) if asked.format != "prompt" else Said(raw=WHOLE)

    steps = tried(rejects_formats("json_schema"), plain, models=None)
    outcomes = {name: step.outcome for name, step in steps.items()}
    assert outcomes["Model"] == outcomes["Streaming"] == outcomes["Log-probabilities"] == "not offered"
    assert outcomes["Reachable"] == outcomes["Structured output"] == outcomes["Short prompt"] == "works"
    assert "way 2 of 4" in steps["Structured output"].told


WHOLE = json.dumps({"choices": [{"message": {"content": "one two"}, "finish_reason": "stop"}]})


def test_a_model_that_is_not_there_is_told_with_those_that_are() -> None:
    steps = tried(capable, models=("a", "b"))
    assert steps["Model"].outcome == "fails"
    assert "a, b" in steps["Model"].told


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (status(401), "did not accept the key"),
        (status(503), "could not be reached"),
        (status(404, "no such model"), "no such model"),
    ],
)
def test_nothing_more_is_asked_of_a_model_that_does_not_answer(behaviour: Behaviour, told: str) -> None:
    steps = tried(behaviour)
    assert list(steps) == ALL[:3]
    assert steps["Structured output"].outcome == "fails"
    assert told in steps["Structured output"].told


def test_a_model_that_declines_is_tried_to_the_end() -> None:
    assert tried(refuses)["Structured output"].outcome == "fails"


@pytest.mark.parametrize("code", [401, 307, 503])
def test_a_server_that_cannot_be_used_fails_the_first_step(code: int) -> None:
    with serving(WildServer(code, {"location": "http://else.test/"})) as wild:
        steps = try_out(ChatModel(f"{wild.url}/v1", "sk-secret-key", "m"), lambda step: None)
    assert [(step.name, step.outcome) for step in steps] == [("Reachable", "fails")]
    assert "sk-secret-key" not in steps[0].told


@pytest.mark.parametrize("listed", ["m", "m:latest", "/models/of/mine/m", "C:\\models\\m"])
def test_a_model_is_known_by_the_name_a_server_makes_of_it(listed: str) -> None:
    assert tried(capable, models=("other", listed))["Model"].outcome == "works"


def test_a_model_that_only_thinks_is_told_so() -> None:
    def thinks(asked: Asked) -> Said | None:
        return Said("<think>hm and hm", finish="length") if asked.body.get("stream") else None

    steps = tried(thinks, capable)
    assert "all thinking" in steps["Short prompt"].told and "Streaming" not in steps


def test_a_price_and_a_context_length_in_the_list_are_told() -> None:
    row = {"id": "m", "context_length": 8192, "pricing": {"prompt": "0.000001", "completion": "0.000002"}}

    class Rich(FakeEndpoint):
        def listed(self, path: str) -> Said:
            return Said(raw=json.dumps({"data": [row]}))

    model = ChatModel("http://model.test/v1", "key", "m", transport=Rich(capable).transport, wait=Waits())
    steps = {step.name: step for step in try_out(model, lambda step: None)}
    assert "8,192 tokens" in steps["Context length"].told
    assert "$1 for a million tokens read, $2 written" in steps["Price"].told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "row", "told"),
    [
        ("/props", {"default_generation_settings": {"n_ctx": 4096}}, "4,096 tokens at once"),
        ("/api/v0/models/a/m%20b", {"id": "a/m b", "max_context_length": 2048}, "2,048 tokens at once"),
        ("/api/show", {"model_info": {"llama.context_length": 131072}}, "131,072 tokens at most"),
    ],
)
def test_a_context_length_is_found_where_programs_tell_it(path: str, row: object, told: str) -> None:
    class Telling(FakeEndpoint):
        def listed(self, asked: str) -> Said:
            return Said(raw=json.dumps(row)) if asked == path else super().listed(asked)

    with Telling(capable, models=("a/m b",)).serve(0) as url:
        steps = {step.name: step for step in try_out(ChatModel(url, "k", "a/m b"), lambda step: None)}
    assert told in steps["Context length"].told


def test_a_trial_is_counted_apart_and_keeps_nothing() -> None:
    spending = Spending()
    tried(capable, spending=spending)
    assert list(spending.by_purpose()) == ["trial"]


def test_a_trial_beside_a_page_is_stopped_while_a_server_is_silent() -> None:
    with serving(WildServer(silent_seconds=120.0)) as wild:
        trial = start_trial(ChatModel(f"{wild.url}/v1", "key", "m"))
        assert wild.arrived.wait(30) and not trial.finished and trial.steps == []
        trial.stop()
        assert trial.wait(30)
    assert trial.finished and trial.steps == []


def test_a_trial_that_is_cancelled_before_it_begins_asks_nothing() -> None:
    cancel = threading.Event()
    cancel.set()
    endpoint = FakeEndpoint(capable)
    model = ChatModel("http://model.test/v1", "key", "m", transport=endpoint.transport)
    assert try_out(model, lambda step: None, cancel) == ()
    assert endpoint.asked == []
