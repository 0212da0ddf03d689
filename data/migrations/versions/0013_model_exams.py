"""A table of exams: how each judge did on answers nothing was fitted on, and whether its levels count."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "model_exams",
        sa.Column("scorer", sa.Text, primary_key=True),
        sa.Column("scorer_version", sa.Text, primary_key=True),
        sa.Column("rubric_version", sa.Text, primary_key=True),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("taken_at", sa.DateTime, nullable=False),
        sa.Column("figures", sa.Text, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("model_exams")
