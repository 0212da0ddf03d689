"""What is kept: an attempt, and everything known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from data.domain.said import Delivery, Speech, Turn
from data.domain.seen import SignalEvent, SignalFrame, SignalSummary
from data.domain.worth import Advice, Assessment
from data.domain.written import Code, Sketch

CaptureMode = Literal["camera", "microphone", "typed", "upload"]
AttemptStatus = Literal["recording", "captured", "scored", "unscored"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One candidate answering one question once. `recording` is a path below the recordings folder."""

    id: str
    candidate_id: str
    session_id: str
    question_id: str
    started_at: datetime
    mode: CaptureMode
    status: AttemptStatus
    recording: str | None = None
    question_end_seconds: float | None = None
    note: str | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """An attempt with everything known about it; saved in one transaction."""

    attempt: Attempt
    turns: tuple[Turn, ...] = ()
    speech: Speech | None = None
    delivery: Delivery | None = None
    frames: tuple[SignalFrame, ...] = ()
    summaries: tuple[SignalSummary, ...] = ()
    events: tuple[SignalEvent, ...] = ()
    assessment: Assessment | None = None
    advice: Advice | None = None
    notes: tuple[str, ...] = field(default=())
    """Plain sentences to show above the result ("No face was found. ...")."""
    code: Code | None = None
    sketch: Sketch | None = None
    challenged: tuple[int, ...] = ()
    """Places of the wrong claims in the question's list that the interviewer had tested."""


@dataclass(frozen=True, slots=True)
class KeptInterview:
    """A mock interview as it is stored. `over`: everything was asked, or it was ended.

    `state` is what `analysis.interview.keeping.kept_interview` wrote; once it is over, its words are in the
    attempts only.
    """

    id: str
    candidate_id: str
    started_at: datetime
    over: bool
    state: str


@dataclass(frozen=True, slots=True)
class ModelExam:
    """How a judge did in the exam. Its levels count as long as its newest exam is passed."""

    scorer: str
    scorer_version: str
    rubric_version: str
    model: str
    place: str
    """Where it ran, for a person to read."""
    taken_at: datetime
    figures: Mapping[str, Any]
    """As `analysis.exam.sitting` makes them."""
    passed: bool


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A candidate's own questions. `content` is the file as it was given, or what was generated.

    kind: csv or yaml (an uploaded file), picked (ids of the bank, one a line).
    """

    id: str
    candidate_id: str
    name: str
    kind: Literal["csv", "yaml", "picked"]
    saved_at: datetime
    content: str
