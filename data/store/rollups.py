"""Roll-ups for instructors' pages, kept by whoever writes an answer, made again from its rows.

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
_ADDED = ", ".join(f"sum({name})" for name in (
    "n", "unscored", "total", "squares", "level1", "level2", "level3", "level4"))  # fmt: skip
_NO_LEVELS = "'', '', '', count(DISTINCT attempts.candidate_id)"

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
_OF_COHORT = {
    "cohort_weeks": f"""
        SELECT cohort_id, week, criterion, scorer, scorer_version, rubric_version,
            count(DISTINCT candidate_id), {_ADDED}
        FROM candidate_weeks WHERE cohort_id IN :cohorts
        GROUP BY cohort_id, week, criterion, scorer, scorer_version, rubric_version""",
    "cohort_standings": """
        SELECT cohort_id, criterion, scorer, scorer_version, rubric_version, count(*),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY level), sum(level), stddev_samp(level)
        FROM standings WHERE cohort_id IN :cohorts AND n >= 3
        GROUP BY cohort_id, criterion, scorer, scorer_version, rubric_version""",
    "cohort_counts": """
        SELECT cohort_id, week, count(*), sum(answers), sum(scored)
        FROM activity WHERE cohort_id IN :cohorts
        GROUP BY cohort_id, week""",
}
_ANSWERS = """
    FROM chosen
    JOIN attempts ON attempts.candidate_id = chosen.candidate_id
        AND attempts.started_at >= chosen.joined_at"""
_QUESTIONS = (
    f"""SELECT chosen.cohort_id, attempts.question_id, 'criterion', scores.criterion, {_SCORED_BY},
        count(DISTINCT attempts.candidate_id), {_MOMENTS} {_ANSWERS}
    JOIN scores ON scores.attempt_id = attempts.id AND scores.candidate_id = chosen.candidate_id
    WHERE {{asked}}
    GROUP BY chosen.cohort_id, attempts.question_id, scores.criterion, {_SCORED_BY}""",
    f"""SELECT chosen.cohort_id, attempts.question_id, 'answers', '', {_NO_LEVELS},
        sum(CASE WHEN attempts.status = 'scored' THEN 1 ELSE 0 END),
        sum(CASE WHEN attempts.status = 'unscored' THEN 1 ELSE 0 END), 0, 0, 0, 0, 0, 0 {_ANSWERS}
    WHERE attempts.status IN ('scored', 'unscored') AND {{asked}}
    GROUP BY chosen.cohort_id, attempts.question_id""",
    f"""SELECT chosen.cohort_id, attempts.question_id, 'flag', flags.name, {_NO_LEVELS},
        count(DISTINCT attempts.id), 0, 0, 0, 0, 0, 0, 0 {_ANSWERS}
    JOIN flags ON flags.attempt_id = attempts.id AND flags.candidate_id = chosen.candidate_id
    WHERE {{asked}}
    GROUP BY chosen.cohort_id, attempts.question_id, flags.name""",
    f"""SELECT chosen.cohort_id, attempts.question_id, 'missed', key_points.text, {_NO_LEVELS},
        count(DISTINCT attempts.id), 0, 0, 0, 0, 0, 0, 0 {_ANSWERS}
    JOIN key_points ON key_points.attempt_id = attempts.id AND key_points.candidate_id = chosen.candidate_id
    WHERE key_points.status = 'missed' AND {{asked}}
    GROUP BY chosen.cohort_id, attempts.question_id, key_points.text""",
)


def refresh(
    connection: Connection, candidates: Iterable[str], questions: Iterable[str] | None = None
) -> None:
    """Make the roll-ups of these candidates and their cohorts again; `questions` narrows what has changed."""
    people = sorted(set(candidates))
    found = _run(connection, f"{_MEMBERS} AND candidate_id IN :people", people=people)
    cohorts = sorted({row.cohort_id for row in found})
    if cohorts:
        chosen = f"{_MEMBERS} AND candidate_id IN :people AND cohort_id IN :cohorts"
        _refresh_people(connection, chosen, people=people, cohorts=cohorts)
        refresh_cohorts(connection, cohorts, questions)


def rebuild(connection: Connection) -> None:
    """Make all roll-ups again."""
    _refresh_people(connection, _MEMBERS)
    cohorts = sorted(row.id for row in _run(connection, "SELECT id FROM cohorts"))
    if cohorts:
        refresh_cohorts(connection, cohorts)


def refresh_cohorts(
    connection: Connection, cohorts: list[str], questions: Iterable[str] | None = None
) -> None:
    """Make the roll-ups over whole cohorts again, from rows of their members."""
    for table, totals in _OF_COHORT.items():
        _run(connection, f"DELETE FROM {table} WHERE cohort_id IN :cohorts", cohorts=cohorts)
        _run(connection, f"INSERT INTO {table} {totals} {_TOGETHER}", cohorts=cohorts)
    asked, given = "1 = 1", {}
    if questions is not None:
        asked, given = "attempts.question_id IN :questions", {"questions": sorted(set(questions))}
    forget = asked.replace("attempts.", "")
    _run(
        connection,
        f"DELETE FROM cohort_questions WHERE cohort_id IN :cohorts AND {forget}",
        cohorts=cohorts,
        **given,
    )
    chosen = f"{_MEMBERS} AND cohort_id IN :cohorts"
    for sql in _QUESTIONS:
        made = f"INSERT INTO cohort_questions WITH chosen AS ({chosen}) {sql.format(asked=asked)}"
        _run(connection, made, cohorts=cohorts, **given)


def _refresh_people(connection: Connection, chosen: str, **given: list[str]) -> None:
    mine = "WHERE candidate_id IN :people AND cohort_id IN :cohorts" if given else ""
    for table, sql in _OF_PERSON.items():
        _run(connection, f"DELETE FROM {table} {mine}", **given)
        _run(connection, f"INSERT INTO {table} WITH chosen AS ({chosen}) {sql} {_TOGETHER}", **given)


def _run(connection: Connection, sql: str, **given: list[str]) -> Any:
    statement = text(sql).bindparams(*(bindparam(name, expanding=True) for name in given))
    return connection.execute(statement, given)
