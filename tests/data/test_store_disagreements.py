"""Disputes and overrides are kept beside the machine's level, once a level, and leave with the answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from data.access import Viewer
from data.domain import RehearseError, Score
from data.store import Session
from tests.engines import Engine
from tests.stored import result, score

ID = result().attempt.id
FIRST = score(2.0, scorer="judge")
SECOND = replace(FIRST, level=3.0, low=3.0, high=3.0, scorer_version="1 rejudged=1")


@pytest.fixture
def session(session: Session) -> Session:
    session.answers.save(result(1, FIRST))
    return session


def test_a_dispute_comes_back_with_the_score_it_is_about_and_its_date(session: Session) -> None:
    made = session.disagreements.dispute(ID, FIRST, "  I named the replica lag.  ")
    assert session.disagreements.disputes(ID) == (made,)
    assert (made.first, made.reason, made.second) == (FIRST, "I named the replica lag.", None)


def test_a_second_dispute_of_the_same_level_is_refused(session: Session) -> None:
    session.disagreements.dispute(ID, FIRST, "I named it.")
    with pytest.raises(RehearseError, match="once before"):
        session.disagreements.dispute(ID, FIRST, "I did, really.")
    assert len(session.disagreements.disputes(ID)) == 1


@pytest.mark.slow
def test_levels_of_other_criteria_and_scorers_may_be_disputed_too(session: Session) -> None:
    for one in (FIRST, score(2.0, "C4", "judge"), score(2.0, scorer="plain"), score(None, "C6", "judge")):
        session.disagreements.dispute(ID, one, "I named it.")
    assert len(session.disagreements.disputes(ID)) == 4


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_a_dispute_needs_a_reason(session: Session, reason: str) -> None:
    with pytest.raises(RehearseError, match="reason is missing"):
        session.disagreements.dispute(ID, FIRST, reason)
    assert session.disagreements.disputes(ID) == ()


@pytest.mark.slow
def test_both_levels_are_kept_and_the_assessment_stays_as_it_was(session: Session) -> None:
    session.disagreements.dispute(ID, FIRST, "I named it.")
    session.disagreements.judged_again(ID, FIRST, SECOND)
    (found,) = session.disagreements.disputes(ID)
    assert (found.first, found.second) == (FIRST, SECOND)
    assert found.second_at is not None and found.second_at >= found.made_at
    assert [one.scores for one in session.answers.assessments(ID)] == [(FIRST,)]


def test_the_first_second_score_stays(session: Session) -> None:
    session.disagreements.dispute(ID, FIRST, "I named it.")
    session.disagreements.judged_again(ID, FIRST, SECOND)
    session.disagreements.judged_again(ID, FIRST, replace(SECOND, level=4.0))
    assert session.disagreements.disputes(ID)[0].second == SECOND


def test_an_unscored_second_score_is_kept_with_its_reason(session: Session) -> None:
    unscored: Score = score(None, "C2", "judge")
    session.disagreements.dispute(ID, FIRST, "I named it.")
    session.disagreements.judged_again(ID, FIRST, unscored)
    assert session.disagreements.disputes(ID)[0].second == unscored


def test_corrected_words_may_be_disputed_afresh_and_the_earlier_dispute_says_so(session: Session) -> None:
    session.disagreements.dispute(ID, FIRST, "I named it.")
    session.answers.save(result(1, FIRST, text="the leader refuses all writes"))
    session.disagreements.dispute(ID, FIRST, "It was misheard.")
    newer, older = session.disagreements.disputes(ID)
    assert (newer.same_words, older.same_words) == (True, False)


@pytest.mark.slow
def test_scoring_again_keeps_disputes_and_overrides(session: Session) -> None:
    session.disagreements.dispute(ID, FIRST, "I named it.")
    session.disagreements.override(ID, FIRST, 3.0, "The lag is named.")
    session.answers.save(result(1, replace(FIRST, level=1.0)))
    assert session.disagreements.disputes(ID)[0].first == FIRST
    assert session.disagreements.overrides(ID)[0].machine == FIRST


def test_overrides_stand_beside_with_who_and_when_newest_first(session: Session) -> None:
    older = session.disagreements.override(ID, FIRST, 3.0, "The lag is named.")
    newer = session.disagreements.override(ID, FIRST, 4.0, "And its effect.")
    assert session.disagreements.overrides(ID) == (newer, older)
    assert (newer.machine, newer.made_by) == (FIRST, "local")
    assert [one.scores for one in session.answers.assessments(ID)] == [(FIRST,)]


@pytest.mark.parametrize("level", [0.0, 0.9, 4.5, 9.0])
def test_an_override_outside_the_levels_is_refused(session: Session, level: float) -> None:
    with pytest.raises(RehearseError, match="from 1 to 4"):
        session.disagreements.override(ID, FIRST, level, "")


def test_strangers_may_neither_read_nor_dispute_nor_override(session: Session) -> None:
    stranger = session.seen_by(Viewer("anna")).disagreements
    with pytest.raises(RehearseError, match="may not dispute"):
        stranger.dispute(ID, FIRST, "It is mine.")
    with pytest.raises(RehearseError, match="may not give a level"):
        stranger.override(ID, FIRST, 3.0, "")
    for read in (stranger.disputes, stranger.overrides):
        with pytest.raises(RehearseError, match="may not see"):
            read(ID)
    with pytest.raises(RehearseError, match="may not see"):
        stranger.all_disputes(["me"])


def test_a_candidate_gives_no_level_of_their_own_as_an_instructor(session: Session) -> None:
    with pytest.raises(RehearseError, match="Only an instructor"):
        session.seen_by(Viewer("me")).disagreements.override(ID, FIRST, 4.0, "")


def test_all_of_some_candidates_are_found(session: Session) -> None:
    session.answers.save(result(2, FIRST, candidate="anna"))
    for owner in (ID, result(2, candidate="anna").attempt.id):
        session.disagreements.dispute(owner, FIRST, "I named it.")
        session.disagreements.override(owner, FIRST, 3.0, "")
    assert [one.attempt_id for one in session.disagreements.all_disputes(["me"])] == [ID]
    assert len(session.disagreements.all_overrides(["me", "anna"])) == 2
    assert session.disagreements.all_overrides([]) == ()


def test_nothing_can_be_said_about_an_answer_that_is_gone(session: Session) -> None:
    with pytest.raises(RehearseError, match="not there"):
        session.disagreements.dispute("gone", FIRST, "I named it.")
    assert session.disagreements.disputes("gone") == ()


@pytest.mark.slow
@pytest.mark.parametrize("what", ["attempt", "candidate"])
def test_disputes_and_overrides_leave_the_disk_with_the_answer(
    session: Session, engine: Engine, address: str, what: str
) -> None:
    session.disagreements.dispute(ID, FIRST, "xylophone-quasar")
    session.disagreements.override(ID, FIRST, 3.0, "xylophone-quasar")
    if what == "attempt":
        session.answers.erase(ID)
    else:
        session.everything.erase("me")
    assert not engine.holds(address, "xylophone-quasar")
    assert session.disagreements.all_disputes(["me"]) == ()
    assert session.disagreements.all_overrides(["me"]) == ()


@pytest.mark.slow
def test_an_export_holds_them(session: Session, tmp_path: Path) -> None:
    session.disagreements.dispute(ID, FIRST, "I named it.")
    session.disagreements.override(ID, FIRST, 3.0, "Yes.")
    session.everything.export("me", tmp_path / "export")
    assert pd.read_csv(tmp_path / "export" / "disputes.csv")["reason"].tolist() == ["I named it."]
    assert pd.read_csv(tmp_path / "export" / "overrides.csv")["level"].tolist() == [3.0]
