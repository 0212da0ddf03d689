"""What is asked: questions with what is known about a strong answer, and the rubric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

CATEGORIES = (
    "experience",
    "coding",
    "code_reading",
    "ai_coding",
    "system_design",
    "distributed_systems",
    "data_infrastructure",
    "capacity",
    "operations",
    "debugging",
    "behavioral",
)
CATEGORY_TITLES = {
    "experience": "Experience",
    "coding": "Coding",
    "code_reading": "Code reading",
    "ai_coding": "AI-assisted coding",
    "system_design": "System design",
    "distributed_systems": "Distributed systems",
    "data_infrastructure": "Databases and infrastructure",
    "capacity": "Capacity",
    "operations": "Operations",
    "debugging": "Live debugging",
    "behavioral": "Behavioural",
}
"""A category as people read it."""
LEVELS = ("junior", "mid", "senior", "staff")
COMPETENCIES = ("C1", "C2", "C3", "C4", "C5", "C6")
"""C1 design from requirements, C2 distributed-systems fundamentals, C3 database and infrastructure
choices, C4 failure modes, C5 capacity estimation, C6 operations."""
COMPANIONS = (
    "coding",
    "code_reading",
    "ai_coding",
    "debugging",
    "experience",
    "behavioral",
    "communication",
)
"""Criteria shown beside the six, never inside them."""
WRITTEN_IN_CODE = ("coding", "ai_coding")
"""Categories answered with code that can be run."""
CODE_LANGUAGES = ("python", "java", "go", "cpp", "sql")
"""Of code that is shown to be read."""
KeyPointKind = Literal["say", "do"]
KEY_POINT_KINDS: tuple[KeyPointKind, ...] = get_args(KeyPointKind)
TwistKind = Literal["ten_times", "region_lost", "exact", "half_cost", "regulation", "abuse", "latency"]
TWIST_KINDS: tuple[TwistKind, ...] = get_args(TwistKind)
FactSubject = Literal[
    "users",
    "volume",
    "read_write",
    "peak",
    "latency",
    "item_size",
    "retention",
    "consistency",
    "availability",
    "loss",
    "order",
    "regions",
    "stack",
    "budget",
    "growth",
    "privacy",
    "out_of_scope",
    "other",
]
FACT_SUBJECTS: tuple[FactSubject, ...] = get_args(FactSubject)
WHOLE_ANSWER = "answer"
"""Stands where a criterion does in an own rating of an answer as a whole (also in `self_rating.sql`)."""


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing a strong answer says, the neutral probe that invites it, and whose level it feeds."""

    id: str
    text: str
    probe: str
    competency: str
    kind: KeyPointKind = "say"
    """A `do` describes an action ("Asks ...") and is never quoted as words to say."""
    hints: tuple[str, ...] = ()
    """A narrower question, a nudge, the content; all three or none."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What the interviewer may say when asked: the requirement or what is given, never the design."""

    about: FactSubject
    text: str


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong claim that candidates make, and the neutral line that has them test it."""

    wrong: str
    right: str
    challenge: str
    near_right: str = ""
    """Nearly the same words, but right: never challenged."""
    source: str = ""
    contradicts: int | None = None
    """Which key point cannot stand beside it, counted from 1."""


@dataclass(frozen=True, slots=True)
class Twist:
    """A requirement that changes once the design is sound."""

    kind: TwistKind
    text: str


@dataclass(frozen=True, slots=True)
class Observation:
    """Something that can be looked at, and what is seen there."""

    ask: str
    shows: str


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """One test of a coding question: Python that raises when the candidate's code is wrong."""

    name: str
    code: str
    edge: bool = False
    """Whether it tries an edge case."""


@dataclass(frozen=True, slots=True)
class CodeTask:
    """What a candidate starts to write from, in Python, and the tests it is tried with."""

    starter: str
    checks: tuple[CodeCheck, ...]
    setup: str = ""
    """Python that runs before the candidate's code, once for every test: a clock that tests can move, say."""


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
    facts: tuple[Fact, ...] = ()
    """What the interviewer may tell a candidate who asks a clarifying question."""
    tags: tuple[str, ...] = ()
    task: CodeTask | None = None
    """Only where the answer is code; in AI-assisted coding the starter is the given solution."""
    code: str = ""
    """What is shown beside the question, to be read."""
    language: str = "python"
    """Of `code`."""
    misconceptions: tuple[Misconception, ...] = ()
    twist: Twist | None = None
    observations: tuple[Observation, ...] = ()
    expected: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What an answer must show, by level."""
    follow_ups: tuple[str, ...] = ()
    examples: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Worked answers as they would be spoken, by level."""
    apart: tuple[str, ...] = ()
    """Ids of questions too like this one to be planned in the same interview; said by one of the two."""

    @property
    def in_full(self) -> str:
        """All that a candidate sees: the text, then the code that goes with it."""
        given = self.task.starter if self.task and self.category == "ai_coding" else self.code
        return f"{self.text}\n\n{given}" if given else self.text

    def is_apart(self, other: Question) -> bool:
        """Whether the two are not asked in one interview."""
        return other.id in self.apart or self.id in other.apart


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
