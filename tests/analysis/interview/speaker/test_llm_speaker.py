from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from analysis.interview.speaker.line_check import find_fault
from analysis.interview.speaker.llm_speaker import ProbeReply, heard, in_their_words, messages_for
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import Call, ChatModel, Message, forget_servers
from analysis.reading.leaks import gives_away
from data.domain import Answer, KeyPoint, Turn
from tests.fake_endpoint import (
    Behaviour,
    FakeEndpoint,
    malformed,
    not_json,
    other_schema,
    refuses,
    says,
    status,
)
from tests.stored import shipped_questions

QUESTIONS = {question.id: question for question in shipped_questions()}
SHORTENER = QUESTIONS["url-shortener"]
SAID = "I would keep the mapping of links in one table and put a small service in front of it."
ANSWER = Answer(
    SHORTENER,
    (Turn(0, "interviewer", SHORTENER.text), Turn(1, "candidate", SAID)),
)
TARGET = SHORTENER.key_points[6]
GROUNDED = "You put a small service in front of that table: what do people get when it is away?"


def worded(model: object, answer: Answer = ANSWER, **kept: float) -> str | None:
    return in_their_words(model, answer, TARGET.probe, TARGET, **kept)  # type: ignore[arg-type]


def fault_of(text: str) -> str | None:
    return find_fault(text, SHORTENER.key_points, SAID, heard(ANSWER), is_free=True)


def test_what_somebody_said_already_is_no_leak() -> None:
    point = KeyPoint("k", "Adds a circuit breaker and sheds load.", "What then?", "C4")
    assert gives_away("Would a circuit breaker do?", (point,), "")
    assert not gives_away("Would a circuit breaker do?", (point,), "I know circuit breakers.")
    assert gives_away("Is 99.99 enough?", (KeyPoint("k", "Sets 99.99 percent.", "?", "C6"),), "")


class Model:
    """Stands in for the grader: these versions, or this error, or no reply in time."""

    def __init__(self, *probes: str, error: Exception | None = None, hangs: bool = False) -> None:
        self.probes, self.error = list(probes), error
        self.released = threading.Event()
        if not hangs:
            self.released.set()
        self.calls: list[Call] = []

    def ask(self, messages: Sequence[Message], reply: type[ProbeReply], call: Call) -> ProbeReply:
        self.calls.append(call)
        self.released.wait()
        if self.error:
            raise self.error
        return ProbeReply(probes=self.probes)


def test_a_version_without_a_fault_is_said() -> None:
    assert worded(Model(GROUNDED)) == GROUNDED


FAULTS = {
    "empty": "  ",
    "too_long": "When your small table of links " + "and then again the service " * 8 + "is away, what then?",
    "nonsense": "table service mapping links front small?",
    "asks_two_things": "What does your table do then, and how would you notice that?",
    "leaks": "Would your small service still serve redirects from cache when the table is down?",
    "not_grounded": "What would the people who come here get to see at that point?",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_seen_and_then_the_plain_line_is_said(fault: str) -> None:
    assert fault_of(FAULTS[fault]) == fault
    assert worded(Model(FAULTS[fault])) is None


@pytest.mark.parametrize(
    "text",
    [
        "Here is my question: I would like to know.",
        "Was passiert mit der Tabelle, wenn dein Dienst weg ist?",
    ],
)
def test_what_is_not_one_english_question_is_nonsense(text: str) -> None:
    assert fault_of(text) == "nonsense"


def test_the_first_version_without_a_fault_is_taken() -> None:
    assert worded(Model(FAULTS["leaks"], FAULTS["empty"], GROUNDED)) == GROUNDED


def test_a_model_that_fails_or_hangs_costs_no_more_than_the_patience() -> None:
    down = Model(error=ChatError("unreachable", "The judge could not be reached."))
    assert worded(down) is None
    hanging = Model(GROUNDED, hangs=True)
    assert worded(hanging, patience_seconds=0.05) is None
    assert hanging.calls[0].cancel.is_set()
    hanging.released.set()


def test_a_fault_that_nobody_foresaw_costs_no_patience_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    odd = Model(error=TypeError("expected string or bytes-like object, got 'list'"))
    assert worded(odd, patience_seconds=3600.0) is None
    assert "TypeError" in caplog.text


def test_before_anything_was_said_no_model_is_asked() -> None:
    model = Model(GROUNDED)
    assert worded(model, Answer(SHORTENER, ())) is None
    assert model.calls == []


def test_the_answer_is_fenced_and_cannot_close_its_fence() -> None:
    (message,) = messages_for(ANSWER, TARGET.probe, TARGET)
    fence = message.text.split("the lines `")[1].split(" BEGIN")[0]
    assert message.text.count(f"{fence} END") == 5
    before, _, inside = message.text.partition(f"{fence} BEGIN QUESTION")
    for data in (TARGET.probe, TARGET.text, ANSWER.question.text, SAID):
        assert data in inside and data not in before
    assert SAID in message.text and TARGET.probe in message.text


def a_grader(*behaviours: Behaviour) -> ChatModel:
    forget_servers()
    return ChatModel(
        "http://probe.test/v1",
        "key",
        "m",
        transport=FakeEndpoint(*behaviours).transport,
        wait=lambda seconds, cancel: None,
    )


@pytest.mark.slow
def test_the_real_grader_carries_a_probe() -> None:
    assert worded(a_grader(says({"probes": [GROUNDED]}))) == GROUNDED


@pytest.mark.parametrize(
    "behaviour", [status(500), status(401), malformed, not_json, other_schema, refuses, says({"probes": []})]
)
def test_a_misbehaving_server_leaves_the_plain_line(behaviour: Behaviour) -> None:
    assert worded(a_grader(behaviour)) is None
