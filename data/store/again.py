"""What a server cut off or refused for the moment is done again, a few times, before anybody is told.

PostgreSQL refuses one of two transactions that get in each other's way, and cuts connections when it
restarts; then nothing was changed. Where it was cut while it confirmed, nobody knows, and only what may be
done twice is done again.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError

from data.domain import RehearseError
from data.store.plain_words import is_of_postgres

WAITS_SECONDS = (0.05, 0.2, 0.8, 2.0)
"""Before each further try; about as long as a server needs to start again."""
_IN_THE_WAY = frozenset({"40001", "40P01"})
_GOING_DOWN_OR_UP = frozenset({"57P01", "57P02", "57P03"})
_STARTING = r"starting up|shutting down|not yet accepting connections|in recovery mode"
_UNREACHED = re.compile(
    rf"connection refused|{_STARTING}|closed the connection|(?:unexpected )?eof|"
    r"terminating connection|the connection is (?:closed|lost)|connection reset|consuming input",
    re.IGNORECASE,
)
STARTING_SECONDS = 30.0
"""How long a server that says that it is starting is waited for: it may have much to repair."""
REFUSED_SECONDS = 5.0
"""How long one is waited for that does not listen yet, which looks the same as a wrong address."""
_LOOK_SECONDS = 0.25

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


class DoubtfulError(RehearseError):
    """The connection was cut while a change was being confirmed."""


def again(*, twice: bool = False) -> Callable[[Callable[Asked, Found]], Callable[Asked, Found]]:
    """Try a whole transaction again; `twice` says that it may be done twice with the same outcome."""

    def trying(write: Callable[Asked, Found]) -> Callable[Asked, Found]:
        @wraps(write)
        def tried(*args: Asked.args, **named: Asked.kwargs) -> Found:
            for seconds in WAITS_SECONDS:
                try:
                    return write(*args, **named)
                except DoubtfulError:
                    if not twice:
                        raise
                except RehearseError as error:
                    if not is_passing(error.__cause__):
                        raise
                time.sleep(seconds * random.uniform(0.5, 1.5))
            return write(*args, **named)

        return tried

    return trying


def when_up(opened: Callable[[], Found]) -> Found:
    """Connect, for a while again and again where the server is only starting; then its refusal is told."""
    began = time.monotonic()
    while True:
        try:
            return opened()
        except RehearseError as error:
            if time.monotonic() - began >= _patience_seconds(error.__cause__):
                raise
        time.sleep(_LOOK_SECONDS)


def _patience_seconds(error: BaseException | None) -> float:
    if not is_passing(error):
        return 0.0
    return STARTING_SECONDS if re.search(_STARTING, str(error), re.IGNORECASE) else REFUSED_SECONDS


def is_passing(error: BaseException | None) -> bool:
    """Whether PostgreSQL said so because of others, or because it was going down or coming up."""
    if not isinstance(error, DBAPIError) or not is_of_postgres(error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return state in _IN_THE_WAY | _GOING_DOWN_OR_UP or state.startswith("08")
    return is_cut(error) or bool(_UNREACHED.search(str(error.orig)))


def is_cut(error: BaseException | None) -> bool:
    """Whether the connection itself is gone."""
    return isinstance(error, DBAPIError) and error.connection_invalidated
