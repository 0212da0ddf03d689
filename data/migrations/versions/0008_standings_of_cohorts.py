"""Totals over whole cohorts, which are put side by side; filled from the roll-ups of their members."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_FIRST = {
    "cohort_standings": """
        INSERT INTO cohort_standings
        SELECT cohort_id, criterion, scorer, scorer_version, rubric_version, count(*),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY level), sum(level), stddev_samp(level)
        FROM standings
        WHERE n >= 3
        GROUP BY cohort_id, criterion, scorer, scorer_version, rubric_version""",
    "cohort_counts": """
        INSERT INTO cohort_counts
        SELECT cohort_id, week, count(*), sum(answers), sum(scored)
        FROM activity
        GROUP BY cohort_id, week""",
}


def _column(name: str, kind: Any, missing: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, kind, nullable=missing)


def upgrade() -> None:
    scored_by = [
        _column(name, sa.Text) for name in ("criterion", "scorer", "scorer_version", "rubric_version")
    ]
    op.create_table(
        "cohort_standings",
        _column("cohort_id", sa.Text),
        *scored_by,
        _column("candidates", sa.Integer),
        _column("level", sa.Double),
        _column("total", sa.Double),
        _column("spread", sa.Double, missing=True),
    )
    op.create_table(
        "cohort_counts",
        _column("cohort_id", sa.Text),
        _column("week", sa.DateTime),
        *(_column(name, sa.Integer) for name in ("candidates", "answers", "scored")),
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    for table, first in _FIRST.items():
        op.execute(first)
        if postgres:
            op.create_index(f"{table}_of_cohort", table, ["cohort_id"])


def downgrade() -> None:
    for table in _FIRST:
        op.drop_table(table)
