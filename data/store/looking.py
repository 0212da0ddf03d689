"""Somebody looks at figures about whole cohorts: what may be published now is, before or beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from data.store import cohort_tables as tables
from data.store import guard, publishing
from data.store.again import again
from data.store.newer_figures import Pair
from data.store.newer_figures import UnderWay as UnderWay

if TYPE_CHECKING:
    from data.store.connected import Connected
    from data.store.queries import NamedQuery


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
        database.newer.ask(beside, lambda some: _publish_later(database, some), now)
        due = _by_kind(pair for pair in days if pair not in beside)
    if due:
        _publish(database, due, now)


def _publish_later(database: Connected, pairs: Sequence[Pair]) -> None:
    if not database.closed:
        _publish(database, _by_kind(pairs), guard.utc_now())


@again()
def _publish(database: Connected, due: dict[str, list[str]], now: datetime) -> None:
    with database.writing() as connection:
        publishing.publish(connection, due, now)


def _by_kind(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, cohort in pairs:
        found.setdefault(kind, []).append(cohort)
    return found
