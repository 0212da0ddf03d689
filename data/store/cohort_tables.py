"""The tables of a shared installation: people, cohorts, grants, assignments, and roll-ups for instructors.

Empty where one candidate practises alone. What is about one person names it as `candidate_id`, as elsewhere.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Double, Integer, Table, Text, false

from data.store.tables import metadata


def _text(name: str, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


def _number(name: str, optional: bool = False) -> Column[float]:
    return Column(name, Double, nullable=optional)


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def _moment(name: str, optional: bool = False) -> Column[datetime]:
    return Column(name, DateTime, nullable=optional)


def _whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _switch(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


people = Table(
    "people",
    metadata,
    _key("candidate_id"),
    _text("issuer"),
    _text("subject"),
    _text("name"),
    _text("email"),
    _text("role"),
    _moment("joined_at"),
    _moment("signed_out_at", optional=True),
    Column("email_verified", Boolean, nullable=False, server_default=false()),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    _key("key"),
    _text("candidate_id"),
    _moment("began_at"),
    _moment("ended_at", optional=True),
    _moment("seen_at", optional=True),
)

cohorts = Table(
    "cohorts",
    metadata,
    _key("id"),
    _text("name"),
    _text("created_by"),
    _moment("created_at"),
    _switch("synthetic"),
)

members = Table(
    "members", metadata, _key("cohort_id"), _key("candidate_id"), _text("role"), _moment("joined_at")
)

invitations = Table(
    "invitations",
    metadata,
    _key("code_hash"),
    _text("cohort_id", optional=True),
    _text("role"),
    _text("created_by"),
    _moment("expires_at"),
    _whole("uses_left"),
)

grants = Table(
    "grants",
    metadata,
    _key("id"),
    _text("candidate_id"),
    _text("attempt_id"),
    _text("to_person", optional=True),
    _text("to_cohort", optional=True),
    _text("link_hash", optional=True),
    _switch("recording"),
    _switch("delivery"),
    _moment("created_at"),
    _moment("expires_at", optional=True),
    _moment("revoked_at", optional=True),
)

accesses = Table(
    "accesses",
    metadata,
    _text("candidate_id"),
    _text("attempt_id", optional=True),
    _text("viewer_id"),
    _text("what"),
    _text("why"),
    _moment("at"),
)

assignments = Table(
    "assignments",
    metadata,
    _key("id"),
    _text("cohort_id"),
    _text("title"),
    _text("questions"),
    _whole("takes"),
    _number("minutes", optional=True),
    _moment("due_at"),
    _text("created_by"),
    _moment("created_at"),
    _moment("withdrawn_at", optional=True),
)

dismissals = Table(
    "dismissals",
    metadata,
    _key("cohort_id"),
    _key("candidate_id"),
    _key("rule"),
    _text("note"),
    _text("dismissed_by"),
    _moment("dismissed_at"),
)


def _scored_by() -> tuple[Column[str], ...]:
    return _text("scorer"), _text("scorer_version"), _text("rubric_version")


def _moments() -> tuple[Column[int] | Column[float], ...]:
    """Enough for mean, spread and the distribution of rounded levels, exactly."""
    return (
        _whole("n"),
        _whole("unscored"),
        _number("total"),
        _number("squares"),
        *(_whole(f"level{level}") for level in (1, 2, 3, 4)),
    )


candidate_weeks = Table(
    "candidate_weeks",
    metadata,
    _text("cohort_id"),
    _text("candidate_id"),
    _moment("week"),
    _text("criterion"),
    *_scored_by(),
    *_moments(),
)

standings = Table(
    "standings",
    metadata,
    _text("cohort_id"),
    _text("candidate_id"),
    _text("criterion"),
    *_scored_by(),
    _number("level"),
    _number("low"),
    _number("high"),
    _number("before_level", optional=True),
    _whole("n"),
    _whole("answers"),
    _moment("last_at"),
)

activity = Table(
    "activity",
    metadata,
    _text("cohort_id"),
    _text("candidate_id"),
    _moment("week"),
    _whole("answers"),
    _whole("scored"),
    _number("seconds"),
    _moment("last_at"),
)

candidate_delivery = Table(
    "candidate_delivery",
    metadata,
    _text("cohort_id"),
    _text("candidate_id"),
    _text("name"),
    _text("unit"),
    _whole("n"),
    _number("total"),
)


def _of_cohort(name: str, *columns: Column[Any]) -> Table:
    """A table of published figures; `figure` names one of one cohort (`data.store.publishing`)."""
    return Table(name, metadata, _text("figure"), _text("cohort_id"), *columns)


cohort_weeks = _of_cohort(
    "cohort_weeks",
    _moment("week"),
    _text("criterion"),
    *_scored_by(),
    _whole("candidates"),
    _whole("n"),
    _number("total"),
    _number("squares"),
    *(_whole(f"level{level}") for level in (1, 2, 3, 4)),
)

cohort_questions = _of_cohort(
    "cohort_questions",
    _text("question_id"),
    _text("kind"),
    _text("name"),
    *_scored_by(),
    _whole("candidates"),
    _whole("n"),
    _whole("unscored"),
    _number("total"),
    _number("squares"),
)

cohort_coverage = _of_cohort(
    "cohort_coverage",
    _text("category"),
    _text("level"),
    *(_whole(name) for name in ("candidates", "answered", "answers")),
)

cohort_standings = _of_cohort(
    "cohort_standings",
    _text("criterion"),
    *_scored_by(),
    _whole("candidates"),
    _number("level"),
    _number("total"),
    _number("spread", optional=True),
)

cohort_counts = _of_cohort(
    "cohort_counts",
    _moment("week"),
    *(_whole(name) for name in ("candidates", "answers", "scored")),
)

cohort_delivery = _of_cohort(
    "cohort_delivery",
    _text("name"),
    _text("unit"),
    _number("step"),
    _whole("candidates"),
    _number("value"),
)

figure_people = Table(
    "figure_people",
    metadata,
    *(_text(name) for name in ("figure", "cohort_id", "kind", "candidate_id", "print")),
)
"""Who is behind each figure that was published last, with a hash of what they gave to it."""

snapshots = Table(
    "snapshots", metadata, _key("cohort_id"), _key("kind"), _moment("day"), _moment("looked_at")
)
"""On which day figures of a kind were published last, and when it was last asked whether some could be."""

OF_PERSON = (people, sign_ins, members, grants, accesses, dismissals)
"""About one person, and given in an export of everything."""

ROLLUPS_OF_PERSON = (candidate_weeks, standings, activity, candidate_delivery)
"""Made from other rows by `data.store.rollups`; they can be made again at any time."""
