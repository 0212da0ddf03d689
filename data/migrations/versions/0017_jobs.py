"""Work done again on many answers: a job, and a task for each of them, so that none is lost."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("selection", sa.Text, nullable=False),
        sa.Column("begun_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime, nullable=True),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("runner", sa.Text, nullable=True),
        sa.Column("beat_at", sa.DateTime, nullable=True),
    )
    op.create_table(
        "job_tasks",
        sa.Column("attempt_id", sa.Text, nullable=False),
        sa.Column("candidate_id", sa.Text, nullable=False),
        sa.Column("job_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("settled_at", sa.DateTime, nullable=True),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key(None, "job_tasks", "attempts", ["attempt_id"], ["id"], ondelete="CASCADE")
        op.create_index("job_tasks_of_attempt", "job_tasks", ["attempt_id"])
        op.create_index("job_tasks_of_candidate", "job_tasks", ["candidate_id"])


def downgrade() -> None:
    op.drop_table("job_tasks")
    op.drop_table("jobs")
