"""What is kept of the database is forgotten by every write, and never crosses a viewer or a process."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.access import Viewer
from data.domain import RehearseError
from data.store import Session
from data.store.since_write import MOST_KEPT, SinceWrite
from tests.stored import result

ONE = result().attempt.id


def counted() -> tuple[list[int], Callable[[], int]]:
    calls: list[int] = []

    def read() -> int:
        calls.append(1)
        return len(calls)

    return calls, read


def test_what_was_read_is_kept_until_something_is_written() -> None:
    kept = SinceWrite(alone=True)
    calls, read = counted()
    assert [kept.get("a", read), kept.get("a", read)] == [1, 1]
    kept.written()
    assert kept.get("a", read) == 2
    assert len(calls) == 2


def test_what_was_read_across_a_write_is_not_kept() -> None:
    kept = SinceWrite(alone=True)

    def overtaken() -> str:
        kept.written()
        return "old"

    assert kept.get("a", overtaken) == "old"
    assert kept.get("a", lambda: "new") == "new"


def test_where_others_write_too_nothing_is_kept() -> None:
    kept = SinceWrite(alone=False)
    _, read = counted()
    assert [kept.get("a", read), kept.get("a", read)] == [1, 2]


def test_a_bounded_number_of_answers_is_kept() -> None:
    kept = SinceWrite(alone=True)
    for number in range(MOST_KEPT + 1):
        kept.get(number, lambda: "first")
    assert kept.get(0, lambda: "again") == "again"
    assert kept.get(MOST_KEPT, lambda: "again") == "first"


@pytest.mark.slow
def test_every_way_to_write_is_seen_by_the_next_read(session: Session) -> None:
    mine = result()
    me = mine.attempt.candidate_id
    assert session.answers.of(me) == ()
    session.answers.save(mine)
    assert [attempt.id for attempt in session.answers.of(me)] == [ONE]
    assert session.memory.recall(me, "aim") is None
    session.memory.remember(me, "aim", "3")
    assert session.memory.recall(me, "aim") == "3"
    assert len(session.query("sessions", candidate_id=me)) == 1
    session.answers.erase(ONE)
    assert session.answers.of(me) == ()
    assert session.answers.load(ONE) is None
    assert session.query("sessions", candidate_id=me).empty


def test_a_frame_that_somebody_changes_stays_as_it_was_read(session: Session) -> None:
    mine = result()
    session.answers.save(mine)
    first = session.query("sessions", candidate_id=mine.attempt.candidate_id)
    first["answers"] = 0
    first.loc[0, "questions"] = "changed"
    again = session.query("sessions", candidate_id=mine.attempt.candidate_id)
    assert again["answers"].iloc[0] == 1
    assert again["questions"].iloc[0] != "changed"


def test_what_the_owner_has_read_is_not_given_to_somebody_else(session: Session) -> None:
    mine = result()
    me = mine.attempt.candidate_id
    session.answers.save(mine)
    assert session.answers.load(ONE) is not None
    stranger = session.seen_by(Viewer("stranger", "candidate"))
    for read in (
        lambda: stranger.answers.load(ONE),
        lambda: stranger.answers.of(me),
        lambda: stranger.memory.recall(me, "aim"),
        lambda: stranger.query("sessions", candidate_id=me),
    ):
        with pytest.raises(RehearseError):
            read()
