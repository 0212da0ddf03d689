"""Figures about whole cohorts are published, no longer kept with every answer; the next look makes them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_TYPES: dict[str, Any] = {"text": sa.Text, "number": sa.Double, "whole": sa.Integer, "moment": sa.DateTime}
_LEVELS = "level1:whole level2:whole level3:whole level4:whole"
_SCORER = "scorer scorer_version rubric_version"
# name, or name:type; * is part of the key, ? may be missing
_TABLES = {
    "cohort_weeks": f"figure cohort_id week:moment criterion {_SCORER} candidates:whole n:whole total:number "
    f"squares:number {_LEVELS}",
    "cohort_questions": f"figure cohort_id question_id kind name {_SCORER} candidates:whole n:whole "
    "unscored:whole total:number squares:number",
    "cohort_coverage": "figure cohort_id category level candidates:whole answered:whole answers:whole",
    "cohort_standings": f"figure cohort_id criterion {_SCORER} candidates:whole level:number total:number "
    "spread:number?",
    "cohort_counts": "figure cohort_id week:moment candidates:whole answers:whole scored:whole",
    "cohort_delivery": "figure cohort_id name unit step:number candidates:whole value:number",
    "figure_people": "figure cohort_id kind candidate_id print",
    "snapshots": "cohort_id* kind* day:moment looked_at:moment",
}
_BEFORE = ("cohort_weeks", "cohort_questions", "cohort_standings", "cohort_counts")


def _column(spec: str) -> "sa.Column[Any]":
    name, _, kind = spec.rstrip("*?").partition(":")
    return sa.Column(
        name, _TYPES[kind or "text"], primary_key=spec.endswith("*"), nullable=spec.endswith("?")
    )


def upgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for table in _BEFORE:
        op.drop_table(table)
    for table, specs in _TABLES.items():
        columns = [_column(spec) for spec in specs.split()]
        op.create_table(table, *columns)
        for name in ("cohort_id", "candidate_id") if postgres and table != "snapshots" else ():
            if any(one.name == name for one in columns):
                op.create_index(f"{table}_of_{name.removesuffix('_id')}", table, [name])


def downgrade() -> None:
    raise NotImplementedError("The figures of before are not made any more. Restore a backup.")
