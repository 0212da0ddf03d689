"""What fails on a thread is logged and told; who may find what runs."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

import pytest

from analysis.live.caretaker import Caretaker
from analysis.live.executor import Supervised
from analysis.live.registry import Registry
from data.access import LOCAL, NOBODY, Viewer


def fails() -> None:
    raise ZeroDivisionError("a fault nobody foresaw")


def test_a_failure_is_logged_and_told_to_whoever_asked(caplog: pytest.LogCaptureFixture) -> None:
    told: list[Exception] = []
    pool = Supervised(1, "interviewer")
    future = pool.submit(fails, told.append)
    pool.close()
    assert future.result() is None
    assert [type(problem) for problem in told] == [ZeroDivisionError]
    (record,) = caplog.records
    assert record.levelno == logging.ERROR and "interviewer" in record.message and record.exc_info


def test_a_failure_in_telling_of_a_failure_is_logged_too(caplog: pytest.LogCaptureFixture) -> None:
    def worse(problem: Exception) -> None:
        raise KeyError("worse")

    pool = Supervised(1, "interviewer")
    pool.submit(fails, worse)
    pool.submit(fails)
    pool.close()
    assert [record.exc_info and record.exc_info[0] for record in caplog.records] == [
        ZeroDivisionError,
        KeyError,
        ZeroDivisionError,
    ]


@dataclass
class Kept:
    owner: str


def test_two_that_ask_at_once_get_the_same_one() -> None:
    registry: Registry[Kept] = Registry()
    first, fresh = registry.obtain(Viewer("ada"), "i", lambda: Kept("ada"))
    second, again = registry.obtain(Viewer("ada"), "i", lambda: Kept("ada"))
    assert first is second and (fresh, again) == (True, False)


@pytest.mark.parametrize("other", [Viewer("bob"), NOBODY, Viewer("root", "admin"), Viewer("", "admin")])
def test_nothing_is_put_up_or_found_for_somebody_else(other: Viewer) -> None:
    registry: Registry[Kept] = Registry()
    assert registry.obtain(other, "i", lambda: Kept("ada")) == (None, False)
    registry.obtain(Viewer("ada"), "i", lambda: Kept("ada"))
    assert registry.obtain(other, "i", lambda: Kept("ada")) == (None, False)
    assert registry.find(other, "i") is None and registry.of(other) == {}
    assert registry.find(LOCAL, "i") == Kept("ada")


def test_only_the_very_one_is_let_go_of() -> None:
    registry: Registry[Kept] = Registry()
    old, new = Kept("ada"), Kept("ada")
    registry.obtain(Viewer("ada"), "i", lambda: new)
    registry.remove("i", old)
    assert registry.is_there("i", new)
    registry.remove("i", new)
    assert not registry.everything()


def test_one_that_cannot_be_looked_after_costs_the_others_nothing(caplog: pytest.LogCaptureFixture) -> None:
    registry: Registry[Kept] = Registry()
    for key in ("first", "second"):
        registry.obtain(Viewer("ada"), key, lambda: Kept("ada"))
    seen: list[str] = []

    def care(key: str, one: Kept) -> None:
        seen.append(key)
        if key == "first":
            fails()

    Caretaker(registry, care, 1.0).round()
    assert seen == ["first", "second"] and len(caplog.records) == 1


def test_the_caretaker_goes_home_when_nothing_is_left_and_comes_again() -> None:
    registry: Registry[Kept] = Registry()
    rounds: list[str] = []
    home = threading.Event()

    def wait(seconds: float) -> None:
        registry.clear()
        home.set()

    keeper = Caretaker(registry, lambda key, one: rounds.append(key), 1.0, wait)
    for key in ("first", "second"):
        registry.obtain(Viewer("ada"), key, lambda: Kept("ada"))
        keeper.wake()
        assert home.wait(10.0)
        home.clear()
        for thread in threading.enumerate():
            if thread.name == "look after what is under way":
                thread.join()
    assert rounds == ["first", "second"]
