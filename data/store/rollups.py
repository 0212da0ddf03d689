"""Roll-ups of each member of a cohort, kept by whoever writes an answer, made again from its rows.

Figures about whole cohorts are made from them, some time later, by `data.store.publishing`.

A member's rows count from the moment they joined: what was practised before stays private. Nothing is done
for a candidate who is in no cohort.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, text

_MEMBERS = "SELECT cohort_id, candidate_id, joined_at FROM members WHERE role = 'candidate'"
_SCORED_BY = "scores.scorer, scores.scorer_version, scores.rubric_version"
_MOMENTS = """
    count(scores.level), count(*) - count(scores.level),
    coalesce(sum(scores.level), 0), coalesce(sum(scores.level * scores.level), 0),
    sum(CASE WHEN scores.level < 1.5 THEN 1 ELSE 0 END),
    sum(CASE WHEN scores.level >= 1.5 AND scores.level < 2.5 THEN 1 ELSE 0 END),
    sum(CASE WHEN scores.level >= 2.5 AND scores.level < 3.5 THEN 1 ELSE 0 END),
    sum(CASE WHEN scores.level >= 3.5 THEN 1 ELSE 0 END)"""

_TOGETHER = "ORDER BY cohort_id"
"""Rows of one cohort lie together, so that a query about it skips nearly all others of a large file."""

_OF_PERSON = {
    "candidate_weeks": f"""
        SELECT chosen.cohort_id, chosen.candidate_id, date_trunc('week', attempts.started_at),
            scores.criterion, {_SCORED_BY}, {_MOMENTS}
        FROM chosen
        JOIN attempts ON attempts.candidate_id = chosen.candidate_id
            AND attempts.started_at >= chosen.joined_at
        JOIN scores ON scores.attempt_id = attempts.id AND scores.candidate_id = chosen.candidate_id
        GROUP BY chosen.cohort_id, chosen.candidate_id, date_trunc('week', attempts.started_at),
            scores.criterion, {_SCORED_BY}""",
    "standings": f"""
        SELECT cohort_id, candidate_id, criterion, scorer, scorer_version, rubric_version,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN recency <= 3 THEN level END),
            min(CASE WHEN recency <= 3 THEN level END),
            max(CASE WHEN recency <= 3 THEN level END),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN recency BETWEEN 4 AND 6 THEN level END),
            sum(CASE WHEN recency <= 3 THEN 1 ELSE 0 END), max(answers), max(started_at)
        FROM (
            SELECT chosen.cohort_id, chosen.candidate_id, scores.criterion, {_SCORED_BY}, scores.level,
                attempts.started_at,
                row_number() OVER (PARTITION BY chosen.cohort_id, chosen.candidate_id, scores.criterion,
                    {_SCORED_BY} ORDER BY attempts.started_at DESC, attempts.id) AS recency,
                count(*) OVER (PARTITION BY chosen.cohort_id, chosen.candidate_id, scores.criterion,
                    {_SCORED_BY}) AS answers
            FROM chosen
            JOIN attempts ON attempts.candidate_id = chosen.candidate_id
                AND attempts.started_at >= chosen.joined_at
            JOIN scores ON scores.attempt_id = attempts.id AND scores.candidate_id = chosen.candidate_id
            WHERE scores.level IS NOT NULL
        ) AS ranked
        WHERE recency <= 6
        GROUP BY cohort_id, candidate_id, criterion, scorer, scorer_version, rubric_version""",
    "activity": """
        SELECT chosen.cohort_id, chosen.candidate_id, date_trunc('week', attempts.started_at), count(*),
            sum(CASE WHEN attempts.status = 'scored' THEN 1 ELSE 0 END),
            coalesce(sum(speeches.seconds), 0), max(attempts.started_at)
        FROM chosen
        JOIN attempts ON attempts.candidate_id = chosen.candidate_id
            AND attempts.started_at >= chosen.joined_at
        LEFT JOIN speeches ON speeches.attempt_id = attempts.id
            AND speeches.candidate_id = chosen.candidate_id
        WHERE attempts.status IN ('scored', 'unscored', 'captured')
        GROUP BY chosen.cohort_id, chosen.candidate_id, date_trunc('week', attempts.started_at)""",
    "candidate_delivery": """
        SELECT chosen.cohort_id, chosen.candidate_id, delivery.name, delivery.unit,
            count(*), sum(delivery.value)
        FROM chosen
        JOIN attempts ON attempts.candidate_id = chosen.candidate_id
            AND attempts.started_at >= chosen.joined_at
        JOIN delivery ON delivery.attempt_id = attempts.id AND delivery.candidate_id = chosen.candidate_id
        WHERE delivery.value IS NOT NULL
        GROUP BY chosen.cohort_id, chosen.candidate_id, delivery.name, delivery.unit""",
}


def refresh(connection: Connection, candidates: Iterable[str]) -> None:
    """Make the roll-ups of these candidates again.

    Another server that does so for one of them waits until the transaction ends; else both would add rows.
    """
    people = sorted(set(candidates))
    alone = "FOR NO KEY UPDATE" if connection.dialect.name == "postgresql" else ""
    mine = f"{_MEMBERS} AND candidate_id IN :people ORDER BY candidate_id, cohort_id {alone}"
    found = _run(connection, mine, people=people)
    cohorts = sorted({row.cohort_id for row in found})
    if cohorts:
        chosen = f"{_MEMBERS} AND candidate_id IN :people AND cohort_id IN :cohorts"
        _refresh_people(connection, chosen, people=people, cohorts=cohorts)


def rebuild(connection: Connection) -> None:
    """Make all roll-ups again."""
    _refresh_people(connection, _MEMBERS)


def _refresh_people(connection: Connection, chosen: str, **given: list[str]) -> None:
    mine = "WHERE candidate_id IN :people AND cohort_id IN :cohorts" if given else ""
    for table, sql in _OF_PERSON.items():
        _run(connection, f"DELETE FROM {table} {mine}", **given)
        _run(connection, f"INSERT INTO {table} WITH chosen AS ({chosen}) {sql} {_TOGETHER}", **given)


def _run(connection: Connection, sql: str, **given: list[str]) -> Any:
    statement = text(sql).bindparams(*(bindparam(name, expanding=True) for name in given))
    return connection.execute(statement, given)
