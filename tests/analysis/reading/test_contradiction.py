from __future__ import annotations

import pytest

from analysis.evaluate.contradictions_told import measure, read_rows
from analysis.evaluate.graded_levels import read_gold
from analysis.reading.contradiction import is_denied
from analysis.reading.placed import said
from analysis.scoring.offline import OfflineScorer
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
        # the opposite term about the same thing in the same case
        ("Delete the cache entry after the commit.", "Delete the cache entry before the commit."),
        ("Accepts new links while the cache is down.", "We refuse new links while the cache is down."),
        # what comes first
        (
            "Uploads blocks before committing metadata.",
            "Metadata is committed before the blocks are uploaded.",
        ),
        # a short claim in the same two words
        ("Consumers must deduplicate by event id.", "Consumers do not have to deduplicate."),
        # both sentences are about the same way
        ("Adding nodes does not help.", "Adding nodes helps, since one key is spread over them."),
        ("Do not send all reads to the primary.", "Send all reads to the primary."),
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
        # an opposite term in another case, or over a clause instead of a thing
        (
            "Accepts that a new link may be missing on a lagging replica, and reads from the leader then.",
            "If the primary fails a follower is promoted and we refuse new links meanwhile.",
        ),
        ("Accepts new links while the cache is down.", "We refuse new links while the database is down."),
        ("Accepts writes again after the failover.", "During the failover the database refuses writes."),
        # two opposites make one agreement
        ("Only the majority side accepts writes.", "The minority side refuses writes."),
        # what is only supposed, described or set aside
        (
            "Delete the entry after the commit.",
            "If we delete the entry before the commit a reader fills it again.",
        ),
        (
            "Delete the entry after the commit.",
            "Deleting the entry before the commit lets a reader fill it again.",
        ),
        ("Replication is asynchronous.", "Log shipping instead of a synchronous replication."),
        (
            "Do not send all reads to the primary, because then the replicas no longer help.",
            "Sending all reads to the primary fixes it but then the replicas are of no use.",
        ),
        # a negation of all, of a degree, or in the sentence before
        (
            "Send the reads of that user to the primary for a short time.",
            "Never send all reads to the primary.",
        ),
        (
            "A log keeps records and every consumer group has its own offset to read from.",
            "In a log I cannot have more readers in a group than partitions.",
        ),
        (
            "Dividing the stock into allotments lets both sides sell from their own share.",
            "Losing an item I would not. With allotments each side can go on selling.",
        ),
        # a word that only looks like the term
        ("Asks how many redirects follow a link.", "A leader stores the link."),
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


@pytest.mark.slow
@pytest.mark.parametrize("part", ["tuning", "held_back"])
def test_no_right_sentence_of_the_gold_set_is_called_an_opposite(part: str) -> None:
    figures = measure([row for row in read_rows() if row.part == part])
    assert figures["right"] == 80
    assert figures["alarms"] == []
    assert figures["called_opposite_in_answers"] == 0
    assert figures["told"] >= 12
