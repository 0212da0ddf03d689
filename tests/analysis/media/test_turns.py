"""Whose recording is taken in next: everybody in turn, one of each person, one long one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from queue import SimpleQueue

import pytest

from analysis.media.intake.turns import Turns
from data.domain import RehearseError

PATIENT = 60.0


def told(turns: Turns, owner: str, *, long: bool = False) -> str:
    """What somebody without patience is told; "" when it is their turn."""
    said: list[str] = []
    try:
        with turns.held(replace(turns.arrive(owner), long=long), said.append):
            pass
    except RehearseError:
        return said[0]
    return ""


def test_one_person_holds_one_place_and_others_do_not_wait_for_it() -> None:
    turns = Turns(patience_seconds=0.0)
    with turns.held(turns.arrive("ada"), print):
        assert told(turns, "ada") == "Another recording of yours is being read. This one begins after it."
        assert told(turns, "bob") == ""
    assert told(turns, "ada") == ""


def test_who_waits_is_told_at_once_what_for() -> None:
    turns = Turns(patience_seconds=0.0)
    with turns.held(turns.arrive("ada"), print), turns.held(turns.arrive("bob"), print):
        assert told(turns, "cyd") == "2 other recordings are being read. Yours begins after one of them."


def test_a_long_recording_leaves_a_place_to_short_ones() -> None:
    turns = Turns(patience_seconds=0.0)
    with turns.held(replace(turns.arrive("ada"), long=True), print):
        assert told(turns, "bob", long=True) == (
            "Another long recording is being read. Yours is long as well and begins after it."
        )
        assert told(turns, "bob") == ""


def test_who_has_waited_long_enough_is_sent_away_and_the_place_is_free_for_others() -> None:
    turns = Turns(places=1, patience_seconds=0.0)
    with turns.held(turns.arrive("ada"), print), pytest.raises(RehearseError, match="take long"):
        turns.held(turns.arrive("bob"), print).__enter__()
    assert told(turns, "cyd") == ""


def test_a_page_that_is_closed_while_it_waits_leaves_the_line() -> None:
    class ClosedError(Exception):
        pass

    def closed(_said: str) -> None:
        raise ClosedError

    turns = Turns(places=1, patience_seconds=PATIENT)
    with turns.held(turns.arrive("ada"), print), pytest.raises(ClosedError):
        turns.held(turns.arrive("bob"), closed).__enter__()
    assert told(turns, "cyd") == ""


def test_they_come_in_the_order_in_which_they_arrived() -> None:
    turns, began = Turns(places=1, patience_seconds=PATIENT), SimpleQueue[str]()
    says: dict[str, SimpleQueue[str]] = {name: SimpleQueue() for name in ("bob", "cyd")}

    def waits(name: str) -> Callable[[], None]:
        def work() -> None:
            with turns.held(turns.arrive(name), says[name].put):
                began.put(name)

        return work

    with ExitStack() as first:
        first.enter_context(turns.held(turns.arrive("ada"), print))
        threads = [threading.Thread(target=waits(name)) for name in says]
        for thread, said in zip(threads, says.values(), strict=True):
            thread.start()
            heard = said.get(timeout=PATIENT)
        assert heard == "Another recording is being read, and 1 waits before yours."
    for thread in threads:
        thread.join(PATIENT)
    assert [began.get(timeout=PATIENT) for _ in says] == ["bob", "cyd"]


def test_it_is_said_when_the_waiting_is_over() -> None:
    turns, said = Turns(places=1, patience_seconds=PATIENT), SimpleQueue[str]()

    def waits() -> None:
        with turns.held(turns.arrive("bob"), said.put):
            pass

    with turns.held(turns.arrive("ada"), print):
        thread = threading.Thread(target=waits)
        thread.start()
        assert said.get(timeout=PATIENT)
    thread.join(PATIENT)
    heard = []
    while not said.empty():
        heard.append(said.get())
    assert heard[-1] == ""


def test_a_page_that_is_closed_just_as_its_waiting_ends_gives_the_place_back() -> None:
    turns, said, ended = Turns(places=1, patience_seconds=PATIENT), SimpleQueue[str](), SimpleQueue[str]()

    def closed(sentence: str) -> None:
        said.put(sentence)
        if not sentence:
            raise RehearseError("Closed.")

    def waits() -> None:
        try:
            turns.held(turns.arrive("bob"), closed).__enter__()
        except RehearseError as error:
            ended.put(error.message)

    with turns.held(turns.arrive("ada"), print):
        thread = threading.Thread(target=waits)
        thread.start()
        assert said.get(timeout=PATIENT)
    thread.join(PATIENT)
    assert ended.get(timeout=PATIENT) == "Closed."
    with turns.held(turns.arrive("cyd"), print):
        pass
