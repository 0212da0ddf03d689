"""Alembic's entry: runs the revisions on the connection that the store hands over."""

from alembic import context
from duckdb_sqlalchemy import alembic_impl  # noqa: F401  (registers DuckDB with Alembic)
from sqlalchemy import text

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    # Two processes that start together must not both migrate.
    connection.execute(text("SELECT pg_advisory_xact_lock(7205759)"))
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
