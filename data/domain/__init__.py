"""The core types of Rehearse. This package imports nothing of ours.

Rules that hold everywhere: `None` means *not measured* and 0 means zero; shares are 0-1;
seconds count from the start of the recording (or of the answer, when nothing was recorded).
"""

from data.domain.asked import (
    CATEGORIES,
    CATEGORY_TITLES,
    COMPANIONS,
    COMPETENCIES,
    LEVELS,
    Anchor,
    Clause,
    CodeCheck,
    CodeTask,
    Criterion,
    KeyPoint,
    Question,
    Rubric,
)
from data.domain.disputed import Dispute, Override
from data.domain.errors import RehearseError
from data.domain.kept import Attempt, AttemptResult, AttemptStatus, CaptureMode, KeptInterview, QuestionSet
from data.domain.said import (
    Answer,
    Delivery,
    Elicitation,
    Filler,
    Interval,
    Speaker,
    Speech,
    Transcript,
    Turn,
    TurnKind,
    Word,
)
from data.domain.seen import Calibration, Gaze, SignalEvent, SignalFrame, SignalSummary
from data.domain.worth import Advice, Assessment, CoverageStatus, Evidence, Fix, Flag, KeyPointResult, Score
from data.domain.written import Change, CheckOutcome, CheckResult, Code, Draft, Sketch, Written

__all__ = [
    "Advice",
    "Anchor",
    "Answer",
    "Assessment",
    "Attempt",
    "AttemptResult",
    "AttemptStatus",
    "CATEGORIES",
    "CATEGORY_TITLES",
    "COMPANIONS",
    "COMPETENCIES",
    "Calibration",
    "CaptureMode",
    "Change",
    "CheckOutcome",
    "CheckResult",
    "Clause",
    "Code",
    "CodeCheck",
    "CodeTask",
    "CoverageStatus",
    "Criterion",
    "Delivery",
    "Dispute",
    "Elicitation",
    "Draft",
    "Evidence",
    "Filler",
    "Fix",
    "Flag",
    "Gaze",
    "Interval",
    "KeptInterview",
    "KeyPoint",
    "KeyPointResult",
    "LEVELS",
    "Override",
    "Question",
    "QuestionSet",
    "RehearseError",
    "Rubric",
    "Score",
    "SignalEvent",
    "SignalFrame",
    "SignalSummary",
    "Sketch",
    "Speaker",
    "Speech",
    "Transcript",
    "Turn",
    "TurnKind",
    "Word",
    "Written",
]
