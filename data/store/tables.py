"""The tables as they are today. `data/migrations` holds how they came about; a test keeps both equal.

Every row about a person names its owner (`candidate_id`), so that reading and erasing need no detour.
There are no indexes and no foreign keys in DuckDB (both lost or blocked data when a process was killed);
PostgreSQL gets them from the migration. Times are UTC without zone, JSON is kept as text.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Double, Integer, MetaData, Table, Text

metadata = MetaData()


def _text(name: str, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


def _number(name: str, optional: bool = True) -> Column[float]:
    return Column(name, Double, nullable=optional)


def _place() -> Column[int]:
    return Column("place", Integer, nullable=False)


def _of_attempt(name: str, *columns: Column[Any]) -> Table:
    """A table whose rows belong to one attempt of one candidate."""
    return Table(name, metadata, _text("attempt_id"), _text("candidate_id"), *columns)


def _of_assessment(name: str, *columns: Column[Any]) -> Table:
    """A table whose rows belong to what one scorer said of one attempt."""
    return _of_attempt(name, _text("assessment_id"), _place(), *columns)


attempts = Table(
    "attempts",
    metadata,
    Column("id", Text, primary_key=True),
    _text("candidate_id"),
    _text("session_id"),
    _text("question_id"),
    Column("started_at", DateTime, nullable=False),
    _text("mode"),
    _text("status"),
    _text("recording", optional=True),
    _number("question_end_seconds"),
    _text("note", optional=True),
    Column("synthetic", Boolean, nullable=False),
)

results = _of_attempt(
    "results",
    _text("notes"),
    _text("advice", optional=True),
    Column("saved_at", DateTime, nullable=False),
    _text("challenged", optional=True),
)

turns = _of_attempt(
    "turns",
    Column("turn", Integer, nullable=False),
    _text("speaker"),
    _text("text"),
    _text("words"),
    _text("elicitation"),
    _number("start_seconds"),
    _number("end_seconds"),
)

speeches = _of_attempt(
    "speeches",
    _text("engine"),
    _text("language", optional=True),
    _text("words"),
    _text("voiced"),
    _text("fillers", optional=True),
    _number("seconds", optional=False),
    _text("notes"),
    _text("heard", optional=True),
)

delivery = _of_attempt(
    "delivery", _text("name"), _number("value"), _text("unit"), _text("reason", optional=True)
)

signals = _of_attempt(
    "signals",
    _number("seconds", optional=False),
    _text("name"),
    _number("value"),
    _text("label", optional=True),
)

signal_summaries = _of_attempt(
    "signal_summaries",
    _text("name"),
    _number("value"),
    _text("unit"),
    _number("coverage", optional=False),
    _text("reason", optional=True),
)

signal_events = _of_attempt(
    "signal_events",
    _text("name"),
    _number("start_seconds", optional=False),
    _number("end_seconds", optional=False),
    _text("advice"),
)

codes = _of_attempt(
    "codes", _text("language"), _text("text"), Column("changed_since", Boolean, nullable=False)
)

code_checks = _of_attempt(
    "code_checks",
    _place(),
    _text("name"),
    _text("outcome"),
    Column("edge", Boolean, nullable=False),
    _number("seconds"),
    _text("problem"),
    _text("ran_in"),
)

sketches = _of_attempt("sketches", _text("text"))

assessments = _of_attempt(
    "assessments",
    _text("assessment_id"),
    _text("notes"),
    Column("scored_at", DateTime, nullable=False),
    _text("scorer", optional=True),
    _text("scorer_version", optional=True),
    _text("rubric_version", optional=True),
)

scores = _of_assessment(
    "scores",
    _text("criterion"),
    _number("level"),
    _number("low"),
    _number("high"),
    _text("scorer"),
    _text("scorer_version"),
    _text("rubric_version"),
    _text("reason", optional=True),
    _text("missing_for_next"),
    _text("errors"),
    _text("fix"),
    Column("scored_at", DateTime, nullable=False),
)

key_points = _of_assessment(
    "key_points",
    _text("key_point_id"),
    _text("text"),
    _text("probe"),
    _text("competency"),
    _text("status"),
)

flags = _of_assessment("flags", _text("name"), _text("explanation"), _text("where_found"))

evidence = _of_assessment(
    "evidence",
    _text("subject"),
    Column("subject_place", Integer, nullable=False),
    _text("subject_id"),
    _text("quote"),
    Column("turn", Integer, nullable=False),
    _text("elicitation"),
    _number("start_seconds"),
    _number("end_seconds"),
    _text("clause", optional=True),
)

self_ratings = _of_attempt(
    "self_ratings",
    _text("criterion"),
    _number("level", optional=False),
    Column("rated_at", DateTime, nullable=False),
)

own_marks = _of_attempt(
    "own_marks",
    _text("point"),
    _text("quote"),
    Column("turn", Integer, nullable=False),
    _number("seconds"),
    Column("made_at", DateTime, nullable=False),
)

disputes = _of_attempt(
    "disputes",
    Column("dispute_id", Text, primary_key=True),
    _text("criterion"),
    _text("scorer"),
    _text("scorer_version"),
    _text("words"),
    _text("reason"),
    Column("made_at", DateTime, nullable=False),
    _number("first_level"),
    _text("first_score"),
    _number("second_level"),
    _text("second_score", optional=True),
    Column("second_at", DateTime, nullable=True),
)
"""`words` is a hash of what was said, the scores are whole, as JSON; the levels stand beside for queries."""

overrides = _of_attempt(
    "overrides",
    _text("criterion"),
    _text("scorer"),
    _text("scorer_version"),
    _text("words"),
    _text("note"),
    _text("made_by"),
    Column("made_at", DateTime, nullable=False),
    _number("level", optional=False),
    _number("machine_level"),
    _text("machine_score"),
)

job_tasks = _of_attempt(
    "job_tasks",
    _text("job_id"),
    _text("state"),
    _text("reason"),
    Column("settled_at", DateTime, nullable=True),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    _text("kind"),
    _text("selection"),
    Column("begun_at", DateTime, nullable=False),
    Column("ended_at", DateTime, nullable=True),
    Column("cancelled", Boolean, nullable=False),
    _text("runner", optional=True),
    Column("beat_at", DateTime, nullable=True),
)
"""Work done again on many answers, each a row of `job_tasks`. `runner` is the process that does it, as
long as it says so (`beat_at`)."""

memory = Table(
    "memory",
    metadata,
    Column("candidate_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _text("value"),
    Column("saved_at", DateTime, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("candidate_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _text("text"),
    _text("version"),
    Column("saved_at", DateTime, nullable=False),
)
"""What is being written; `version` says by which tab, so that an older tab replaces nothing newer."""

questions = Table(
    "questions",
    metadata,
    _text("id"),
    _text("category"),
    _text("level"),
    _text("title"),
    _number("minutes", optional=False),
)

model_exams = Table(
    "model_exams",
    metadata,
    Column("scorer", Text, primary_key=True),
    Column("scorer_version", Text, primary_key=True),
    Column("rubric_version", Text, primary_key=True),
    _text("model"),
    _text("place"),
    Column("taken_at", DateTime, nullable=False),
    _text("figures"),
    Column("passed", Boolean, nullable=False),
)
"""How judges did in the exam, the newest of each version; about no person. `figures` is JSON."""

interviews = Table(
    "interviews",
    metadata,
    Column("id", Text, primary_key=True),
    _text("candidate_id"),
    Column("started_at", DateTime, nullable=False),
    Column("saved_at", DateTime, nullable=False),
    Column("over", Boolean, nullable=False),
    _text("state"),
)

question_sets = Table(
    "question_sets",
    metadata,
    Column("id", Text, primary_key=True),
    _text("candidate_id"),
    _text("name"),
    _text("kind"),
    Column("saved_at", DateTime, nullable=False),
    _text("content"),
)

OF_ANSWER = (
    results,
    turns,
    speeches,
    delivery,
    signals,
    signal_summaries,
    signal_events,
    codes,
    code_checks,
    sketches,
)
"""Replaced whenever the attempt is saved again."""

OF_ASSESSMENT = (assessments, scores, key_points, flags, evidence)
"""Kept side by side, one set per scorer and version."""

OF_ATTEMPT = (*OF_ANSWER, *OF_ASSESSMENT, self_ratings, own_marks, disputes, overrides, job_tasks)

PERSONAL = (attempts, *OF_ATTEMPT, interviews, question_sets, drafts, memory)
"""Everything that is about somebody: what an export gives and an erasure takes."""
