"""The statements behind saving and erasing, each inside a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    Connection,
    Delete,
    Double,
    Insert,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from data.access import SAMPLE_PREFIX
from data.domain import Assessment, Attempt, AttemptResult, ErasedError, RehearseError, Turn
from data.store import cohort_tables, from_rows, publishing, rollups, tables
from data.store.to_rows import Row, attempt_row, result_rows, scored_by, utc

_MANY = 20
WORDS_CHANGED = RehearseError(
    "The words were corrected meanwhile, so these levels were not kept.", "Score again."
)


def find_attempt(connection: Connection, attempt_id: str) -> Attempt | None:
    """One attempt by id."""
    wanted = select(tables.attempts).where(tables.attempts.c.id == attempt_id)
    row = connection.execute(wanted).mappings().first()
    return None if row is None else from_rows.attempt_from(dict(row))


def require_same_owner(connection: Connection, attempts: Sequence[Attempt]) -> dict[str, str]:
    """The questions of those of these attempts that are there already, by attempt.

    `RehearseError` when one of them is somebody else's. Until the transaction ends no other changes them:
    several servers may write to one PostgreSQL, and on DuckDB writes take turns.
    """
    kept = tables.attempts.c
    wanted = select(kept.id, kept.candidate_id, kept.question_id)
    wanted = wanted.where(kept.id.in_([attempt.id for attempt in attempts])).order_by(kept.id)
    if connection.dialect.name == "postgresql":
        wanted = wanted.with_for_update()
    found = connection.execute(wanted).all()
    owners = {row.id: row.candidate_id for row in found}
    if any(owners.get(attempt.id, attempt.candidate_id) != attempt.candidate_id for attempt in attempts):
        raise RehearseError("This attempt belongs to somebody else.")
    return {row.id: row.question_id for row in found}


def require_not_erased(erased: AbstractSet[str], attempts: Iterable[Attempt]) -> None:
    """`ErasedError` when one of these was erased while somebody still worked on it."""
    if any(attempt.id in erased for attempt in attempts):
        raise ErasedError("This answer was erased meanwhile, so nothing of it was kept.")


def put_attempts(connection: Connection, attempts: Iterable[Attempt]) -> None:
    """Add attempts, or overwrite those that are there."""
    rows = [attempt_row(attempt) for attempt in attempts]
    statement = upsert(tables.attempts)
    changed = {c.name: statement.excluded[c.name] for c in tables.attempts.columns if not c.primary_key}
    for row in rows:
        connection.execute(statement.values(row).on_conflict_do_update(index_elements=["id"], set_=changed))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns; many go in together, for speed.

    Into DuckDB as one Arrow table, into PostgreSQL as one list for each column: a statement for each row
    takes longer than everything else about an answer.
    """
    if len(rows) < _MANY:
        if rows:
            connection.execute(insert(table), list(rows))
    elif connection.dialect.name == "duckdb":
        import pyarrow as pa  # type: ignore[import-untyped]
        from duckdb_sqlalchemy.bulk import insert_from_arrow

        insert_from_arrow(connection, table, pa.Table.from_pylist(list(rows)))
    else:
        columns = tuple(rows[0])
        lists = {f"of_{name}": _list(table, name, rows) for name in columns}
        connection.execute(_from_lists(table, columns), lists)


def _list(table: Table, name: str, rows: Sequence[Row]) -> list[Any]:
    """One column; psycopg takes no list with whole numbers among others."""
    values = [row[name] for row in rows]
    if not isinstance(table.c[name].type, Double):
        return values
    return [None if value is None else float(value) for value in values]


@cache
def _from_lists(table: Table, columns: tuple[str, ...]) -> Insert:
    kinds = [bindparam(f"of_{name}", type_=ARRAY(table.c[name].type)) for name in columns]
    return insert(table).from_select(columns, select(*map(func.unnest, kinds)))


def make_room(connection: Connection, result: AttemptResult) -> None:
    """Take out what `result` replaces: the old answer, and assessments that no longer hold."""
    attempt_id = result.attempt.id
    same_words = _text(from_rows.turns_of(connection, attempt_id)) == _text(result.turns)
    for table in tables.OF_ANSWER:
        connection.execute(delete(table).where(*from_rows.of_attempt(table, attempt_id)))
    if not same_words:
        for table in tables.OF_ASSESSMENT:
            connection.execute(delete(table).where(*from_rows.of_attempt(table, attempt_id)))
        _drop_lost_marks(connection, result)
    elif result.assessment is not None:
        _clear_same_scorer(connection, attempt_id, result.assessment)


def put_judged(connection: Connection, result: AttemptResult, now: datetime) -> bool:
    """Put a scorer's assessment and its advice beside those of others; False when the answer is gone.

    `WORDS_CHANGED` when what the scorer read is not what is kept.
    """
    attempt_id = result.attempt.id
    known = require_same_owner(connection, [result.attempt])
    if attempt_id not in known:
        return False
    code, sketch = from_rows.code_of(connection, attempt_id), from_rows.sketch_of(connection, attempt_id)
    written = (code.text if code else None, sketch)
    read = (result.code.text if result.code else None, result.sketch)
    if _text(from_rows.turns_of(connection, attempt_id)) != _text(result.turns) or written != read:
        raise WORDS_CHANGED
    if result.assessment is not None:
        _clear_same_scorer(connection, attempt_id, result.assessment)
    rows = result_rows(replace(result, frames=(), speech=None, delivery=None), now)
    for table in tables.OF_ASSESSMENT:
        insert_rows(connection, table, rows.get(table.name, ()))
    advised = {"advice": rows["results"][0]["advice"], "saved_at": utc(now)}
    connection.execute(
        update(tables.results).where(tables.results.c.attempt_id == attempt_id).values(advised)
    )
    status = {"status": result.attempt.status}
    connection.execute(update(tables.attempts).where(tables.attempts.c.id == attempt_id).values(status))
    rollups.refresh(connection, {result.attempt.candidate_id})
    return True


def clear_ratings(connection: Connection, attempt_id: str) -> None:
    """Take out the self-rating of an attempt."""
    connection.execute(_where(tables.self_ratings, attempt_id))


def clear_attempt(connection: Connection, attempt_id: str) -> None:
    """Delete an attempt, what is remembered under a key that names it, an open interview that quotes it."""
    interview = select(tables.attempts.c.session_id).where(tables.attempts.c.id == attempt_id)
    quoting = tables.interviews.c.id.in_(interview) & tables.interviews.c.over.is_(False)
    session = connection.execute(interview).scalar()
    if session:
        for_session = tables.drafts.c.key.endswith(f":{session}", autoescape=True)
        connection.execute(delete(tables.drafts).where(for_session))
    connection.execute(delete(tables.interviews).where(quoting))
    for table in tables.OF_ATTEMPT:
        connection.execute(_where(table, attempt_id))
    for named in (tables.memory, tables.drafts):
        connection.execute(delete(named).where(named.c.key.contains(attempt_id, autoescape=True)))
    for table in (cohort_tables.grants, cohort_tables.accesses):
        connection.execute(_where(table, attempt_id))
    attempt = find_attempt(connection, attempt_id)
    connection.execute(delete(tables.attempts).where(tables.attempts.c.id == attempt_id))
    if attempt is not None:
        rollups.refresh(connection, [attempt.candidate_id])
        publishing.forget_erased(connection, attempt.candidate_id)


def clear_candidate(connection: Connection, candidate_id: str) -> None:
    """Delete everything that is about one candidate."""
    joined = select(cohort_tables.members.c.cohort_id)
    cohorts = list(
        connection.execute(joined.where(cohort_tables.members.c.candidate_id == candidate_id)).scalars()
    )
    for table in (*reversed(tables.PERSONAL), *cohort_tables.OF_PERSON, *cohort_tables.ROLLUPS_OF_PERSON):
        connection.execute(delete(table).where(table.c.candidate_id == candidate_id))
    if cohorts:
        publishing.forget(connection, cohorts, candidate_id)


def _where(table: Table, attempt_id: str) -> Delete:
    return delete(table).where(table.c.attempt_id == attempt_id)


def _text(turns: Iterable[Turn]) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in turns]


def _drop_lost_marks(connection: Connection, result: AttemptResult) -> None:
    """Take out own marks whose words are not in the answer any more."""
    for mark in from_rows.own_marks_of(connection, result.attempt.id):
        if not is_said(result.turns, mark.quote, mark.turn):
            clear_mark(connection, result.attempt.id, mark.point)


def is_said(turns: Iterable[Turn], quote: str, turn: int) -> bool:
    """Whether the candidate said exactly this in this turn."""
    said = [one.text for one in turns if one.index == turn and one.speaker == "candidate"]
    return bool(quote.strip()) and any(quote in text for text in said)


def clear_mark(connection: Connection, attempt_id: str, point: str) -> None:
    """Take out the own mark of one key point."""
    connection.execute(_where(tables.own_marks, attempt_id).where(tables.own_marks.c.point == point))


def _clear_same_scorer(connection: Connection, attempt_id: str, assessment: Assessment) -> None:
    made_by = scored_by(assessment) or {("", "", "")}
    replaced = set()
    for table in (tables.assessments, tables.scores):
        mine = select(table.c.assessment_id, table.c.scorer, table.c.scorer_version, table.c.rubric_version)
        for key, *made in connection.execute(mine.where(*from_rows.of_attempt(table, attempt_id))):
            if tuple(name or "" for name in made) in made_by:
                replaced.add(key)
    for table in tables.OF_ASSESSMENT:
        connection.execute(
            delete(table).where(*from_rows.of_attempt(table, attempt_id), table.c.assessment_id.in_(replaced))
        )


def put_of_owner(connection: Connection, table: Table, row: Row) -> None:
    """Keep a row under its id, new or again; `RehearseError` when the id is another owner's."""
    owner = connection.execute(select(table.c.candidate_id).where(table.c.id == row["id"])).scalar()
    if owner not in (None, row["candidate_id"]):
        raise RehearseError("This belongs to somebody else.")
    changed = {name: value for name, value in row.items() if name != "id"}
    statement = upsert(table).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed))


def clear_invented(connection: Connection) -> None:
    """Delete all invented cohorts, with their people and answers."""
    every, attempts = tables.metadata.tables.values(), tables.attempts
    owned = [table for table in every if "candidate_id" in table.columns and table is not attempts]
    for table in (one for one in every if "cohort_id" in one.columns):
        connection.execute(delete(table).where(table.c.cohort_id.startswith(SAMPLE_PREFIX)))
    for table in (*owned, attempts):
        connection.execute(delete(table).where(table.c.candidate_id.startswith(SAMPLE_PREFIX)))
    cohorts = cohort_tables.cohorts
    connection.execute(delete(cohorts).where(cohorts.c.id.startswith(SAMPLE_PREFIX)))
