"""Domain objects into table rows, by table name."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, TypeAlias

from data.domain import (
    Advice,
    Assessment,
    Attempt,
    AttemptResult,
    Code,
    Delivery,
    Evidence,
    Speech,
    Turn,
    Word,
)
from data.store.thinning import thin

CHECKS_RAN_IN = "candidate's browser"
"""Kept with every result of a test, and exported with it: it can be forged, which is fine for practice."""

Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = dict[str, list[Row]]


def utc(moment: datetime) -> datetime:
    """UTC without zone, as both engines keep it; a time without zone is taken as UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def attempt_row(attempt: Attempt) -> Row:
    """The row of `attempts`."""
    return {**asdict(attempt), "started_at": utc(attempt.started_at)}


def result_rows(result: AttemptResult, now: datetime) -> Rows:
    """All rows of an attempt except the attempt itself."""
    rows: Rows = defaultdict(list)
    rows["results"].append(
        {
            "notes": json.dumps(result.notes),
            "advice": _advice(result.advice),
            "saved_at": utc(now),
            "challenged": json.dumps(result.challenged) if result.challenged else None,
        }
    )
    rows["turns"].extend(_turn_row(turn) for turn in result.turns)
    if result.speech is not None:
        rows["speeches"].append(_speech_row(result.speech))
    if result.delivery is not None:
        rows["delivery"].extend(_delivery_rows(result.delivery))
    for frame in thin(result.frames):
        rows["signals"].extend(_frame_rows(asdict(frame)))
    rows["signal_summaries"].extend(asdict(summary) for summary in result.summaries)
    rows["signal_events"].extend(asdict(event) for event in result.events)
    if result.code is not None:
        rows["codes"].append(_code_row(result.code))
        rows["code_checks"].extend(_check_rows(result.code))
    if result.sketch is not None:
        rows["sketches"].append({"text": result.sketch.text})
    if result.assessment is not None:
        _add_assessment(rows, result.attempt.id, result.assessment, utc(now))
    owner = {"attempt_id": result.attempt.id, "candidate_id": result.attempt.candidate_id}
    return {table: [{**owner, **row} for row in found] for table, found in rows.items() if found}


def scored_by(assessment: Assessment) -> frozenset[tuple[str, str, str]]:
    """Scorer, its version and the rubric's version, for every score in an assessment and for it itself."""
    told = (*assessment.scores, *((assessment,) if assessment.scorer else ()))
    return frozenset((one.scorer, one.scorer_version, one.rubric_version) for one in told)


def delivery_unit(name: str) -> str:
    """The unit of a field of `Delivery`, from its suffix."""
    units = {"_wpm": "words/min", "_per_minute": "per minute", "_seconds": "s", "_share": "share"}
    return next((unit for suffix, unit in units.items() if name.endswith(suffix)), "count")


def words_json(words: Sequence[Word]) -> str:
    """Words as JSON lists of text, start, end, confidence."""
    return json.dumps([[w.text, w.start_seconds, w.end_seconds, w.confidence] for w in words])


def _turn_row(turn: Turn) -> Row:
    row = {field.name: getattr(turn, field.name) for field in fields(turn)}
    row["turn"] = row.pop("index")
    del row["kind"]
    row["words"] = words_json(turn.words)
    return row


def _speech_row(speech: Speech) -> Row:
    fillers = None if speech.fillers is None else json.dumps([asdict(filler) for filler in speech.fillers])
    return {
        "engine": speech.transcript.engine,
        "language": speech.transcript.language,
        "words": words_json(speech.transcript.words),
        "voiced": json.dumps([[part.start_seconds, part.end_seconds] for part in speech.voiced]),
        "fillers": fillers,
        "seconds": speech.seconds,
        "notes": json.dumps(speech.notes),
        "heard": None if speech.heard is None else words_json(speech.heard),
    }


def _delivery_rows(delivery: Delivery) -> Iterable[Row]:
    for field in fields(delivery):
        if field.name != "reason":
            yield {
                "name": field.name,
                "value": getattr(delivery, field.name),
                "unit": delivery_unit(field.name),
                "reason": delivery.reason,
            }


def _frame_rows(frame: Row) -> Iterable[Row]:
    seconds = frame.pop("seconds")
    for name, value in frame.items():
        if value is not None:
            label = value if isinstance(value, str) else None
            number = None if label is not None else float(value)
            yield {"seconds": seconds, "name": name, "value": number, "label": label}


def _code_row(code: Code) -> Row:
    return {"language": code.language, "text": code.text, "changed_since": code.changed_since}


def _check_rows(code: Code) -> Iterable[Row]:
    for place, check in enumerate(code.checks):
        yield {**asdict(check), "place": place, "ran_in": CHECKS_RAN_IN}


def _advice(advice: Advice | None) -> str | None:
    return None if advice is None else json.dumps(asdict(advice))


def _add_assessment(rows: Rows, attempt_id: str, assessment: Assessment, scored_at: datetime) -> None:
    key = sha256(repr((attempt_id, sorted(scored_by(assessment)))).encode()).hexdigest()[:24]
    made_by = min(scored_by(assessment), default=("", "", ""))
    head = dict(zip(("scorer", "scorer_version", "rubric_version"), made_by, strict=True))
    rows["assessments"].append({"notes": json.dumps(assessment.notes), "scored_at": scored_at, **head})
    for place, score in enumerate(assessment.scores):
        row = {field.name: getattr(score, field.name) for field in fields(score)}
        found = row.pop("evidence")
        rows["scores"].append(
            {
                **row,
                "errors": json.dumps([asdict(claim) for claim in score.errors]),
                "scored_at": scored_at,
                "place": place,
            }
        )
        rows["evidence"].extend(_evidence_rows("score", place, score.criterion, found))
    for place, result in enumerate(assessment.key_points):
        point = result.key_point
        rows["key_points"].append(
            {
                "key_point_id": point.id,
                "text": point.text,
                "probe": point.probe,
                "competency": point.competency,
                "status": result.status,
                "place": place,
            }
        )
        rows["evidence"].extend(_evidence_rows("key_point", place, result.key_point.id, result.quotes))
    for place, flag in enumerate(assessment.flags):
        row = {"name": flag.name, "explanation": flag.explanation, "where_found": flag.where, "place": place}
        rows["flags"].append(row)
        rows["evidence"].extend(_evidence_rows("flag", place, flag.name, _one(flag.evidence)))
    for table in ("assessments", "scores", "key_points", "flags", "evidence"):
        for row in rows[table]:
            row["assessment_id"] = key


def _one(evidence: Evidence | None) -> tuple[Evidence, ...]:
    return () if evidence is None else (evidence,)


def _evidence_rows(
    subject: str, subject_place: int, subject_id: str, found: Iterable[Evidence]
) -> Iterable[Row]:
    for place, evidence in enumerate(found):
        yield {
            "subject": subject,
            "subject_place": subject_place,
            "subject_id": subject_id,
            "place": place,
            **asdict(evidence),
        }
