"""Whether a provider has verified somebody's address; known with their next signing-in."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    if op.get_bind().dialect.name == "duckdb":
        return _made_anew()
    op.add_column("people", sa.Column("email_verified", sa.Boolean, nullable=True, server_default=sa.false()))
    op.execute("UPDATE people SET email_verified = false")
    op.alter_column("people", "email_verified", nullable=False)


def _made_anew() -> None:
    """DuckDB sets NOT NULL on no table with rows that the same transaction has changed."""
    made = op.get_bind().exec_driver_sql("SELECT sql FROM duckdb_tables() WHERE table_name = 'people'")
    statement = str(made.scalar_one())
    op.execute("CREATE TEMP TABLE known AS SELECT *, false AS email_verified FROM people")
    op.execute("DROP TABLE people")
    op.execute(statement.replace(", PRIMARY", ", email_verified BOOLEAN DEFAULT false NOT NULL, PRIMARY"))
    op.execute("INSERT INTO people BY NAME SELECT * FROM known")
    op.execute("DROP TABLE known")


def downgrade() -> None:
    op.drop_column("people", "email_verified")
