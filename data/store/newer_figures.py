"""Figures about whole cohorts are published when somebody looks, beside the look where a server asks for it.

For all cohorts that takes minutes where there are millions of answers. Whoever looks first on a day is then
shown what was published last, with its day, and the newer ones as soon as they are there. What is published
when is decided in `data.store.publishing`, and is the same.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select

from data.domain import RehearseError
from data.store import cohort_tables as tables
from data.store import guard, publishing
from data.store.again import again

if TYPE_CHECKING:
    from data.store.connected import Connected
    from data.store.queries import NamedQuery

LOGGER = logging.getLogger(__name__)
COHORTS_AT_ONCE = 4
"""Are published in one transaction: nobody can save while it lasts."""
_REST_SECONDS = 0.05
"""Whoever waits to save comes first: a lock goes to whoever asks next, and that would be the next cohorts."""
Pair: TypeAlias = tuple[str, str]
"""A kind of figures, and a cohort."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Figures that are being published: `shown`, the last day of those that are shown meanwhile."""

    shown: date | None
    """None where nothing was told before."""


def _rest() -> None:
    time.sleep(_REST_SECONDS)


class NewerFigures:
    """What is being published beside whoever looks."""

    def __init__(
        self,
        begin: Callable[[Callable[[], object]], object],
        rest: Callable[[], object] = _rest,
    ) -> None:
        """`begin` starts some work and does not wait for it; `rest` is between two transactions."""
        self._begin, self._rest = begin, rest
        self._lock = threading.Lock()
        self._under_way: dict[Pair, date | None] = {}
        self._asked: dict[Pair, datetime] = {}

    def ask(self, database: Connected, due: Mapping[Pair, date | None], now: datetime) -> None:
        """Have it published, unless it is at the moment or somebody asked a few minutes ago."""
        with self._lock:
            long_ago = now - publishing.LOOK_AGAIN
            free = [pair for pair in due if pair not in self._under_way]
            fresh = sorted(pair for pair in free if self._asked.get(pair, long_ago) <= long_ago)
            self._asked.update(dict.fromkeys(fresh, now))
            self._under_way.update({pair: due[pair] for pair in fresh})
        if fresh:
            self._begin(partial(self._publish, database, fresh))

    def under_way(self, kinds: Iterable[str], cohort_id: str | None) -> UnderWay | None:
        """What is being published of these kinds, of one cohort or of all; None when nothing is."""
        wanted = set(kinds)
        with self._lock:
            found = [
                day
                for (kind, cohort), day in self._under_way.items()
                if kind in wanted and cohort_id in (None, cohort)
            ]
        told = [day for day in found if day is not None]
        return UnderWay(max(told, default=None)) if found else None

    def _publish(self, database: Connected, pairs: Sequence[Pair]) -> None:
        try:
            for first in range(0, len(pairs), COHORTS_AT_ONCE):
                if database.closed:
                    return
                some = pairs[first : first + COHORTS_AT_ONCE]
                _publish_now(database, by_kind(some), guard.utc_now())
                self._over(some)
                self._rest()
        except RehearseError as problem:  # whoever looks in ten minutes asks again
            LOGGER.warning("Newer figures about cohorts were not published: %s", problem)
        finally:
            self._over(pairs)

    def _over(self, pairs: Iterable[Pair]) -> None:
        with self._lock:
            for pair in pairs:
                self._under_way.pop(pair, None)


def bring_up_to_date(database: Connected, query: NamedQuery, given: Mapping[str, object]) -> None:
    """Publish the figures about whole cohorts that a query reads, where that may be done now.

    Beside it where `database.newer` says so, but what was never told of the one cohort that is asked for.
    """
    cohorts, now = tables.cohorts.c, guard.utc_now()
    one = cohorts.id == given["cohort_id"] if query.scope == "cohort" else None
    wanted = select(cohorts.id).where(cohorts.synthetic == given["synthetic"] if one is None else one)
    with database.reading() as connection:
        due = publishing.stale(connection, query.figures, list(connection.execute(wanted).scalars()), now)
        days = publishing.days(connection, due) if due and database.newer is not None else {}
    if database.newer is not None:
        beside = {pair: day for pair, day in days.items() if one is None or day is not None}
        database.newer.ask(database, beside, now)
        due = by_kind(pair for pair in days if pair not in beside)
    if due:
        _publish_now(database, due, now)


def by_kind(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    """Cohorts by the kind of figures."""
    found: dict[str, list[str]] = {}
    for kind, cohort in pairs:
        found.setdefault(kind, []).append(cohort)
    return found


@again()
def _publish_now(database: Connected, due: dict[str, list[str]], now: datetime) -> None:
    with database.writing() as connection:
        publishing.publish(connection, due, now)
