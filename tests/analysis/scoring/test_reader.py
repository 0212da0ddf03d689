from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.exam.constructed_answers import shipped_answers
from analysis.exam.exam_figures import measure
from analysis.exam.one_reading import rating_of
from analysis.reading.quotes import verify
from analysis.scoring.reader import ReaderScorer
from analysis.scoring.scorers import make_scorer
from data.domain import Answer, KeyPoint, Turn, Word
from tests.stored import shipped_questions

pytestmark = pytest.mark.slow
QUESTION = next(one for one in shipped_questions() if one.id == "distributed-lease-fencing")


def answering(turn: Turn, *more: Turn) -> Answer:
    return Answer(QUESTION, (Turn(0, "interviewer", QUESTION.text), turn, *more))


def test_the_reader_gives_no_level_no_flag_and_calls_nothing_wrong() -> None:
    turned_round = (
        "The lock can not expire while the worker is paused, so no other worker gets it. We use Redis."
    )
    for text in (turned_round, QUESTION.key_points[0].text, "I do not know.", ""):
        found = ReaderScorer().score(answering(Turn(1, "candidate", text)))
        assert found.scores == () and found.flags == ()
        assert (found.scorer, found.scorer_version) == (ReaderScorer.name, ReaderScorer.version)
        assert [one.key_point for one in found.key_points] == list(QUESTION.key_points)
        assert {one.status for one in found.key_points} <= {"covered", "missed", "cannot_tell"}


def test_what_is_heard_has_its_quote_second_and_how_it_was_invited() -> None:
    spoken = QUESTION.key_points[0].text.split()
    words = tuple(Word(word, float(at), at + 0.5) for at, word in enumerate(spoken))
    turn = Turn(1, "candidate", " ".join(spoken), words=words, elicitation="prompted")
    found = ReaderScorer().score(answering(turn)).key_points[0]
    assert found.status == "covered" and found.evidence is not None
    assert verify(found.evidence.quote, (turn,)) == found.evidence
    assert found.evidence.start_seconds == 0.0 and found.evidence.end_seconds == len(spoken) - 0.5
    assert found.evidence.elicitation == "prompted"


def test_comments_of_written_code_are_read_and_what_is_not_is_told() -> None:
    code = Turn(2, "candidate", f"x = 1\n# {QUESTION.key_points[0].text}\n", kind="code")
    found = ReaderScorer().score(answering(Turn(1, "candidate", "Here is my code for it."), code))
    assert found.key_points[0].status == "covered"
    assert any("comments" in note for note in found.notes)


def test_a_point_without_words_cannot_be_told() -> None:
    blank = replace(QUESTION, key_points=(KeyPoint("p", "...", "", "C2"), *QUESTION.key_points))
    answer = replace(answering(Turn(1, "candidate", QUESTION.key_points[0].text)), question=blank)
    assert ReaderScorer().score(answer).key_points[0].status == "cannot_tell"


def test_an_exam_of_the_reader_has_figures_of_points_and_none_of_levels() -> None:
    rows = shipped_answers()[:5]
    reader = make_scorer("reader")
    ratings = [rating_of(reader.score(row.answer), row.answer.question.key_points) for row in rows]
    figures = measure(rows, ratings)
    assert figures["qwk"] is None and figures["wrong_at_3"] is None and figures["unscored"] == 1.0
    assert sum(sum(found.values()) for found in figures["points"].values()) > 0
