"""People, cohorts, grants, assignments, and the roll-ups that instructors' pages read.

DuckDB gets keys only; PostgreSQL also gets indexes.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TYPES: dict[str, Any] = {
    "text": sa.Text,
    "number": sa.Double,
    "whole": sa.Integer,
    "switch": sa.Boolean,
    "moment": sa.DateTime,
}
_SCORED_BY = "scorer scorer_version rubric_version"
_LEVELS = "level1:whole level2:whole level3:whole level4:whole"
_MOMENTS = f"n:whole unscored:whole total:number squares:number {_LEVELS}"
# name, or name:type; * is part of the key, ? may be missing
_TABLES = {
    "people": "candidate_id* issuer subject name email role joined_at:moment signed_out_at:moment?",
    "sign_ins": "key* candidate_id began_at:moment ended_at:moment?",
    "cohorts": "id* name created_by created_at:moment synthetic:switch",
    "members": "cohort_id* candidate_id* role joined_at:moment",
    "invitations": "code_hash* cohort_id? role created_by expires_at:moment uses_left:whole",
    "grants": "id* candidate_id attempt_id to_person? to_cohort? link_hash? recording:switch delivery:switch "
    "created_at:moment expires_at:moment? revoked_at:moment?",
    "accesses": "candidate_id attempt_id viewer_id what why at:moment",
    "assignments": "id* cohort_id title questions takes:whole minutes:number? due_at:moment created_by "
    "created_at:moment withdrawn_at:moment?",
    "dismissals": "cohort_id* candidate_id* rule* note dismissed_by dismissed_at:moment",
    "candidate_weeks": f"cohort_id candidate_id week:moment criterion {_SCORED_BY} {_MOMENTS}",
    "standings": f"cohort_id candidate_id criterion {_SCORED_BY} level:number low:number high:number "
    "before_level:number? n:whole answers:whole last_at:moment",
    "activity": "cohort_id candidate_id week:moment answers:whole scored:whole seconds:number last_at:moment",
    "cohort_weeks": f"cohort_id week:moment criterion {_SCORED_BY} candidates:whole {_MOMENTS}",
    "cohort_questions": f"cohort_id question_id kind name {_SCORED_BY} candidates:whole {_MOMENTS}",
}


def column(spec: str) -> "sa.Column[Any]":
    name, _, kind = spec.rstrip("*?").partition(":")
    return sa.Column(
        name, _TYPES[kind or "text"], primary_key=spec.endswith("*"), nullable=spec.endswith("?")
    )


def upgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for table, specs in _TABLES.items():
        columns = [column(spec) for spec in specs.split()]
        op.create_table(table, *columns)
        for name in ("cohort_id", "candidate_id") if postgres else ():
            if any(one.name == name for one in columns):
                op.create_index(f"{table}_of_{name.removesuffix('_id')}", table, [name])


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
