"""When somebody who signed in was last here: signing in ends when nobody comes for some hours."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("sign_ins", sa.Column("seen_at", sa.DateTime, nullable=True))


def downgrade() -> None:
    op.drop_column("sign_ins", "seen_at")
