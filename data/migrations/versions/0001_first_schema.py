"""The first schema: attempts, what was said, measured and judged, and small settings.

DuckDB gets primary keys only; PostgreSQL also gets foreign keys and indexes.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def text(name: str, optional: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=optional)


def number(name: str, optional: bool = True) -> "sa.Column[float]":
    return sa.Column(name, sa.Double, nullable=optional)


def whole(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, nullable=False)


def moment(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime, nullable=False)


def columns_of_attempt() -> dict[str, list["sa.Column[Any]"]]:
    ours: Callable[[], list[sa.Column[Any]]] = lambda: [text("assessment_id"), whole("place")]  # noqa: E731
    span: Callable[[], list[sa.Column[Any]]] = lambda: [number("start_seconds"), number("end_seconds")]  # noqa: E731
    return {
        "results": [text("notes"), text("advice", True), moment("saved_at")],
        "turns": [
            whole("turn"),
            text("speaker"),
            text("text"),
            text("words"),
            text("elicitation"),
            *span(),
        ],
        "speeches": [
            text("engine"),
            text("language", True),
            text("words"),
            text("voiced"),
            text("fillers", True),
            number("seconds", False),
            text("notes"),
        ],
        "delivery": [text("name"), number("value"), text("unit"), text("reason", True)],
        "signals": [number("seconds", False), text("name"), number("value"), text("label", True)],
        "signal_summaries": [
            text("name"),
            number("value"),
            text("unit"),
            number("coverage", False),
            text("reason", True),
        ],
        "signal_events": [
            text("name"),
            number("start_seconds", False),
            number("end_seconds", False),
            text("advice"),
        ],
        "assessments": [text("assessment_id"), text("notes"), moment("scored_at")],
        "scores": [
            *ours(),
            text("criterion"),
            number("level"),
            number("low"),
            number("high"),
            text("scorer"),
            text("scorer_version"),
            text("rubric_version"),
            text("reason", True),
            text("missing_for_next"),
            text("errors"),
            text("fix"),
            moment("scored_at"),
        ],
        "key_points": [
            *ours(),
            text("key_point_id"),
            text("text"),
            text("probe"),
            text("competency"),
            text("status"),
        ],
        "flags": [*ours(), text("name"), text("explanation"), text("where_found")],
        "evidence": [
            *ours(),
            text("subject"),
            whole("subject_place"),
            text("subject_id"),
            text("quote"),
            whole("turn"),
            text("elicitation"),
            number("start_seconds"),
            number("end_seconds"),
            text("clause", True),
        ],
        "self_ratings": [text("criterion"), number("level", False), moment("rated_at")],
    }


def upgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "attempts",
        sa.Column("id", sa.Text, primary_key=True),
        text("candidate_id"),
        text("session_id"),
        text("question_id"),
        moment("started_at"),
        text("mode"),
        text("status"),
        text("recording", True),
        number("question_end_seconds"),
        text("note", True),
        sa.Column("synthetic", sa.Boolean, nullable=False),
    )
    op.create_table(
        "memory",
        sa.Column("candidate_id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        text("value"),
        moment("saved_at"),
    )
    op.create_table(
        "questions", text("id"), text("category"), text("level"), text("title"), number("minutes", False)
    )
    for table, columns in columns_of_attempt().items():
        op.create_table(table, text("attempt_id"), text("candidate_id"), *columns)
        if postgres:
            op.create_foreign_key(None, table, "attempts", ["attempt_id"], ["id"], ondelete="CASCADE")
            op.create_index(f"{table}_of_attempt", table, ["attempt_id"])
            op.create_index(f"{table}_of_candidate", table, ["candidate_id"])
    if postgres:
        op.create_index("attempts_of_candidate", "attempts", ["candidate_id", "started_at"])


def downgrade() -> None:
    for table in (*columns_of_attempt(), "questions", "memory", "attempts"):
        op.drop_table(table)
