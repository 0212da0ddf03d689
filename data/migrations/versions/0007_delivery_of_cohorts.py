"""Delivery of a cohort's members as roll-ups; they are made again with the next answer of each member."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TABLE = "candidate_delivery"


def upgrade() -> None:
    texts = [
        sa.Column(name, sa.Text, nullable=False) for name in ("cohort_id", "candidate_id", "name", "unit")
    ]
    n, total = sa.Column("n", sa.Integer, nullable=False), sa.Column("total", sa.Double, nullable=False)
    op.create_table(_TABLE, *texts, n, total)
    if op.get_bind().dialect.name == "postgresql":
        for name in ("cohort", "candidate"):
            op.create_index(f"{_TABLE}_of_{name}", _TABLE, [f"{name}_id"])


def downgrade() -> None:
    op.drop_table(_TABLE)
