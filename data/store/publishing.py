"""When a figure about a whole cohort is told, and when it changes: rarely, and never for a few people.

Instructors read figures that were published, never ones made while they look. A figure is published once
five people of the cohort give something to it. It is published again at the earliest on the next day (UTC),
and only when what at least five different people gave to it has changed since. So two versions of a figure
that follow each other never differ by fewer than five people, whenever somebody looks and whoever comes or
goes between. What each person gives is remembered as a hash; of whoever leaves, is taken out or erases
everything it is remembered only that one person did, of an erased answer nothing.

What is not remembered may be unchanged, so it is counted low: somebody who came may be somebody who had left,
with the same answers, and only as many count as came more than left, or left more than came. Whoever erased
an answer and is still there does not count until the next version.

A figure is withdrawn at once when fewer than five of the people behind it are still in the cohort.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from data.store import cohort_tables as tables
from data.store.contributions import KINDS, Kind
from data.store.tables import metadata

FEWEST = 5
"""People behind a figure, and people between two versions of one."""
LOOK_AGAIN = timedelta(minutes=10)
"""Whether enough has changed is asked once in this time; what was never told is always looked for."""
_NEVER = datetime(2000, 1, 1)
_GONE = "left-"
"""Begins what stands in place of the id of somebody who left."""

_CHOSEN = """
    SELECT cohort_id, candidate_id, joined_at FROM members
    WHERE role = 'candidate' AND cohort_id IN :cohorts"""
_CHANGED = """
    INSERT INTO due
    SELECT coalesce(newly.figure, told.figure), coalesce(newly.cohort_id, told.cohort_id),
        count(newly.candidate_id),
        sum(CASE WHEN newly.print <> told.print AND told.print <> '' THEN 1 ELSE 0 END) + abs(
            sum(CASE WHEN told.candidate_id IS NULL THEN 1 ELSE 0 END)
            - sum(CASE WHEN newly.candidate_id IS NULL THEN 1 ELSE 0 END))
    FROM newly
    FULL JOIN (
        SELECT figure, cohort_id, candidate_id, print FROM figure_people
        WHERE cohort_id IN :cohorts AND kind = :kind
    ) AS told ON told.figure = newly.figure AND told.candidate_id = newly.candidate_id
    GROUP BY coalesce(newly.figure, told.figure), coalesce(newly.cohort_id, told.cohort_id)"""
_NOT_DUE = """
    DELETE FROM due WHERE changed < :fewest
        OR (people < :fewest AND figure NOT IN (SELECT figure FROM {table} WHERE cohort_id IN :cohorts))"""


def stale(
    connection: Connection, kinds: Iterable[str], cohorts: Sequence[str], now: datetime
) -> dict[str, list[str]]:
    """The cohorts of which something may be published now, by kind: none of it was today."""
    known, wanted = tables.snapshots.c, list(kinds)
    found = connection.execute(select(tables.snapshots).where(known.kind.in_(wanted))).all()
    settled = {
        (row.kind, row.cohort_id)
        for row in found
        if row.day >= _midnight(now.date()) or (row.day > _NEVER and row.looked_at > now - LOOK_AGAIN)
    }
    open_ = {kind: [one for one in cohorts if (kind, one) not in settled] for kind in wanted}
    return {kind: some for kind, some in open_.items() if some}


def days(connection: Connection, due: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], date | None]:
    """When each kind of each cohort was published last; None of what never was."""
    known = tables.snapshots.c
    told = select(known.kind, known.cohort_id, known.day).where(known.kind.in_(due), known.day > _NEVER)
    found = {(row.kind, row.cohort_id): row.day.date() for row in connection.execute(told)}
    return {(kind, one): found.get((kind, one)) for kind, cohorts in due.items() for one in cohorts}


def publish(connection: Connection, due: dict[str, list[str]], now: datetime) -> None:
    """Publish what may be published of these kinds and cohorts, in the caller's transaction."""
    for table, columns in (
        ("newly", "figure TEXT, cohort_id TEXT, candidate_id TEXT, print TEXT"),
        ("due", "figure TEXT, cohort_id TEXT, people BIGINT, changed BIGINT"),
    ):
        connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {table} ({columns})")
    for kind, cohorts in due.items():
        free = _claimed(connection, kind, cohorts, now)
        if free:
            _publish(connection, kind, free, now)
    for table in ("newly", "due"):
        connection.exec_driver_sql(f"DROP TABLE {table}")


def forget(connection: Connection, cohorts: Sequence[str], person: str) -> None:
    """Let nothing but a nameless place remain of somebody who leaves cohorts or erases everything."""
    behind = tables.figure_people
    mine = behind.c.cohort_id.in_(cohorts) & (behind.c.candidate_id == person)
    nameless = func.concat(_GONE, func.md5(func.concat(func.random(), behind.c.figure)))
    connection.execute(update(behind).where(mine).values(candidate_id=nameless, print=""))
    few = (
        select(behind.c.figure)
        .where(behind.c.cohort_id.in_(cohorts))
        .group_by(behind.c.figure)
        .having(func.count().filter(behind.c.candidate_id.not_like(f"{_GONE}%")) < FEWEST)
    )
    for kind in KINDS.values():
        table = metadata.tables[kind.table]
        connection.execute(delete(table).where(table.c.cohort_id.in_(cohorts), table.c.figure.in_(few)))


def forget_erased(connection: Connection, person: str) -> None:
    """Drop the hashes of what somebody no longer gives, after an answer was erased; it counts as changed."""
    joined = select(tables.members.c.cohort_id).where(tables.members.c.candidate_id == person)
    cohorts = sorted(connection.execute(joined).scalars())
    if not cohorts:
        return
    for name, kind in KINDS.items():
        still = f"SELECT figure, print FROM ({_prints(name, kind, person=True)}) AS mine"
        _run(
            connection,
            f"""UPDATE figure_people SET print = ''
            WHERE candidate_id = :person AND kind = :kind AND cohort_id IN :cohorts
                AND NOT EXISTS (SELECT 1 FROM ({still}) AS still
                    WHERE still.figure = figure_people.figure AND still.print = figure_people.print)""",
            cohorts=cohorts,
            person=person,
            kind=name,
        )


def _claimed(connection: Connection, kind: str, cohorts: list[str], now: datetime) -> list[str]:
    """Those of the cohorts that nobody else publishes at this moment; their rows are locked until the end."""
    snapshots = tables.snapshots
    rows = [{"cohort_id": one, "kind": kind, "day": _NEVER, "looked_at": now} for one in cohorts]
    statement = upsert(snapshots).values(rows)
    free = snapshots.c.day < _midnight(now.date())
    claimed = statement.on_conflict_do_update(
        index_elements=["cohort_id", "kind"], set_={"looked_at": now}, where=free
    )
    return list(connection.execute(claimed.returning(snapshots.c.cohort_id)).scalars())


def _publish(connection: Connection, name: str, cohorts: list[str], now: datetime) -> None:
    kind, given = KINDS[name], {"cohorts": cohorts}
    for table in ("newly", "due"):
        connection.exec_driver_sql(f"DELETE FROM {table}")
    _run(connection, f"INSERT INTO newly {_prints(name, kind)}", **given)
    _run(connection, _CHANGED, kind=name, **given)
    _run(connection, _NOT_DUE.format(table=kind.table), fewest=FEWEST, **given)
    _run(connection, f"DELETE FROM {kind.table} WHERE figure IN (SELECT figure FROM due)")
    _run(connection, f"DELETE FROM due WHERE people < {FEWEST}")
    _run(connection, "DELETE FROM figure_people WHERE figure IN (SELECT figure FROM due)")
    columns = ", ".join(("figure", "cohort_id", kind.names, "candidates", *kind.told))
    _run(
        connection,
        f"""INSERT INTO {kind.table} ({columns})
        WITH chosen AS ({_CHOSEN}), given AS ({kind.given}), named AS (
            SELECT {_figure(name, kind)} AS figure, given.* FROM given)
        SELECT figure, cohort_id, {kind.names}, count(DISTINCT candidate_id), {", ".join(kind.told.values())}
        FROM named WHERE figure IN (SELECT figure FROM due)
        GROUP BY figure, cohort_id, {kind.names} ORDER BY cohort_id""",
        **given,
    )
    _run(
        connection,
        """INSERT INTO figure_people (figure, cohort_id, kind, candidate_id, print)
        SELECT figure, cohort_id, :kind, candidate_id, print FROM newly
        WHERE figure IN (SELECT figure FROM due) ORDER BY cohort_id""",
        kind=name,
    )
    _settle(connection, name, cohorts, now)


def _settle(connection: Connection, kind: str, cohorts: list[str], now: datetime) -> None:
    """The day is used up for those of which something was published."""
    changed = sorted(row.cohort_id for row in _run(connection, "SELECT DISTINCT cohort_id FROM due"))
    snapshots = tables.snapshots
    mine = (snapshots.c.kind == kind) & snapshots.c.cohort_id.in_(changed)
    connection.execute(update(snapshots).where(mine).values(day=_midnight(now.date())))


def _prints(name: str, kind: Kind, *, person: bool = False) -> str:
    """One row a figure and person: a hash of all that the person gives to it."""
    one = " AND candidate_id = :person" if person else ""
    return f"""
        SELECT figure, cohort_id, candidate_id, md5(string_agg(gave, ' ' ORDER BY gave)) AS print
        FROM (
            WITH chosen AS ({_CHOSEN}{one}), given AS ({kind.given})
            SELECT {_figure(name, kind)} AS figure, cohort_id, candidate_id,
                md5(concat_ws('|', {kind.gives})) AS gave
            FROM given
        ) AS each_row
        GROUP BY figure, cohort_id, candidate_id"""


def _figure(name: str, kind: Kind) -> str:
    return f"md5(concat_ws('|', '{name}', cohort_id, {kind.names}))"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _run(connection: Connection, sql: str, **given: Any) -> Any:
    lists: list[BindParameter[Any]] = [
        bindparam(name, expanding=True) for name, value in given.items() if isinstance(value, list)
    ]
    return connection.execute(text(sql).bindparams(*lists), given)
