from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.interview.planner.moves import Move, MoveKind
from analysis.interview.planner.standing import Standing
from analysis.interview.speaker.leading import said_back, without_lead
from analysis.interview.speaker.line import line_for, templates
from analysis.interview.speaker.line_check import MOST_WORDS, find_fault
from data.domain import KeyPoint, Question

DESIGN = Question("mail", "system_design", "mid", "Mail", "Design a mail service.", "t", ("C4",), 8)
NOW = Standing(DESIGN, asked=(DESIGN.text,))
POINT = KeyPoint("k1", "Adds a circuit breaker.", "What if the other side is slow?", "C4")


def test_every_template_is_one_short_question_at_most_and_praises_nothing() -> None:
    filled = {
        "quote": "nothing is ever written to the disk of that machine",
        "steps": "it takes the order and then writes it to the disk",
        "part": "the routing service",
        "Part": "The routing service",
        "amount": "two hundred thousand a second",
        "asked": "How does it work?",
        "text": "A hint.",
    }
    lines = [one.say.format_map(filled) for kind in templates().values() for one in kind]
    assert len(lines) >= 60
    assert [line for line in lines if find_fault(line) is not None] == []


def test_a_line_takes_up_the_candidates_own_words() -> None:
    move = Move("dig_claim", "a worker deletes the old alerts", "choice")
    assert line_for(move, NOW).startswith("You say a worker deletes the old alerts. ")


def test_the_banks_line_is_said_as_it_stands_after_the_words_it_answers_to() -> None:
    move = Move("challenge_wrong", "it never comes twice", text="The worker dies: what then?")
    assert line_for(move, NOW) == "You say it never comes twice. The worker dies: what then?"


@pytest.mark.parametrize(
    ("about", "lead"),
    [
        ("Redis keeps the sessions", "You say redis keeps the sessions."),
        ("NTP keeps them identical", "You say NTP keeps them identical."),
        ("I'd keep my ids in one table", "You would keep your ids in one table."),
        ("a relay per table", ""),
        ("calls the provider at night", ""),
        ("a Bloom filter for addresses that were seen", ""),
    ],
)
def test_a_sentence_is_reported_and_what_is_none_is_not_repeated(about: str, lead: str) -> None:
    assert line_for(Move("dig_claim", about, text="And then?"), NOW) == f"{lead} And then?".strip()


def test_no_line_is_said_twice_in_a_round() -> None:
    said: list[str] = []
    for _ in range(12):
        made: tuple[MoveKind, ...] = tuple("move_on" for _ in said)
        line = line_for(Move("move_on"), Standing(DESIGN, asked=(DESIGN.text, *said), moves=made))
        if line in said:
            break
        said.append(line)
    assert len(said) >= 5


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("", "empty"),
        ("word " * (MOST_WORDS + 1), "too_long"),
        ("What is it? And why?", "asks_two_things"),
        ("Great, and what about the queue?", "praises"),
        ("You said “great stuff”. What about the queue?", None),
        ("Would a circuit breaker help?", "leaks"),
        ("And how do you know?", "not_grounded"),
    ],
)
def test_a_line_is_refused_for_each_fault(line: str, fault: str | None) -> None:
    said = "the queue is full" if fault in ("not_grounded", None) else None
    assert find_fault(line, (POINT,), said, "the queue is full") == fault


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ((DESIGN.text,), "What would you settle first?"),
        ((DESIGN.text, "Then smaller. How is it kept safe?"), "How is it kept safe?"),
        ((DESIGN.text, "Two buy the last unit. What then?"), "Two buy the last unit. What then?"),
        (
            (
                DESIGN.text,
                "How is it kept safe?",
                "Before we go on: in one sentence, what have you decided so far?",
            ),
            "How is it kept safe?",
        ),
        ((DESIGN.text, "How is it kept safe?", "That is up to you."), "How is it kept safe?"),
        ((DESIGN.text, "How is it kept safe?", "“we cache”. What then?"), "How is it kept safe?"),
    ],
)
def test_it_comes_back_to_a_question_and_never_to_a_title_or_a_reply(
    asked: tuple[str, ...], question: str
) -> None:
    line = line_for(Move("redirect_offtopic"), Standing(DESIGN, asked=asked))
    assert line.endswith(question) and DESIGN.title not in line.removesuffix(question)


@pytest.mark.parametrize(
    ("clause", "back"),
    [
        ("I'd keep the key in my own table", "You would keep the key in your own table"),
        ("we hash the address ourselves", "You hash the address ourselves"),
        ("I'm reading from our replica", "You are reading from your replica"),
        ("I'd thought of last write wins", "You had thought of last write wins"),
        ("I'd need a second copy", "You would need a second copy"),
    ],
)
def test_what_they_do_themselves_is_said_back_to_them(clause: str, back: str) -> None:
    assert said_back(clause) == back


def test_two_clauses_are_never_repeated_in_a_row() -> None:
    move = Move("dig_claim", "a worker deletes the old alerts", text="What then?")
    quoted = replace(NOW, asked=(DESIGN.text, line_for(move, NOW)))
    assert line_for(move, NOW).startswith("You say ") and line_for(move, quoted) == "What then?"


def test_no_template_comes_twice_while_another_fits() -> None:
    first = line_for(Move("move_on"), NOW)
    assert line_for(Move("move_on"), replace(NOW, earlier=(first,))) != first


def test_a_line_asks_of_a_clause_only_what_it_can_answer() -> None:
    number = Move("dig_claim", "it is two hundred a second", "number", amount="two hundred a second")
    part = Move("break_component", "the cache holds the list", "part", "the cache")
    assert "two hundred a second" in line_for(number, NOW)
    assert "cache" in line_for(part, NOW) and "“" not in line_for(part, NOW)


def test_when_all_that_fits_was_said_there_is_no_line() -> None:
    said: tuple[str, ...] = ()
    while line := line_for(Move("move_on"), replace(NOW, asked=(DESIGN.text, *said))):
        assert line not in said
        said += (line,)
    assert len(said) > 4


def test_what_is_asked_once_more_is_asked_without_its_opening() -> None:
    assert without_lead("Let us keep that for later. My question was: How?") == "How?"
    assert without_lead("Then smaller. Which one?") == "Which one?"
    assert without_lead("How is it kept?") == "How is it kept?"


def test_no_question_is_claimed_that_was_not_asked() -> None:
    line = line_for(Move("redirect_offtopic"), NOW)
    assert "My question was" not in line and line.endswith("What would you settle first?")
