"""Own marks: the key points a candidate says to have made, with the words, apart from what a scorer heard."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "own_marks",
        sa.Column("attempt_id", sa.Text, nullable=False),
        sa.Column("candidate_id", sa.Text, nullable=False),
        sa.Column("point", sa.Text, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Double, nullable=True),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key(None, "own_marks", "attempts", ["attempt_id"], ["id"], ondelete="CASCADE")
        op.create_index("own_marks_of_attempt", "own_marks", ["attempt_id"])
        op.create_index("own_marks_of_candidate", "own_marks", ["candidate_id"])


def downgrade() -> None:
    op.drop_table("own_marks")
