"""The core types of Rehearse. This module imports nothing of ours.

Rules that hold everywhere: `None` means *not measured* and 0 means zero; shares are 0-1;
seconds count from the start of the recording (or of the answer, when nothing was recorded).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

CATEGORIES = (
    "experience",
    "coding",
    "system_design",
    "distributed_systems",
    "data_infrastructure",
    "capacity",
    "operations",
    "behavioral",
)
LEVELS = ("junior", "mid", "senior", "staff")
COMPETENCIES = ("C1", "C2", "C3", "C4", "C5", "C6")
"""C1 design from requirements, C2 distributed-systems fundamentals, C3 database and infrastructure
choices, C4 failure modes, C5 capacity estimation, C6 operations."""
COMPANIONS = ("coding", "experience", "behavioral", "communication")
"""Criteria shown beside the six, never inside them."""

Elicitation = Literal["volunteered", "prompted", "hinted"]
Gaze = Literal["camera", "down", "sideways", "away", "not_measurable"]
CoverageStatus = Literal["covered", "partly", "missed", "contradicted", "cannot_tell"]
CaptureMode = Literal["camera", "microphone", "typed", "upload"]
AttemptStatus = Literal["recording", "captured", "scored", "unscored"]
Speaker = Literal["interviewer", "candidate"]


class RehearseError(Exception):
    """Something the user can act on: `message` says what happened, `remedy` what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        """Keep both sentences; `str(error)` joins them."""
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


# --- what is asked --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing a strong answer says, the neutral probe that invites it, and whose level it feeds."""

    id: str
    text: str
    probe: str
    competency: str


@dataclass(frozen=True, slots=True)
class Question:
    """One interview question with all that is known about a strong answer to it."""

    id: str
    category: str
    level: str
    title: str
    text: str
    topic: str
    competencies: tuple[str, ...]
    minutes: float
    key_points: tuple[KeyPoint, ...] = ()
    outline: str = ""
    reading: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """What the interviewer may tell a candidate who asks a clarifying question."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One checkable part of an anchor."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an answer at this level does; met when every clause is met."""

    level: int
    clauses: tuple[Clause, ...]
    example: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is judged on its own, levels 1-4."""

    id: str
    title: str
    question: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """All criteria, under one version that every score carries."""

    version: str
    criteria: tuple[Criterion, ...]


# --- what was said --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a transcript. Times are None when the engine gives none (typed answers, some APIs)."""

    text: str
    start_seconds: float | None = None
    end_seconds: float | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Words in order, and who wrote them down ("typed", "faster-whisper base", ...)."""

    words: tuple[Word, ...]
    engine: str
    language: str | None = None

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Turn:
    """One uninterrupted contribution. `elicitation` says what invited a candidate's turn."""

    index: int
    speaker: Speaker
    text: str
    words: tuple[Word, ...] = ()
    elicitation: Elicitation = "volunteered"
    start_seconds: float | None = None
    end_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything a scorer may see: the question and the dialogue. No camera, no voice, no person."""

    question: Question
    turns: tuple[Turn, ...]

    @property
    def candidate_turns(self) -> tuple[Turn, ...]:
        """The candidate's turns in order."""
        return tuple(turn for turn in self.turns if turn.speaker == "candidate")

    @property
    def candidate_text(self) -> str:
        """The candidate's words only, turns joined by newlines."""
        return "\n".join(turn.text for turn in self.candidate_turns)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the recording, seconds."""

    start_seconds: float
    end_seconds: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end_seconds - self.start_seconds


@dataclass(frozen=True, slots=True)
class Filler:
    """One um/uh (filled pause) or "you know"/"like" (verbal filler)."""

    text: str
    start_seconds: float
    end_seconds: float
    kind: Literal["filled_pause", "verbal"]


@dataclass(frozen=True, slots=True)
class Speech:
    """What listening to one recording gave. `fillers` is None when the second pass did not run."""

    transcript: Transcript
    voiced: tuple[Interval, ...]
    fillers: tuple[Filler, ...] | None
    seconds: float
    notes: tuple[str, ...] = ()
    """Plain sentences the user should see ("The microphone was silent. ...")."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the answer was spoken. None = not measured; `reason` says why when nothing could be."""

    speech_seconds: float | None = None
    words: int | None = None
    speaking_rate_wpm: float | None = None
    articulation_rate_wpm: float | None = None
    pauses: int | None = None
    long_pauses: int | None = None
    long_pauses_per_minute: float | None = None
    pause_share: float | None = None
    filled_pauses_per_minute: float | None = None
    verbal_fillers_per_minute: float | None = None
    response_latency_seconds: float | None = None
    reason: str | None = None


# --- what the camera measured ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignalFrame:
    """The signals of one analysed frame. Landmarks are not in here and are never stored.

    Angles in degrees (yaw > 0: to the person's left; pitch > 0: up), lengths in shoulder widths,
    `centring` in frame widths off centre, `motion` in shoulder widths per second.
    """

    seconds: float
    face_found: bool
    gaze: Gaze = "not_measurable"
    gaze_reason: str | None = None
    """Why gaze was not measurable: no_face, blink, side_on, too_dark, too_small, ..."""
    yaw_degrees: float | None = None
    pitch_degrees: float | None = None
    roll_degrees: float | None = None
    shoulder_tilt_degrees: float | None = None
    slouch: float | None = None
    lean: float | None = None
    centring: float | None = None
    motion: float | None = None


@dataclass(frozen=True, slots=True)
class SignalSummary:
    """One number for one answer, and the share of analysed frames that could be measured for it."""

    name: str
    value: float | None
    unit: str
    coverage: float
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SignalEvent:
    """Something worth jumping to ("leaning out of frame")."""

    name: str
    start_seconds: float
    end_seconds: float
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Calibration:
    """One person in one seat: where "looking at the lens" and "reading the screen" are, and sitting upright.

    Gaze angles in degrees as `analysis.signals` computes them; lengths in its own units. None = not taken.
    """

    lens_yaw_degrees: float | None = None
    lens_pitch_degrees: float | None = None
    screen_yaw_degrees: float | None = None
    screen_pitch_degrees: float | None = None
    upright_slouch: float | None = None
    upright_shoulder_width: float | None = None


# --- what the answer was worth --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that is verbatim in the turn it names. Seconds are None for typed answers."""

    quote: str
    turn: int
    elicitation: Elicitation = "volunteered"
    start_seconds: float | None = None
    end_seconds: float | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The level of one criterion, 1-4, or None with the reason. `low`/`high` bound the uncertainty."""

    criterion: str
    level: float | None
    scorer: str
    scorer_version: str
    rubric_version: str
    low: float | None = None
    high: float | None = None
    reason: str | None = None
    """Why it is unscored; None when `level` is a number."""
    evidence: tuple[Evidence, ...] = ()
    missing_for_next: str = ""
    errors: tuple[str, ...] = ()
    fix: str = ""


@dataclass(frozen=True, slots=True)
class KeyPointResult:
    """Whether one key point was made, and the quote that shows it."""

    key_point: KeyPoint
    status: CoverageStatus
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """One of the four classic mistakes, with its quote or, when something is missing, the place (`where`)."""

    name: Literal["tech_before_requirements", "happy_path_only", "cap_as_checkbox", "ends_at_diagram"]
    explanation: str
    evidence: Evidence | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that one scorer says of one answer."""

    scores: tuple[Score, ...]
    key_points: tuple[KeyPointResult, ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()
    """Plain sentences on what could not be judged or detected."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to do differently: what, where in the answer, and a better way to say it."""

    what: str
    how: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """What worked first, at most three fixes, one thing to do next."""

    worked: tuple[str, ...]
    fixes: tuple[Fix, ...]
    do_next: str


# --- what is kept ---------------------------------------------------------------------------


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
