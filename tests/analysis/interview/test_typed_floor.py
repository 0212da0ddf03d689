"""What is typed in an interview: an older tab replaces nothing, and nothing is emptied before it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from analysis.interview.keeping.kept_interview import Interview
from analysis.live.typed_floor import TypedFloor
from data.domain import Change, Draft, RehearseError
from tests.conducted import SAID, desk


@dataclass
class Disk:
    """Keeps interviews and drafts while it is not full."""

    full: bool = False
    drafts: list[Draft] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)

    def draft(self, draft: Draft) -> None:
        self._check()
        self.drafts.append(draft)

    def interview(self, interview: Interview) -> None:
        self._check()
        self.interviews.append(interview)

    def _check(self) -> None:
        if self.full:
            raise RehearseError("The disk is full.")


def test_an_older_tab_replaces_nothing_newer() -> None:
    floor = TypedFloor(Draft("I would", "a.1"), lambda _: None)
    assert floor.write(Change("I would ask", "b.1", "a.1"))
    assert not floor.write(Change("older", "a.2"))
    assert floor.draft == Draft("I would ask", "b.1")
    assert floor.write(Change("older all the same", "a.3", "b.1"))


def test_what_was_sent_from_one_tab_is_not_sent_again_from_another() -> None:
    floor = TypedFloor(Draft(), lambda _: None)
    floor.write(Change("I would ask", "a.1"))
    assert floor.last_words().text == "I would ask"
    assert floor.draft == Draft("", "taken:a.1")
    assert not floor.write(Change("I would ask", "a.2", "a.1"))
    assert floor.write(Change("The next answer", "c.1", "taken:a.1"))


def test_the_kept_draft_is_emptied_only_when_its_words_are_kept_with_the_interview() -> None:
    disk = Disk()
    floor = TypedFloor(Draft(), disk.draft)
    made = desk(floor, keep=disk.interview)
    made.conductor.begin()
    floor.write(Change(SAID, "a.1"))
    disk.full = True
    made.conductor.command("done")
    made.work()
    assert made.conductor.interview.state.dialogue.turns[1].text == SAID
    assert disk.drafts == [Draft(SAID, "a.1")], "a crash now finds the words in their box"
    disk.full = False
    made.pass_time(13)
    assert disk.interviews[-1].state.dialogue.turns[1].text == SAID
    assert disk.drafts[-1] == Draft("", "taken:a.1")


def test_a_draft_that_cannot_be_kept_is_still_handed_over() -> None:
    disk = Disk(full=True)
    floor = TypedFloor(Draft(), disk.draft)
    with pytest.raises(RehearseError):
        floor.write(Change(SAID, "a.1"))
    assert floor.last_words().text == SAID
