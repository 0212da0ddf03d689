"""An assessment says who made it: one without any score has nothing else that does."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_MADE_BY = ("scorer", "scorer_version", "rubric_version")


def upgrade() -> None:
    for name in _MADE_BY:
        op.add_column("assessments", sa.Column(name, sa.Text, nullable=True))
    mine = (
        "scores.assessment_id = assessments.assessment_id AND scores.candidate_id = assessments.candidate_id"
    )
    found = ", ".join(f"{name} = (SELECT min({name}) FROM scores WHERE {mine})" for name in _MADE_BY)
    op.execute(f"UPDATE assessments SET {found}")


def downgrade() -> None:
    for name in _MADE_BY:
        op.drop_column("assessments", name)
