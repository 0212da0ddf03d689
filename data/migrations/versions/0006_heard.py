"""The words as they were heard, kept beside the corrected ones."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("speeches", sa.Column("heard", sa.Text, nullable=True))


def downgrade() -> None:
    op.drop_column("speeches", "heard")
