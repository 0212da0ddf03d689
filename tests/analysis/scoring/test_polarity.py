from __future__ import annotations

import pytest

from analysis.evaluate.levels import read_gold
from analysis.scoring.alignment import said
from analysis.scoring.offline import OfflineScorer
from analysis.scoring.polarity import is_denied
from data.domain import Answer, Turn
from tests.stored import shipped_questions


def denied(point: str, answer: str) -> bool:
    heard = said(answer)
    return is_denied(said(point), heard, heard)


@pytest.mark.parametrize(
    ("point", "answer"),
    [
        ("Replication is asynchronous.", "The replication is synchronous to both replicas."),
        ("Delete the cache entry after the commit.", "Do not delete the cache entry after the commit."),
        (
            "A crash after sending leads to a duplicate, so the message carries an id.",
            "A crash after sending cannot lead to duplicates.",
        ),
        ("Two-phase commit blocks while the coordinator is down.", "Two-phase commit never blocks."),
        (
            "JSON columns are used for attributes, with indexes on the ones that are filtered.",
            "JSON columns cannot be indexed.",
        ),
    ],
)
def test_a_point_turned_round_is_denied(point: str, answer: str) -> None:
    assert denied(point, answer)


@pytest.mark.parametrize(
    ("point", "answer"),
    [
        # opposite words that are no opposites here
        (
            "Wait for a free connection only a short time and then fail fast, so a slow database is no trap.",
            "we wait for a connection two hundred milliseconds and then fail fast",
        ),
        (
            "A token bucket allows short bursts up to the bucket size while holding the average.",
            "the token bucket fills up at the rate and a long burst empties it so the last ones wait",
        ),
        ("Each leader hands out a larger number.", "The storage rejects writes with a smaller number."),
        # negations that agree
        ("Asynchronous replication is acceptable.", "I do not pay for synchronous replication."),
        ("Reads are refused when two nodes are down.", "With two nodes down you cannot read."),
        ("Reject early when the queue is full.", "A quick no is cheaper than a late yes."),
        ("Holds a review after the incident with follow-ups.", "a review without blame with two follow-ups"),
        ("The replica may return the value from before.", "The replica has not applied the write yet."),
        # both sides are compared
        (
            "Replication is asynchronous.",
            "Asynchronous replication, since a synchronous replication waits for every replica.",
        ),
    ],
)
def test_a_right_answer_is_not_denied(point: str, answer: str) -> None:
    assert not denied(point, answer)


@pytest.mark.slow
def test_no_graded_answer_above_level_one_is_told_that_it_contradicts() -> None:
    scorer = OfflineScorer()
    wronged = [
        row.answer.candidate_text
        for row in read_gold()
        if row.kind in ("plain", "strong") and (row.level or 0) >= 2
        for point in scorer.score(row.answer).key_points
        if point.status == "contradicted"
    ]
    assert wronged == []


@pytest.mark.slow
def test_outlines_of_the_bank_are_not_told_that_they_contradict() -> None:
    """The outlines are strong answers in other words than the points: one in a hundred points at most."""
    scorer, seen, wronged = OfflineScorer(), 0, 0
    for question in shipped_questions()[::4]:
        if question.outline and question.key_points:
            turns = (Turn(0, "interviewer", question.text), Turn(1, "candidate", question.outline))
            for point in scorer.score(Answer(question, turns)).key_points:
                seen, wronged = seen + 1, wronged + (point.status == "contradicted")
    assert seen > 150 and wronged / seen <= 0.01
