"""Own marks: kept beside what was heard, about words that were said, erased with the answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.access import Viewer
from data.domain import Evidence, RehearseError
from data.store import Session
from tests.stored import QUOTE, result

pytestmark = pytest.mark.slow

ATTEMPT = result().attempt.id
SAID = Evidence("refuses writes", 1, start_seconds=1.6)


@pytest.fixture
def session(session: Session) -> Session:
    session.answers.save(result())
    return session


def test_a_point_that_was_not_found_is_marked_with_the_words_that_make_it(session: Session) -> None:
    made = session.answers.mark_own(ATTEMPT, "k2", SAID)
    assert (made.point, made.quote, made.turn, made.seconds) == ("k2", "refuses writes", 1, 1.6)
    assert session.answers.own_marks(ATTEMPT) == (made,)


def test_a_mark_changes_nothing_that_a_scorer_said(session: Session) -> None:
    before = session.answers.load(ATTEMPT)
    session.answers.mark_own(ATTEMPT, "k2", SAID)
    assert session.answers.load(ATTEMPT) == before


def test_a_second_mark_of_a_point_replaces_the_first(session: Session) -> None:
    session.answers.mark_own(ATTEMPT, "k2", SAID)
    session.answers.mark_own(ATTEMPT, "k2", QUOTE)
    assert [mark.quote for mark in session.answers.own_marks(ATTEMPT)] == [QUOTE.quote]


def test_a_mark_can_be_taken_back(session: Session) -> None:
    session.answers.mark_own(ATTEMPT, "k1", QUOTE)
    session.answers.mark_own(ATTEMPT, "k2", SAID)
    session.answers.take_back(ATTEMPT, "k2")
    assert [mark.point for mark in session.answers.own_marks(ATTEMPT)] == ["k1"]


@pytest.mark.parametrize(
    ("quote", "turn"), [("accepts writes", 1), ("Design it.", 0), (" ", 1), ("refuses writes", 7)]
)
def test_only_words_of_the_own_answer_can_be_chosen(session: Session, quote: str, turn: int) -> None:
    with pytest.raises(RehearseError, match="not in the answer"):
        session.answers.mark_own(ATTEMPT, "k2", Evidence(quote, turn))


def test_only_a_point_the_answer_was_held_against_can_be_marked(session: Session) -> None:
    with pytest.raises(RehearseError, match="not held against"):
        session.answers.mark_own(ATTEMPT, "another", SAID)


def test_a_mark_goes_when_its_words_are_corrected_away_and_stays_otherwise(session: Session) -> None:
    session.answers.mark_own(ATTEMPT, "k1", Evidence("the leader", 1))
    session.answers.mark_own(ATTEMPT, "k2", SAID)
    session.answers.save(result(text="the leader stops"))
    assert [mark.point for mark in session.answers.own_marks(ATTEMPT)] == ["k1"]


def test_saving_an_answer_once_more_keeps_its_marks(session: Session) -> None:
    session.answers.mark_own(ATTEMPT, "k2", SAID)
    session.answers.save(replace(result(), notes=()))
    assert len(session.answers.own_marks(ATTEMPT)) == 1


def test_marks_are_taken_along_and_erased_with_the_answer_and_with_everything(
    session: Session, tmp_path: Path
) -> None:
    session.answers.mark_own(ATTEMPT, "k2", SAID)
    session.everything.export("me", tmp_path / "mine")
    assert "refuses writes" in (tmp_path / "mine" / "own_marks.csv").read_text()
    session.answers.erase(ATTEMPT)
    session.answers.save(result(2))
    session.answers.mark_own(result(2).attempt.id, "k2", SAID)
    session.everything.erase("me")
    with session.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM own_marks").scalar() == 0


def test_nobody_marks_an_answer_of_somebody_else(session: Session) -> None:
    other = session.seen_by(Viewer("other"))
    for change in (
        lambda: other.answers.mark_own(ATTEMPT, "k2", SAID),
        lambda: other.answers.take_back(ATTEMPT, "k2"),
        lambda: other.answers.own_marks(ATTEMPT),
    ):
        with pytest.raises(RehearseError, match="may not"):
            change()
