"""Whether a provider has verified somebody's address; known with their next signing-in."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("people", sa.Column("email_verified", sa.Boolean, nullable=True, server_default=sa.false()))
    op.execute("UPDATE people SET email_verified = false")
    op.alter_column("people", "email_verified", nullable=False)


def downgrade() -> None:
    op.drop_column("people", "email_verified")
