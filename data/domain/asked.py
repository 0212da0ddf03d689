"""What is asked: questions with what is known about a strong answer, and the rubric."""

from __future__ import annotations

from dataclasses import dataclass

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
CATEGORY_TITLES = {
    "experience": "Experience",
    "coding": "Coding",
    "system_design": "System design",
    "distributed_systems": "Distributed systems",
    "data_infrastructure": "Databases and infrastructure",
    "capacity": "Capacity",
    "operations": "Operations",
    "behavioral": "Behavioural",
}
"""A category as people read it."""
LEVELS = ("junior", "mid", "senior", "staff")
COMPETENCIES = ("C1", "C2", "C3", "C4", "C5", "C6")
"""C1 design from requirements, C2 distributed-systems fundamentals, C3 database and infrastructure
choices, C4 failure modes, C5 capacity estimation, C6 operations."""
COMPANIONS = ("coding", "experience", "behavioral", "communication")
"""Criteria shown beside the six, never inside them."""


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing a strong answer says, the neutral probe that invites it, and whose level it feeds."""

    id: str
    text: str
    probe: str
    competency: str


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
    facts: tuple[str, ...] = ()
    """What the interviewer may tell a candidate who asks a clarifying question."""
    tags: tuple[str, ...] = ()
    task: CodeTask | None = None
    """Coding questions only."""


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
