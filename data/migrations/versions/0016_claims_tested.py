"""An answer remembers which known wrong claims were tested in it, for when it is scored again."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("results", sa.Column("challenged", sa.Text, nullable=True))


def downgrade() -> None:
    op.drop_column("results", "challenged")
