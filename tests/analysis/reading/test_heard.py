from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.reading.heard import hear
from analysis.reading.placed import place
from analysis.reading.quotes import verify
from data.domain import Answer, Question, Turn
from tests.stored import shipped_questions

pytestmark = pytest.mark.slow
QUESTION = next(one for one in shipped_questions() if one.id == "distributed-lease-fencing")
SAID = (
    "Let me begin with what went wrong here. The worker was paused, its lock expired meanwhile, another "
    "worker got the lock, and the first one went on believing that it still held it. We had lunch at noon."
)


def said(*texts: str) -> Answer:
    turns = (Turn(at, "candidate", text) for at, text in enumerate(texts, 1))
    return Answer(QUESTION, (Turn(0, "interviewer", QUESTION.text), *turns))


def test_a_point_is_heard_with_its_words_where_they_stand() -> None:
    answer = said("We had lunch at noon, all of us together.", SAID)
    first = hear(place(answer))[0]
    assert first.status == "covered" and first.evidence is not None
    assert first.evidence.turn == 2 and first.evidence.quote in SAID
    assert verify(first.evidence.quote, answer.turns, 2) == first.evidence
    assert "lunch" not in first.evidence.quote


def test_a_quote_ends_where_the_thought_ends() -> None:
    text = (
        "So this is it: the worker was paused; its lock expired meanwhile, another worker got the lock, and "
        "the first one went on believing that it still held it: the usual story. We had lunch at noon."
    )
    evidence = hear(place(said(text)))[0].evidence
    assert evidence is not None
    assert evidence.quote.startswith("this is it") or evidence.quote.startswith("So this is it")
    assert evidence.quote.endswith("the usual story")


def test_other_talk_is_heard_as_nothing_and_accuses_nobody() -> None:
    for text in (
        "We had lunch at noon, and then we played cards until it got dark outside.",
        "",
        QUESTION.text,
    ):
        assert {one.status for one in hear(place(said(text)))} <= {"missed", "cannot_tell"}


def test_fillers_and_names_leave_what_is_heard_as_it_is() -> None:
    plain = [one.status for one in hear(place(said(SAID)))]
    spoken = SAID.replace("The worker", "Um, the worker").replace(", another", ", uh, you know, another")
    assert [one.status for one in hear(place(said(spoken)))] == plain
    one, other = (
        hear(place(said(f"{name} told me that {SAID}")))
        for name in ("My colleague Maria", "My colleague Kwame")
    )
    assert [x.strength for x in one] == [x.strength for x in other]


def test_a_passage_does_not_reach_over_the_end_of_a_turn() -> None:
    for one in hear(
        place(said("The worker was paused and its lock expired.", "Another worker got the lock."))
    ):
        assert one.evidence is None or one.evidence.quote in (
            "The worker was paused and its lock expired",
            "Another worker got the lock",
        )


def test_a_lone_point_is_heard_as_well() -> None:
    lone = replace(QUESTION, key_points=QUESTION.key_points[:1])
    answer = replace(said(QUESTION.key_points[0].text), question=lone)
    assert [one.status for one in hear(place(answer))] == ["covered"]


def test_where_there_are_examples_the_point_is_heard_and_its_reversal_is_not() -> None:
    shortener = next(one for one in shipped_questions() if one.id == "url-shortener")
    right = (
        "Each app server grabs a range of a million numbers from a central counter, so two servers can never "
        "produce the same code."
    )
    wrong = "So two nodes hand out the same code sometimes, it doesn't matter, the second one overwrites it."
    found = {}
    for text in (right, wrong):
        answer = Answer(shortener, (Turn(0, "interviewer", shortener.text), Turn(1, "candidate", text)))
        found[text] = hear(place(answer))[3]
    assert found[right].status == "covered"
    assert found[wrong].status != "covered" and found[wrong].strength < found[right].strength


def test_a_point_without_examples_is_heard_by_its_words_beside_others_that_have_some() -> None:
    shortener = next(one for one in shipped_questions() if one.id == "url-shortener")
    own = replace(
        shortener.key_points[0], text="Keeps pelicans away from the fishing boats with a long red rope."
    )
    question = replace(shortener, key_points=(own, *shortener.key_points[1:]))
    text = "And I'd keep the pelicans away from the fishing boats with a long red rope."
    answer = Answer(question, (Turn(0, "interviewer", question.text), Turn(1, "candidate", text)))
    first, *others = hear(place(answer))
    assert first.status == "covered"
    assert all(one.status != "covered" for one in others)


def test_the_same_points_under_another_name_are_read_the_same_whatever_was_read_before() -> None:
    shortener = next(one for one in shipped_questions() if one.id == "url-shortener")
    own = replace(shortener, id="my-own")
    text = "Each server grabs a range of a million numbers, so two never produce the same code."

    def read(question: Question) -> list[float]:
        turns = (Turn(0, "interviewer", question.text), Turn(1, "candidate", text))
        return [one.strength for one in hear(place(Answer(question, turns)))]

    alone = read(own)
    assert read(shortener) != alone
    assert read(own) == alone
