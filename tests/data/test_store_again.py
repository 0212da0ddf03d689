"""What is tried again, and what is not: without a server."""

from __future__ import annotations

import ast

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from data.domain import RehearseError
from data.settings import PROJECT_ROOT
from data.store import again as tried_again
from data.store.again import DoubtfulError, again, when_up
from data.store.plain_words import plainly


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.store.again.WAITS_SECONDS", (0, 0))


def _said(words: str) -> OperationalError:
    return OperationalError("INSERT", {}, psycopg.OperationalError(words))


class _Server:
    """Fails with each error in turn, then keeps what it is given."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.asked = 0

    def write(self) -> str:
        self.asked += 1
        with plainly("The database"):
            if self.errors:
                raise self.errors.pop(0)
        return "kept"


def test_a_server_that_starts_again_is_asked_until_it_is_there() -> None:
    server = _Server(_said("server closed the connection unexpectedly"), _said("Connection refused"))
    assert again()(server.write)() == "kept"
    assert server.asked == 3


def test_after_the_last_try_it_is_told() -> None:
    server = _Server(*(_said("connection failed: Connection refused") for _ in range(3)))
    with pytest.raises(RehearseError, match="cannot be reached"):
        again()(server.write)()


@pytest.mark.parametrize(
    "error", [_said('password authentication failed for user "r"'), OSError("No space left on device")]
)
def test_what_will_not_pass_is_told_at_once(error: Exception) -> None:
    server = _Server(error)
    with pytest.raises(RehearseError):
        again()(server.write)()
    assert server.asked == 1


def test_where_nobody_knows_whether_it_was_kept_only_what_may_be_done_twice_is_done_again() -> None:
    server = _Server(DoubtfulError("cut"))
    with pytest.raises(DoubtfulError):
        again()(server.write)()
    server = _Server(DoubtfulError("cut"))
    assert again(twice=True)(server.write)() == "kept"


class _Clock:
    """`time` of the module: waiting moves it, and takes no time."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


_FATAL = 'connection to server at "127.0.0.1", port 5432 failed: FATAL:  the database system is '


@pytest.mark.parametrize(
    "said",
    ["starting up", "not yet accepting connections\nDETAIL:  Consistent recovery state", "in recovery mode"],
)
def test_a_server_that_is_starting_is_waited_for_and_then_told(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    clock = _Clock()
    monkeypatch.setattr(tried_again, "time", clock)
    assert when_up(_Server(*(_said(_FATAL + said) for _ in range(20))).write) == "kept"
    with pytest.raises(RehearseError, match="still starting") as told:
        when_up(_Server(*(_said(_FATAL + said) for _ in range(1000))).write)
    assert "Wait until" in told.value.remedy
    assert clock.now < 140


def test_a_server_that_does_not_listen_yet_is_waited_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = _Clock()
    monkeypatch.setattr(tried_again, "time", clock)
    refused = _said("connection failed: Connection refused")
    assert when_up(_Server(refused, refused).write) == "kept"
    with pytest.raises(RehearseError, match="cannot be reached"):
        when_up(_Server(*(refused for _ in range(1000))).write)
    assert clock.now < 110


def test_what_will_not_pass_is_told_at_once_when_a_database_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = _Clock()
    monkeypatch.setattr(tried_again, "time", clock)
    with pytest.raises(RehearseError, match="does not let Rehearse in"):
        when_up(_Server(_said('password authentication failed for user "r"')).write)
    assert clock.now == 100.0


def test_every_function_of_the_store_that_writes_is_tried_again() -> None:
    once = []
    for file in sorted((PROJECT_ROOT / "data" / "store").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef) or file.name == "database.py":
                continue
            writes = any(
                isinstance(part, ast.Attribute) and part.attr == "writing" for part in ast.walk(node)
            )
            if writes and not any("again" in ast.unparse(one) for one in node.decorator_list):
                once.append(f"{file.name}: {node.name}")
    assert once == []
