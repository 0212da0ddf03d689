"""What fails on a thread is logged and told; who may find what runs."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

import numpy as np
import pytest

from analysis.live.caretaker import Caretaker
from analysis.live.executor import Supervised, supervised
from analysis.live.registry import Registry
from analysis.live.typed_floor import TypedFloor
from analysis.llm.batch import Breaker, Watch, ask_all
from analysis.llm.beside import Beside
from analysis.llm.chat_errors import ChatError
from analysis.media.taps import Tap
from analysis.signals.sampler import Image, Sampler
from data.access import LOCAL, NOBODY, Viewer
from data.domain import Answer, Draft, RehearseError, SignalFrame
from tests.conducted import SAID, desk


class Panic(BaseException):
    """Past every `except Exception`, as what PyO3 raises when a library in Rust panics."""


def panics() -> None:
    raise Panic("called `Option::unwrap()` on a `None` value")


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
    others = set(threading.enumerate())  # caretakers of another test may still wait
    for key in ("first", "second"):
        registry.obtain(Viewer("ada"), key, lambda: Kept("ada"))
        keeper.wake()
        assert home.wait(10.0)
        home.clear()
        for thread in threading.enumerate():
            if thread.name == "look after what is under way" and thread not in others:
                thread.join()
    assert rounds == ["first", "second"]


def test_a_panic_is_logged_and_told_like_any_failure(caplog: pytest.LogCaptureFixture) -> None:
    told: list[Exception] = []
    pool = Supervised(1, "interviewer")
    future = pool.submit(panics, told.append)
    pool.close()
    assert future.result() is None and len(caplog.records) == 1
    assert [str(problem) for problem in told] == ["Panic: called `Option::unwrap()` on a `None` value"]


@pytest.mark.parametrize("order", [KeyboardInterrupt, SystemExit])
def test_an_order_to_end_is_no_failure(order: type[BaseException], caplog: pytest.LogCaptureFixture) -> None:
    def ends() -> None:
        raise order

    with pytest.raises(order):
        supervised(ends, None, "interviewer")
    assert not caplog.records


def test_a_panic_does_not_end_the_caretaker(caplog: pytest.LogCaptureFixture) -> None:
    registry: Registry[Kept] = Registry()
    registry.obtain(Viewer("ada"), "first", lambda: Kept("ada"))
    rounds: list[str] = []
    twice = threading.Event()

    def care(key: str, one: Kept) -> None:
        rounds.append(key)
        if len(rounds) == 2:
            registry.clear()
            twice.set()
        panics()

    Caretaker(registry, care, 1.0, lambda _: None).wake()
    assert twice.wait(10.0)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_caretaker_that_was_told_to_end_can_be_woken_again() -> None:
    registry: Registry[Kept] = Registry()
    registry.obtain(Viewer("ada"), "first", lambda: Kept("ada"))
    home = threading.Event()

    def wait(seconds: float) -> None:
        home.set()
        raise SystemExit

    keeper = Caretaker(registry, lambda key, one: None, 1.0, wait)
    for _ in range(2):
        keeper.wake()
        assert home.wait(10.0)
        home.clear()
        for thread in threading.enumerate():
            if thread.name == "look after what is under way":
                thread.join()


def test_an_interview_goes_on_after_a_panic_in_the_scorer() -> None:
    def assess(answer: Answer) -> tuple[()]:
        panics()
        return ()

    made = desk(TypedFloor(Draft(), lambda _: None), assess=assess)
    made.conductor.begin()
    made.conductor.write(SAID)
    made.work()
    assert made.conductor.interview.state.phase == "listening"


def test_a_panic_in_keeping_an_interview_is_tried_again() -> None:
    def keep(interview: object) -> None:
        panics()

    made = desk(TypedFloor(Draft(), lambda _: None), keep=keep)
    made.conductor.begin()
    assert made.conductor.unkept and made.conductor.interview.state.phase == "listening"


def test_a_panic_in_live_analysis_costs_one_offer() -> None:
    heard: list[int] = []

    def consume(number: int) -> None:
        if number == 1:
            panics()
        heard.append(number)

    tap = Tap(consume, keep=9)
    for number in (1, 2):
        tap.offer(number)
    tap.close(10.0)
    assert heard == [2]


def test_a_panic_while_looking_at_a_picture_is_noted() -> None:
    looked = threading.Event()

    def detect(rgb: Image, seconds: float) -> SignalFrame:
        looked.set()
        panics()
        return SignalFrame(seconds, face_found=False)

    sampler = Sampler(detect, 5.0)
    sampler.offer(lambda: np.zeros((1, 1, 3), np.uint8), 0.0)
    assert looked.wait(10.0)
    sampler.close()
    assert "could not be analysed" in (sampler.note or "")


def test_a_panic_in_one_question_to_a_judge_leaves_the_others_standing() -> None:
    def one() -> int:
        panics()
        return 1

    first, second = ask_all([one, lambda: 2], 1, Breaker(Watch()))
    assert isinstance(first, ChatError) and second == 2


def test_a_panic_beside_a_page_is_told_there() -> None:
    beside: Beside[None] = Beside(lambda cancel: panics())
    assert beside.wait(10.0)
    with pytest.raises(RehearseError):
        beside.result()
