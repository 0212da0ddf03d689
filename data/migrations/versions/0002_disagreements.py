"""Disputes of candidates and overrides of instructors, both kept beside the machine's scores."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def text(name: str, optional: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=optional)


def level(name: str, optional: bool = True) -> "sa.Column[float]":
    return sa.Column(name, sa.Double, nullable=optional)


def moment(name: str, optional: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime, nullable=optional)


def columns() -> dict[str, list["sa.Column[Any]"]]:
    return {
        "disputes": [
            sa.Column("dispute_id", sa.Text, primary_key=True),
            text("criterion"),
            text("scorer"),
            text("scorer_version"),
            text("words"),
            text("reason"),
            moment("made_at"),
            level("first_level"),
            text("first_score"),
            level("second_level"),
            text("second_score", True),
            moment("second_at", True),
        ],
        "overrides": [
            text("criterion"),
            text("scorer"),
            text("scorer_version"),
            text("words"),
            text("note"),
            text("made_by"),
            moment("made_at"),
            level("level", False),
            level("machine_level"),
            text("machine_score"),
        ],
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
