from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from analysis.interview.moves.llm_probe import ProbeReply, find_fault, ground_probe, probe_messages
from analysis.interview.moves.probes import STRETCH, Probe, choose_hint, choose_probe, is_strong
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import Call, ChatModel, Message, forget_servers
from analysis.reading.leaks import gives_away, leaked_words
from data.domain import Answer, CoverageStatus, KeyPoint, KeyPointResult, Question, Turn
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
BANK = Probe(TARGET.probe, TARGET)
GROUNDED = "You put a small service in front of that table: what do people get when it is away?"


def results(question: Question, *statuses: CoverageStatus) -> list[KeyPointResult]:
    return [KeyPointResult(point, one) for point, one in zip(question.key_points, statuses, strict=True)]


def all_points(question: Question, one: CoverageStatus) -> list[KeyPointResult]:
    return [KeyPointResult(point, one) for point in question.key_points]


def test_the_point_that_tells_most_is_probed_and_not_the_one_that_was_made() -> None:
    question = QUESTIONS["distributed-replica-lag"]
    found = all_points(question, "missed")
    first = choose_probe(question, found, asked=(), probes_left=2)
    assert first and first.key_point and first.key_point.competency == "C2" and first.depth == 1
    made = [
        KeyPointResult(one.key_point, "covered" if one.key_point == first.key_point else "missed")
        for one in found
    ]
    second = choose_probe(question, made, asked=(first.text,), probes_left=1)
    assert second and second.key_point != first.key_point


def test_no_point_is_probed_twice_even_when_the_probe_was_put_in_other_words() -> None:
    found = all_points(SHORTENER, "missed")
    first = choose_probe(SHORTENER, found, asked=(), probes_left=2)
    assert first and first.key_point
    again = choose_probe(SHORTENER, found, asked=("?",), probed=(first.key_point.id,), probes_left=2)
    assert again and again.key_point != first.key_point


def test_a_design_is_asked_about_failures_and_then_operations_when_neither_was_raised() -> None:
    found = results(SHORTENER, *("covered",) * 6, "missed", "missed")
    first = choose_probe(SHORTENER, found, asked=(), probes_left=2)
    assert first and first.key_point and first.key_point.competency == "C4"
    second = choose_probe(SHORTENER, found, asked=(first.text,), probed=(first.key_point.id,), probes_left=1)
    assert second and second.key_point and second.key_point.competency == "C6"


def test_a_strong_answer_is_stretched_once_and_then_completed() -> None:
    question = QUESTIONS["distributed-replica-lag"]
    found = [*all_points(question, "covered")[:-1], KeyPointResult(question.key_points[-1], "missed")]
    assert is_strong(found)
    first = choose_probe(question, found, asked=(), probes_left=2)
    assert first and first.depth == 3 and first.text in STRETCH.values()
    second = choose_probe(question, found, asked=(first.text,), probes_left=1)
    assert second and second.key_point == question.key_points[-1]


def test_a_complete_answer_is_stretched_and_in_the_end_nothing_is_left() -> None:
    found = all_points(SHORTENER, "covered")
    asked: list[str] = []
    while probe := choose_probe(SHORTENER, found, asked=asked, probes_left=1):
        asked.append(probe.text)
    assert 2 <= len(asked) == len(set(asked)) <= len(STRETCH)


def test_no_stretch_gives_away_a_point_of_any_question() -> None:
    leaks = {
        (question.id, text): leaked_words(text, (point,), f"{question.title} {question.text}")
        for question in QUESTIONS.values()
        for competency, text in STRETCH.items()
        for point in question.key_points
        if point.competency == competency
        and len(leaked_words(text, (point,), f"{question.title} {question.text}")) > 1
    }
    assert leaks == {}


def test_a_hint_gives_the_content_of_the_point_that_was_probed() -> None:
    found = all_points(SHORTENER, "missed")
    hint = choose_hint(found, (TARGET.id,))
    assert hint and hint.key_point == TARGET and TARGET.text in hint.text
    assert gives_away(hint.text, (TARGET,), SHORTENER.text)
    assert choose_hint(all_points(SHORTENER, "covered")) is None


def test_what_somebody_said_already_is_no_leak() -> None:
    point = KeyPoint("k", "Adds a circuit breaker and sheds load.", "What then?", "C4")
    assert gives_away("Would a circuit breaker do?", (point,), "")
    assert not gives_away("Would a circuit breaker do?", (point,), "I know circuit breakers.")
    assert gives_away("Is 99.99 enough?", (KeyPoint("k", "Sets 99.99 percent.", "?", "C6"),), "")


# --- in the candidate's own words -------------------------------------------------------------


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


def test_a_good_version_takes_up_the_candidates_words_and_keeps_its_target() -> None:
    probe = ground_probe(Model(GROUNDED), ANSWER, BANK)
    assert probe == Probe(GROUNDED, TARGET, 1)


FAULTS = {
    "empty": "  ",
    "too_long": "When your small table of links " + "and then again the service " * 8 + "is away, what then?",
    "nonsense": "table service mapping links front small?",
    "asks_two_things": "What does your table do then, and how would you notice that?",
    "leaks": "Would your small service still serve redirects from cache when the table is down?",
    "not_grounded": "What would the people who come here get to see at that point?",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_seen_and_falls_back_to_the_banks_probe(fault: str) -> None:
    assert find_fault(FAULTS[fault], ANSWER) == fault
    assert ground_probe(Model(FAULTS[fault]), ANSWER, BANK) == BANK


@pytest.mark.parametrize(
    "text",
    [
        "Here is my question: I would like to know.",
        "Was passiert mit der Tabelle, wenn dein Dienst weg ist?",
    ],
)
def test_what_is_not_one_english_question_is_nonsense(text: str) -> None:
    assert find_fault(text, ANSWER) == "nonsense"


def test_the_first_version_without_a_fault_is_taken() -> None:
    assert ground_probe(Model(FAULTS["leaks"], FAULTS["empty"], GROUNDED), ANSWER, BANK).text == GROUNDED


def test_a_model_that_fails_or_hangs_costs_no_more_than_the_patience() -> None:
    down = Model(error=ChatError("unreachable", "The judge could not be reached."))
    assert ground_probe(down, ANSWER, BANK) == BANK
    hanging = Model(GROUNDED, hangs=True)
    assert ground_probe(hanging, ANSWER, BANK, patience_seconds=0.05) == BANK
    assert hanging.calls[0].cancel.is_set()
    hanging.released.set()


def test_a_fault_that_nobody_foresaw_costs_no_patience_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    odd = Model(error=TypeError("expected string or bytes-like object, got 'list'"))
    assert ground_probe(odd, ANSWER, BANK, patience_seconds=3600.0) == BANK
    assert "TypeError" in caplog.text


def test_a_stretch_or_an_empty_answer_asks_no_model() -> None:
    model = Model(GROUNDED)
    stretch = Probe(STRETCH["C1"], None, 3)
    assert ground_probe(model, ANSWER, stretch) == stretch
    assert ground_probe(model, Answer(SHORTENER, ()), BANK) == BANK
    assert model.calls == []


def test_the_answer_is_fenced_and_cannot_close_its_fence() -> None:
    (message,) = probe_messages(ANSWER, BANK)
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


def test_the_real_grader_carries_a_probe() -> None:
    assert ground_probe(a_grader(says({"probes": [GROUNDED]})), ANSWER, BANK).text == GROUNDED


@pytest.mark.parametrize(
    "behaviour", [status(500), status(401), malformed, not_json, other_schema, refuses, says({"probes": []})]
)
def test_a_misbehaving_server_falls_back_to_the_banks_probe(behaviour: Behaviour) -> None:
    assert ground_probe(a_grader(behaviour), ANSWER, BANK) == BANK
