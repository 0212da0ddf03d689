"""What is written beside the words: code, the results of its tests, a design sketch."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False)


def flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean, nullable=False)


def columns() -> dict[str, list["sa.Column[Any]"]]:
    return {
        "codes": [text("language"), text("text"), flag("changed_since")],
        "code_checks": [
            sa.Column("place", sa.Integer, nullable=False),
            text("name"),
            text("outcome"),
            flag("edge"),
            sa.Column("seconds", sa.Double, nullable=True),
            text("problem"),
            text("ran_in"),
        ],
        "sketches": [text("text")],
    }


def upgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for table, own in columns().items():
        op.create_table(table, text("attempt_id"), text("candidate_id"), *own)
        if postgres:
            op.create_foreign_key(None, table, "attempts", ["attempt_id"], ["id"], ondelete="CASCADE")
            op.create_index(f"{table}_of_attempt", table, ["attempt_id"])
            op.create_index(f"{table}_of_candidate", table, ["candidate_id"])


def downgrade() -> None:
    for table in columns():
        op.drop_table(table)
