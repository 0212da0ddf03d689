"""A table of drafts with versions; what was kept as drafts among the small values moves there."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_KINDS = ("draft:", "code-draft:", "sketch-draft:", "interview-draft:")
_DRAFTS = " OR ".join(f"key LIKE '{kind}%'" for kind in _KINDS)


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("candidate_id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("saved_at", sa.DateTime, nullable=False),
    )
    op.execute(
        "INSERT INTO drafts (candidate_id, key, text, version, saved_at) "
        f"SELECT candidate_id, key, value, 'before.1', saved_at FROM memory WHERE {_DRAFTS}"
    )
    op.execute(f"DELETE FROM memory WHERE {_DRAFTS}")


def downgrade() -> None:
    op.execute(
        "INSERT INTO memory (candidate_id, key, value, saved_at) "
        "SELECT candidate_id, key, text, saved_at FROM drafts"
    )
    op.drop_table("drafts")
