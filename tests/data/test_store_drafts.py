"""Drafts with versions: an older tab never replaces what a newer one wrote."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from data.access import NOBODY, Viewer
from data.domain import Change, Draft, RehearseError
from data.store import Session
from tests.stored import result

KEY = "draft:url-shortener"


def test_a_draft_is_kept_as_it_grows(session: Session) -> None:
    assert session.drafts.find("me", KEY) == Draft()
    assert session.drafts.keep("me", KEY, Change("I would", "a.1")) == Draft("I would", "a.1")
    assert session.drafts.keep("me", KEY, Change("I would ask", "a.2")) == Draft("I would ask", "a.2")
    assert session.drafts.find("me", KEY) == Draft("I would ask", "a.2")
    assert session.drafts.find("you", KEY) == Draft()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Change("older", "a.1"), "the same tab, sent again"),
        (Change("older", "a.2"), "the same tab, sent twice"),
        (Change("other", "b.7"), "another tab that has not seen it"),
        (Change("other", "b.7", "a.1"), "another tab that has seen an older one"),
        (Change("odd", "", ""), "a version that is none"),
        (Change("odd", "a.-3", ""), "a count that is none"),
        (Change("odd", "a." + "9" * 5000, ""), "a count of five thousand digits"),
    ],
)
def test_what_is_not_newer_replaces_nothing(session: Session, change: Change, why: str) -> None:
    session.drafts.keep("me", KEY, Change("I would", "a.1"))
    session.drafts.keep("me", KEY, Change("I would ask", "a.2"))
    assert session.drafts.keep("me", KEY, change) == Draft("I would ask", "a.2"), why
    assert session.drafts.find("me", KEY) == Draft("I would ask", "a.2")


def test_a_tab_that_has_seen_the_newest_goes_on_from_there(session: Session) -> None:
    session.drafts.keep("me", KEY, Change("I would", "a.1"))
    assert session.drafts.keep("me", KEY, Change("I would ask", "b.1", "a.1")).version == "b.1"
    assert session.drafts.keep("me", KEY, Change("mine", "a.2")).version == "b.1"
    assert session.drafts.keep("me", KEY, Change("mine all the same", "a.3", "b.1")).version == "a.3"


def test_what_was_finished_does_not_come_back_from_an_older_tab(session: Session) -> None:
    session.drafts.keep("me", KEY, Change("I would", "a.1"))
    session.drafts.drop("me", KEY)
    assert session.drafts.keep("me", KEY, Change("I would ask", "a.2", "a.1")) == Draft()
    assert session.drafts.find("me", KEY) == Draft()
    assert session.drafts.keep("me", KEY, Change("another answer", "c.1")).version == "c.1"


def test_of_many_tabs_at_once_one_is_kept_and_the_others_are_told(session: Session) -> None:
    session.drafts.keep("me", KEY, Change("I would", "a.1"))

    def write(tab: int) -> Draft:
        return session.drafts.keep("me", KEY, Change(f"tab {tab}", f"t{tab}.1", "a.1"))

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(write, range(8)))
    assert set(told) == {session.drafts.find("me", KEY)}


@pytest.mark.parametrize("other", [Viewer("you"), NOBODY, Viewer("root", "admin"), Viewer("i", "instructor")])
def test_drafts_are_their_owners(session: Session, other: Viewer) -> None:
    session.drafts.keep("me", KEY, Change("I would", "a.1"))
    drafts = session.seen_by(other).drafts
    for call in (
        lambda: drafts.find("me", KEY),
        lambda: drafts.keep("me", KEY, Change("taken over", "b.1", "a.1")),
        lambda: drafts.put("me", KEY, Draft("taken over", "b.1")),
        lambda: drafts.drop("me", KEY),
    ):
        with pytest.raises(RehearseError):
            call()
    assert session.drafts.find("me", KEY) == Draft("I would", "a.1")


@pytest.mark.slow
def test_erasing_an_answer_takes_the_drafts_about_it(session: Session) -> None:
    told = result()
    session.answers.save(told)
    for key in (f"words-draft:{told.attempt.id}", f"interview-draft:{told.attempt.session_id}"):
        session.drafts.put(told.attempt.candidate_id, key, Draft("what I said", "a.1"))
    session.drafts.put(told.attempt.candidate_id, KEY, Draft("another question", "a.1"))
    session.answers.erase(told.attempt.id)
    with session.database.reading() as connection:
        assert list(connection.execute(text("SELECT key FROM drafts")).scalars()) == [KEY]
    session.everything.erase(told.attempt.candidate_id)
    assert session.drafts.find(told.attempt.candidate_id, KEY) == Draft()


def test_a_draft_with_half_a_sign_is_kept_with_a_whole_one(session: Session) -> None:
    session.drafts.keep("me", KEY, Change("half \ud83d", "a.1"))
    assert session.drafts.find("me", KEY) == Draft("half �", "a.1")
    session.drafts.put("me", KEY, Draft("other \ude00 \0half", "a.2"))
    assert session.drafts.find("me", KEY) == Draft("other � half", "a.2")
