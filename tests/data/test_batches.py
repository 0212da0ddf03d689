"""Batches as they are kept: selected, taken by one process at a time, settled once, erased with an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from data.access import Viewer
from data.domain import RehearseError
from data.domain.batches import Selection, Task, asked_for
from data.store import Session
from data.store.kept_batches import Batches
from tests.hosted_cohorts import Hosted
from tests.stored import BEGAN, result, score

pytestmark = pytest.mark.slow
ALL = Selection()


@pytest.fixture
def session(session: Session) -> Session:
    session.answers.save_many(
        [
            result(1),
            result(2, days=10),
            result(3, score(scorer="judge"), candidate="anna"),
            replace(result(4), attempt=replace(result(4).attempt, status="recording")),
            replace(result(5), attempt=replace(result(5).attempt, recording="x.mov.received")),
            replace(result(6), attempt=replace(result(6).attempt, recording=None, question_id="q6")),
        ]
    )
    return session


def chosen(session: Session, kind: str, **asked: str) -> list[int]:
    batch = session.batches.begin(kind, Selection(**asked))  # type: ignore[arg-type]
    return sorted(int(task.attempt_id.rpartition("-")[2]) for task in session.batches.waiting(batch.id))


def test_a_batch_takes_the_answers_that_its_kind_can_be_done_to(session: Session) -> None:
    assert chosen(session, "rescore") == [1, 2, 3, 5, 6]
    assert chosen(session, "reanalyse") == [1, 2, 3]
    assert chosen(session, "rejudge") == [3]


def test_a_selection_says_whose_which_and_when(session: Session) -> None:
    assert chosen(session, "rescore", candidate="anna") == [3]
    assert chosen(session, "rescore", question="q6") == [6]
    day = (BEGAN + timedelta(days=10)).date().isoformat()
    assert chosen(session, "rescore", since=day) == [2]
    assert chosen(session, "rescore", since=day, until=day) == [2]
    assert chosen(session, "rescore", until=BEGAN.date().isoformat()) == [1, 3, 5, 6]
    assert chosen(session, "rescore", cohort="nobody's") == []


def test_the_same_asked_again_while_it_is_open_is_the_same_batch(session: Session) -> None:
    first = session.batches.begin("rescore", ALL)
    assert session.batches.begin("rescore", ALL).id == first.id
    assert session.batches.begin("rescore", Selection(candidate="anna")).id != first.id
    session.batches.cancel(first.id)
    assert session.batches.begin("rescore", ALL).id != first.id


def test_what_is_settled_does_not_wait_any_more_and_is_counted(session: Session) -> None:
    batch = session.batches.begin("rescore", ALL)
    assert session.batches.take(batch.id, "one")
    first, second, *others = session.batches.waiting(batch.id)
    session.batches.settle(batch.id, first, "done")
    session.batches.settle(batch.id, second, "failed", "It broke.")
    assert session.batches.waiting(batch.id) == tuple(others)
    assert session.batches.find(batch.id).told == "2 of 5 answers · 1 failed"
    assert session.batches.reasons(batch.id) == {"It broke.": 1}
    session.batches.let_go(batch.id, "one")
    assert session.batches.find(batch.id).is_open
    for task in others:
        session.batches.settle(batch.id, task, "done")
    assert session.batches.take(batch.id, "another")
    session.batches.let_go(batch.id, "another")
    assert not session.batches.find(batch.id).is_open
    assert not session.batches.take(batch.id, "one")


def test_a_cancelled_batch_is_told_at_the_next_beat_and_not_taken_again(session: Session) -> None:
    batch = session.batches.begin("rescore", ALL)
    assert session.batches.take(batch.id, "one")
    assert session.batches.beat(batch.id, "one")
    assert not session.batches.beat(batch.id, "another")
    session.batches.cancel(batch.id)
    assert not session.batches.beat(batch.id, "one")
    assert not session.batches.take(batch.id, "one")


def test_an_erased_answer_is_in_no_batch_and_an_empty_one_ends(session: Session) -> None:
    batch = session.batches.begin("rescore", Selection(candidate="anna"))
    session.answers.erase(result(3, candidate="anna").attempt.id)
    assert session.batches.find(batch.id).whole == 0
    session.batches.take(batch.id, "one")
    session.batches.let_go(batch.id, "one")
    assert session.batches.find(batch.id).ended_at is not None


@pytest.mark.parametrize("role", ["candidate", "instructor"])
def test_who_instructs_nobody_and_configures_nothing_has_no_answers_worked_on(
    session: Session, role: str
) -> None:
    batch = session.batches.begin("rescore", ALL)
    batches = session.seen_by(Viewer("me", role)).batches  # type: ignore[arg-type]
    for call in (
        lambda: batches.begin("rescore", ALL),
        lambda: batches.find(batch.id),
        lambda: batches.all(),
        lambda: batches.waiting(batch.id),
        lambda: batches.take(batch.id, "one"),
        lambda: batches.beat(batch.id, "one"),
        lambda: batches.settle(batch.id, Task("a", "me"), "done"),
        lambda: batches.let_go(batch.id, "one"),
        lambda: batches.cancel(batch.id),
        lambda: batches.reasons(batch.id),
    ):
        with pytest.raises(RehearseError, match="Only an administrator"):
            call()


TASK = Task("attempt", "somebody")
CALLS: dict[str, Callable[[Batches, str], object]] = {
    "find": lambda batches, one: batches.find(one),
    "waiting": lambda batches, one: batches.waiting(one),
    "take": lambda batches, one: batches.take(one, "runner"),
    "beat": lambda batches, one: batches.beat(one, "runner"),
    "settle": lambda batches, one: batches.settle(one, TASK, "done"),
    "let_go": lambda batches, one: batches.let_go(one, "runner"),
    "reasons": lambda batches, one: batches.reasons(one),
    "cancel": lambda batches, one: batches.cancel(one),
}
"""Everything that is done with a batch of which the id is known."""


def test_an_instructor_has_the_answers_of_their_cohort_worked_on_and_those_of_no_other(
    session: Session,
) -> None:
    hosted = Hosted(session)
    mine, theirs = (
        Selection(cohort=hosted.cohort),
        Selection(cohort=hosted.cohorts("other instructor").instructed()[0].id),
    )
    batches, others = hosted.as_("instructor").batches, hosted.as_("other instructor").batches
    batch = batches.begin("rescore", mine)
    assert [task.candidate_id for task in batches.waiting(batch.id)] == [hosted.id("owner")]
    assert [one.id for one in batches.all()] == [batch.id]
    assert others.all() == ()
    everybodys = hosted.as_("local").batches.begin("rescore", ALL)
    assert {one.id for one in hosted.as_("admin").batches.all()} == {batch.id, everybodys.id}
    assert [one.id for one in batches.all()] == [batch.id]
    for selection in (ALL, theirs, Selection(candidate=hosted.id("owner"))):
        with pytest.raises(RehearseError, match="Only an administrator"):
            batches.begin("rescore", selection)
    for call in CALLS.values():
        call(batches, batch.id)
        for not_theirs, who in ((everybodys.id, batches), (batch.id, others), ("none", others)):
            with pytest.raises(RehearseError, match="Only an administrator"):
                call(who, not_theirs)


def test_an_instructor_is_not_told_why_answers_were_left_out(session: Session) -> None:
    """Among the reasons is that somebody wanted no camera measure."""
    hosted = Hosted(session)
    batches = hosted.as_("instructor").batches
    batch = batches.begin("rescore", Selection(cohort=hosted.cohort))
    [task] = batches.waiting(batch.id)
    batches.settle(batch.id, task, "skipped", "No camera measure was wanted.")
    assert batches.reasons(batch.id) == {}
    assert hosted.as_("admin").batches.reasons(batch.id) == {"No camera measure was wanted.": 1}
    assert batches.find(batch.id).counts == {"done": 1}


def test_a_selection_is_typed_in_words() -> None:
    assert asked_for(["all"]) == ALL
    assert asked_for(["candidate=anna", "since=2026-11-01"]) == Selection("anna", since="2026-11-01")


@pytest.mark.parametrize("words", ["everything", "since=yesterday", "cohort=", "question=a question=b"])
def test_a_word_that_selects_nothing_is_refused(words: str) -> None:
    with pytest.raises(RehearseError):
        asked_for(words.split())
