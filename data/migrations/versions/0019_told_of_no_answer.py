"""A line of the access log that is about no single answer names none.

It named an answer "", which a foreign key refuses: on PostgreSQL nobody could become an instructor of a
cohort that has candidates.
"""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("ALTER TABLE accesses ALTER COLUMN attempt_id DROP NOT NULL")
    op.execute("UPDATE accesses SET attempt_id = NULL WHERE attempt_id = ''")


def downgrade() -> None:
    named = "UPDATE accesses SET attempt_id = '' WHERE attempt_id IS NULL"
    if op.get_bind().dialect.name == "postgresql":
        named = "DELETE FROM accesses WHERE attempt_id IS NULL"
    op.execute(named)
    op.execute("ALTER TABLE accesses ALTER COLUMN attempt_id SET NOT NULL")
