from __future__ import annotations

import pytest

from analysis.interview.facts.llm_facts import FactsReply, messages_for, reply_by_model
from analysis.llm.chat_model import Call, Message
from data.domain import Fact, Question, RehearseError

SEATS = Question(
    "seats",
    "system_design",
    "mid",
    "Seats",
    "Design a service where students reserve seats.",
    "seats",
    ("C1",),
    15,
    facts=(Fact("users", "Twenty thousand students use it."), Fact("latency", "Confirmed in two seconds.")),
)
OBLIQUE = "is it a whole town or one school that comes here"
HOW_MANY = "How many students will use it?"


class Model:
    """Replies with what it was given, or fails."""

    def __init__(self, reply: FactsReply | None) -> None:
        self.reply = reply

    def ask(self, messages: list[Message], reply: type[FactsReply], call: Call) -> FactsReply:
        if self.reply is None:
            raise RehearseError("The model is away.", "Wait.")
        return self.reply


@pytest.mark.parametrize(
    ("kind", "facts", "move"),
    [
        ("fact", [1], "answer_fact"),
        ("fact", [], "assume"),
        ("how", [], "check_in"),
        ("time", [], "time_left"),
        ("meaning", [], "rephrase"),
        ("sum", [], "correct_number"),
    ],
)
def test_the_model_names_the_kind_and_the_facts_and_the_words_are_ours(
    kind: str, facts: list[int], move: str
) -> None:
    reply = reply_by_model(Model(FactsReply.model_validate({"kind": kind, "facts": facts})), OBLIQUE, SEATS)
    assert reply and reply.move == move
    assert (reply.text == SEATS.facts[0].text) is bool(facts)


def test_nothing_is_said_where_the_model_hears_no_question() -> None:
    assert reply_by_model(Model(FactsReply(kind="none", facts=[])), HOW_MANY, SEATS) is None


@pytest.mark.parametrize("facts", [None, [7], [0]])
def test_a_model_that_fails_or_names_no_fact_of_ours_leaves_it_to_the_rules(facts: list[int] | None) -> None:
    reply = FactsReply(kind="fact", facts=facts) if facts is not None else None
    found = reply_by_model(Model(reply), HOW_MANY, SEATS)
    assert found and found.text == SEATS.facts[0].text


def test_the_model_gets_the_words_and_the_numbered_facts() -> None:
    (message,) = messages_for("say hello", SEATS)
    assert "say hello" in message.text and "1. Twenty thousand" in message.text
