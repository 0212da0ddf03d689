"""On PostgreSQL, what belongs to a cohort or was shared of an answer cannot be there without it."""

from alembic import op

revision = "0018"
down_revision = "0017"

# table, column, what it names
_KEYS = (
    ("grants", "attempt_id", "attempts"),
    ("accesses", "attempt_id", "attempts"),
    ("members", "cohort_id", "cohorts"),
    ("invitations", "cohort_id", "cohorts"),
    ("assignments", "cohort_id", "cohorts"),
    ("dismissals", "cohort_id", "cohorts"),
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    # A line of the access log about no single answer named "", and is no line of an answer that is gone.
    op.execute("ALTER TABLE accesses ALTER COLUMN attempt_id DROP NOT NULL")
    op.execute("UPDATE accesses SET attempt_id = NULL WHERE attempt_id = ''")
    for table, column, named in _KEYS:
        op.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM {named})")
        op.create_foreign_key(f"{table}_{column}_fkey", table, named, [column], ["id"], ondelete="CASCADE")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column, _ in _KEYS:
            op.drop_constraint(f"{table}_{column}_fkey", table)
