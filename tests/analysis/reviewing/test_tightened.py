"""An answer made shorter by leaving out: nothing that was not said, nothing that a verdict goes by."""

from __future__ import annotations

import random

import pytest

from analysis.llm.chat_model import Call
from analysis.reviewing.tightened import Cut, cost_of, is_within, tighten, tightened
from data.domain import Answer, Assessment, Evidence, RehearseError, Score, Turn
from tests.asked_judge import QUESTION, a_grader
from tests.fake_endpoint import FakeEndpoint, says, status

FIRST = (
    "So let me think about that for a moment. We keep three copies of each row. A leader takes the writes. "
    "As I said, we keep three copies of each row. If the leader dies, a follower takes over."
)
SECOND = "It takes about thirty seconds, that is what I would say here."
ANSWER = Answer(
    QUESTION,
    (
        Turn(0, "interviewer", "Design it."),
        Turn(1, "candidate", FIRST),
        Turn(2, "interviewer", "How long does it take?"),
        Turn(3, "candidate", SECOND),
    ),
)
NO_LEVELS = Assessment(())


def quoted(*quotes: str) -> Assessment:
    evidence = tuple(Evidence(quote, 1) for quote in quotes)
    return Assessment((Score("C4", 2.0, "judge", "1", "r1", evidence=evidence),))


def test_what_is_repeated_or_empty_is_marked_and_the_rest_stays_as_it_was_said() -> None:
    cuts = {
        "cuts": [
            {"quote": "So let me think about that for a moment", "kind": "empty"},
            {"quote": "as I said, we keep three copies of each row", "kind": "repeated"},
            {"quote": "that is what I would say here", "kind": "empty"},
        ]
    }
    endpoint = FakeEndpoint(says(cuts))
    made = tighten(a_grader(endpoint), ANSWER, NO_LEVELS, Call())
    assert [(one.kind, one.text) for one in made.passages] == [
        ("empty", "So let me think about that for a moment."),
        ("kept", "We keep three copies of each row. A leader takes the writes."),
        ("repeated", "As I said, we keep three copies of each row."),
        ("kept", "If the leader dies, a follower takes over."),
        ("kept", "It takes about thirty seconds,"),
        ("empty", "that is what I would say here."),
    ]
    assert made.text.startswith("We keep three copies of each row. A leader takes")
    assert (made.words_said, made.words_kept) == (len(f"{FIRST} {SECOND}".split()), 25)
    sent = str(endpoint.asked[0].body["messages"])
    assert "[turn 1]" in sent and "How long does it take?" not in sent


def test_of_words_said_twice_the_later_ones_go() -> None:
    made = tightened(ANSWER, [Cut(quote="we keep three copies of each row", kind="repeated")], [])
    assert made.text.count("three copies") == 1
    assert "As I said, If the leader dies" in made.text


def test_what_was_not_said_cannot_be_cut_and_nothing_can_be_added() -> None:
    made = tightened(ANSWER, [Cut(quote="we use a consensus protocol", kind="empty")], [])
    assert [one.kind for one in made.passages] == ["kept", "kept"]
    assert made.text == f"{FIRST} {SECOND}"


def test_what_a_level_or_a_point_goes_by_stays() -> None:
    cut = {"cuts": [{"quote": "If the leader dies, a follower takes over", "kind": "empty"}]}
    made = tighten(a_grader(FakeEndpoint(says(cut))), ANSWER, quoted("a follower takes over"), Call())
    assert "a follower takes over" in made.text


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_cut_what_stays_was_said_in_this_order(seed: int) -> None:
    dice, words = random.Random(seed), FIRST.split()
    cuts = []
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(words))
        quote = " ".join(words[start : start + dice.randint(1, 12)])
        cuts.append(Cut(quote=quote, kind=dice.choice(["repeated", "empty"])))
    made = tightened(ANSWER, cuts, [])
    assert is_within(made.text.split(), f"{FIRST} {SECOND}".split())
    assert made.words_kept <= made.words_said == len(f"{FIRST} {SECOND}".split())


def test_a_cut_that_ends_inside_joined_words_leaves_words_that_were_said() -> None:
    joined = Answer(QUESTION, (Turn(1, "candidate", "We cache reads—we cache reads again and again. Done."),))
    made = tightened(joined, [Cut(quote="we cache reads again", kind="repeated")], [])
    assert made.words_kept < made.words_said


def test_words_in_another_order_or_new_ones_are_not_within() -> None:
    assert is_within(["a", "c"], ["a", "b", "c"])
    assert not is_within(["c", "a"], ["a", "b", "c"])
    assert not is_within(["a", "d"], ["a", "b", "c"])


def test_a_model_that_fails_says_so_and_the_cost_is_told_before() -> None:
    model = a_grader(FakeEndpoint(status(401)))
    assert cost_of(model, ANSWER).prompt_tokens > 100
    with pytest.raises(RehearseError):
        tighten(model, ANSWER, NO_LEVELS, Call())
