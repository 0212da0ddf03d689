"""Table rows back into domain objects."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import UTC
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Table, select

from data.domain import (
    Advice,
    Assessment,
    Attempt,
    AttemptResult,
    CheckResult,
    Code,
    Delivery,
    Evidence,
    Filler,
    Fix,
    Flag,
    Interval,
    KeyPoint,
    KeyPointResult,
    OwnMark,
    Score,
    SignalEvent,
    SignalFrame,
    SignalSummary,
    Sketch,
    Speech,
    Transcript,
    Turn,
    Word,
    WrongClaim,
)
from data.store import tables
from data.store.guard import Opened
from data.store.untimed import untimed

Found: TypeAlias = dict[str, Any]
_MADE_BY = ("scorer", "scorer_version", "rubric_version")
_EvidenceOf: TypeAlias = Callable[[str, int], tuple[Evidence, ...]]


def rows_of(connection: Connection, table: Table, attempt_id: str) -> list[Found]:
    """All rows of one attempt in a table."""
    found = connection.execute(select(table).where(*of_attempt(table, attempt_id))).mappings()
    return [dict(row) for row in found]


def of_attempt(table: Table, attempt_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The rows of one attempt. Naming the owner too lets a large file skip nearly all of its rows."""
    known = tables.attempts.c
    owner = select(known.candidate_id).where(known.id == attempt_id).scalar_subquery()
    return table.c.attempt_id == attempt_id, table.c.candidate_id == owner


def attempt_from(row: Found) -> Attempt:
    """One attempt; its time says that it is UTC."""
    return Attempt(**{**row, "started_at": row["started_at"].replace(tzinfo=UTC)})


def attempts_of(connection: Connection, candidate_id: str) -> tuple[Attempt, ...]:
    """Everything a candidate began, newest first."""
    known = tables.attempts.c
    wanted = select(tables.attempts).where(known.candidate_id == candidate_id)
    wanted = wanted.order_by(known.started_at.desc())
    return tuple(attempt_from(dict(row)) for row in connection.execute(wanted).mappings())


def result_of(connection: Connection, attempt: Attempt, opened: Opened) -> AttemptResult:
    """Everything about an attempt, with the newest assessment; camera, voice and times only where allowed."""
    notes, advice, challenged = notes_advice_and_claims(connection, attempt.id)
    result = AttemptResult(
        attempt=attempt,
        turns=turns_of(connection, attempt.id),
        speech=speech_of(connection, attempt.id),
        delivery=delivery_of(connection, attempt.id) if opened.delivery else None,
        frames=frames_of(connection, attempt.id) if opened.camera else (),
        summaries=summaries_of(connection, attempt.id) if opened.camera else (),
        events=events_of(connection, attempt.id) if opened.camera else (),
        assessment=next(iter(assessments_of(connection, attempt.id)), None),
        advice=advice,
        notes=notes,
        code=code_of(connection, attempt.id),
        sketch=sketch_of(connection, attempt.id),
        challenged=challenged,
    )
    return result if opened.times else untimed(result)


def turns_of(connection: Connection, attempt_id: str) -> tuple[Turn, ...]:
    """The dialogue in order."""
    rows = sorted(rows_of(connection, tables.turns, attempt_id), key=lambda row: row["turn"])
    return tuple(_turn(row) for row in rows)


def speech_of(connection: Connection, attempt_id: str) -> Speech | None:
    """What listening gave, if anything was recorded or typed."""
    rows = rows_of(connection, tables.speeches, attempt_id)
    if not rows:
        return None
    row = rows[0]
    fillers = None if row["fillers"] is None else tuple(Filler(**item) for item in json.loads(row["fillers"]))
    return Speech(
        transcript=Transcript(_words(row["words"]), row["engine"], row["language"]),
        voiced=tuple(Interval(*pair) for pair in json.loads(row["voiced"])),
        fillers=fillers,
        seconds=row["seconds"],
        notes=tuple(json.loads(row["notes"])),
        heard=None if row["heard"] is None else _words(row["heard"]),
    )


def delivery_of(connection: Connection, attempt_id: str) -> Delivery | None:
    """How the answer was spoken."""
    rows = rows_of(connection, tables.delivery, attempt_id)
    if not rows:
        return None
    whole = {"words", "pauses", "long_pauses"}
    values = {
        row["name"]: int(row["value"]) if row["name"] in whole and row["value"] is not None else row["value"]
        for row in rows
    }
    known = {field.name for field in fields(Delivery)}
    return Delivery(
        **{name: value for name, value in values.items() if name in known}, reason=rows[0]["reason"]
    )


def frames_of(connection: Connection, attempt_id: str) -> tuple[SignalFrame, ...]:
    """The kept frames, at most one a second."""
    rows = sorted(rows_of(connection, tables.signals, attempt_id), key=lambda row: row["seconds"])
    return tuple(_frame(second, list(group)) for second, group in groupby(rows, lambda row: row["seconds"]))


def summaries_of(connection: Connection, attempt_id: str) -> tuple[SignalSummary, ...]:
    """One number per signal."""
    rows = rows_of(connection, tables.signal_summaries, attempt_id)
    return tuple(SignalSummary(**_fields_of(SignalSummary, row)) for row in rows)


def events_of(connection: Connection, attempt_id: str) -> tuple[SignalEvent, ...]:
    """What is worth jumping to, in order of time."""
    rows = sorted(rows_of(connection, tables.signal_events, attempt_id), key=lambda row: row["start_seconds"])
    return tuple(SignalEvent(**_fields_of(SignalEvent, row)) for row in rows)


def code_of(connection: Connection, attempt_id: str) -> Code | None:
    """The code that was written, with the results of its tests."""
    rows = rows_of(connection, tables.codes, attempt_id)
    if not rows:
        return None
    checks = sorted(rows_of(connection, tables.code_checks, attempt_id), key=lambda row: row["place"])
    results = tuple(CheckResult(**_fields_of(CheckResult, row)) for row in checks)
    return Code(**{**_fields_of(Code, rows[0]), "checks": results})


def sketch_of(connection: Connection, attempt_id: str) -> Sketch | None:
    """The design that was sketched."""
    rows = rows_of(connection, tables.sketches, attempt_id)
    return Sketch(rows[0]["text"]) if rows else None


def assessments_of(connection: Connection, attempt_id: str) -> tuple[Assessment, ...]:
    """What every scorer said, newest first."""
    heads = rows_of(connection, tables.assessments, attempt_id)
    if not heads:
        return ()
    parts = {
        table.name: sorted(rows_of(connection, table, attempt_id), key=lambda row: row["place"])
        for table in (tables.scores, tables.key_points, tables.flags, tables.evidence)
    }
    newest_first = sorted(heads, key=lambda row: row["scored_at"], reverse=True)
    return tuple(_assessment(head, parts) for head in newest_first)


def self_ratings_of(connection: Connection, attempt_id: str) -> list[Found]:
    """How the candidate rated the own answer."""
    return rows_of(connection, tables.self_ratings, attempt_id)


def own_marks_of(connection: Connection, attempt_id: str) -> tuple[OwnMark, ...]:
    """The key points the candidate says to have made, in order of the answer."""
    found = rows_of(connection, tables.own_marks, attempt_id)
    rows = sorted(found, key=lambda row: (row["turn"], row["point"]))
    return tuple(
        OwnMark(**{**_fields_of(OwnMark, row), "made_at": row["made_at"].replace(tzinfo=UTC)}) for row in rows
    )


def notes_advice_and_claims(
    connection: Connection, attempt_id: str
) -> tuple[tuple[str, ...], Advice | None, tuple[int, ...]]:
    """The sentences above the result, what to do differently, and places of the wrong claims tested."""
    rows = rows_of(connection, tables.results, attempt_id)
    if not rows:
        return (), None, ()
    row = rows[0]
    return (
        tuple(json.loads(row["notes"])),
        _advice(row["advice"]),
        tuple(json.loads(row["challenged"] or "[]")),
    )


def _fields_of(kind: type, row: Found) -> Found:
    return {field.name: row[field.name] for field in fields(kind) if field.name in row}


def _words(text: str) -> tuple[Word, ...]:
    return tuple(Word(*item) for item in json.loads(text))


def _turn(row: Found) -> Turn:
    return Turn(**{**_fields_of(Turn, row), "index": row["turn"], "words": _words(row["words"])})


def _frame(seconds: float, rows: Iterable[Found]) -> SignalFrame:
    known = {field.name for field in fields(SignalFrame)}
    values = {
        row["name"]: row["value"] if row["label"] is None else row["label"]
        for row in rows
        if row["name"] in known
    }
    return SignalFrame(**{**values, "seconds": seconds, "face_found": bool(values["face_found"])})


def _advice(text: str | None) -> Advice | None:
    if text is None:
        return None
    found = json.loads(text)
    fixes = tuple(
        Fix(fix["what"], fix["how"], None if fix["evidence"] is None else Evidence(**fix["evidence"]))
        for fix in found["fixes"]
    )
    return Advice(tuple(found["worked"]), fixes, found["do_next"])


def _assessment(head: Found, parts: dict[str, list[Found]]) -> Assessment:
    mine = {
        name: [row for row in rows if row["assessment_id"] == head["assessment_id"]]
        for name, rows in parts.items()
    }

    def evidence(subject: str, place: int) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(**_fields_of(Evidence, row))
            for row in mine["evidence"]
            if row["subject"] == subject and row["subject_place"] == place
        )

    made_by = {} if mine["scores"] else {name: head[name] or "" for name in _MADE_BY}
    return Assessment(
        scores=tuple(_score(row, evidence) for row in mine["scores"]),
        key_points=tuple(_key_point(row, evidence) for row in mine["key_points"]),
        flags=tuple(_flag(row, evidence) for row in mine["flags"]),
        notes=tuple(json.loads(head["notes"])),
        **made_by,
    )


def _score(row: Found, evidence: _EvidenceOf) -> Score:
    found = evidence("score", row["place"])
    errors = wrong_claims(json.loads(row["errors"]))
    return Score(**{**_fields_of(Score, row), "errors": errors, "evidence": found})


def wrong_claims(kept: Iterable[Found | str]) -> tuple[WrongClaim, ...]:
    """As they were kept: until 2026-11 each was one sentence."""
    return tuple(WrongClaim("", "", one) if isinstance(one, str) else WrongClaim(**one) for one in kept)


def _key_point(row: Found, evidence: _EvidenceOf) -> KeyPointResult:
    point = KeyPoint(row["key_point_id"], row["text"], row["probe"], row["competency"])
    quotes = evidence("key_point", row["place"])
    return KeyPointResult(point, row["status"], next(iter(quotes), None), quotes[1:])


def _flag(row: Found, evidence: _EvidenceOf) -> Flag:
    found = next(iter(evidence("flag", row["place"])), None)
    return Flag(row["name"], row["explanation"], found, row["where_found"])
