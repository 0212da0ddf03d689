"""The rubric as data: criteria with checkable clauses, and which of them a question invites.

The files live in `data/rubrics/`: `rubric.yaml` is the frame (version, rules, weights, expected levels),
and each criterion has a file of its own. Every mistake in them is named by file and field.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.domain import (
    CATEGORIES,
    COMPANIONS,
    COMPETENCIES,
    LEVELS,
    Anchor,
    Clause,
    Criterion,
    Question,
    RehearseError,
    Rubric,
)
from data.rubric_fields import REMEDY, Fields

RUBRICS = Path(__file__).parent / "rubrics"


@dataclass(frozen=True, slots=True)
class CategoryCriteria:
    """What a question category invites. `secondary` is judged as heard, so "not asked" is possible.

    `asked` are the clauses of level 3 that its questions ask for.
    """

    category: str
    primary: tuple[str, ...]
    secondary: tuple[str, ...]
    companion: str | None
    guidance: str
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class AskedOtherwise:
    """A question that asks for other clauses of one criterion than its category does."""

    question: str
    criterion: str
    clauses: frozenset[str]


@dataclass(frozen=True, slots=True)
class ExpectedLevel:
    """The range of levels expected of a role in one criterion. A proposal, not validated."""

    role: str
    criterion: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Weight:
    """The share of one competency in the weighted number of a system-design answer; shares sum to 1."""

    criterion: str
    share: float


@dataclass(frozen=True, slots=True)
class RubricFrame:
    """Everything around the criteria."""

    rules: tuple[str, ...]
    person_words: tuple[str, ...]
    categories: tuple[CategoryCriteria, ...]
    volunteered_clauses: frozenset[str]
    otherwise: tuple[AskedOtherwise, ...]
    expected: tuple[ExpectedLevel, ...]
    weights: tuple[Weight, ...]


def load_rubric() -> Rubric:
    """The rubric that ships with the product, read once."""
    return _load(RUBRICS)[0]


def load_frame() -> RubricFrame:
    """The rules, weights and expected levels that ship with the product, read once."""
    return _load(RUBRICS)[1]


def read_rubric(folder: Path) -> tuple[Rubric, RubricFrame]:
    """Read and check a rubric folder; the error names the file and the field."""
    frame = Fields.of(folder / "rubric.yaml")
    names = frame.strings("criteria")
    criteria = tuple(_read_criterion(folder / f"{name}.yaml", name) for name in names)
    if missing := set(COMPETENCIES + COMPANIONS) - set(names):
        raise frame.wrong("criteria", f"misses {', '.join(sorted(missing))}")
    rubric = Rubric(version=frame.text("version"), criteria=criteria)
    return rubric, _read_frame(frame, rubric)


@lru_cache(maxsize=4)
def _load(folder: Path) -> tuple[Rubric, RubricFrame]:
    return read_rubric(folder)


def criterion(criterion_id: str, rubric: Rubric | None = None) -> Criterion:
    """One criterion by its id."""
    for candidate in (rubric or load_rubric()).criteria:
        if candidate.id == criterion_id:
            return candidate
    raise RehearseError(f"The rubric has no criterion called {criterion_id!r}.", REMEDY)


def category_criteria(category: str) -> CategoryCriteria:
    """What a category invites."""
    for candidate in load_frame().categories:
        if candidate.category == category:
            return candidate
    raise RehearseError(f"The rubric says nothing about the category {category!r}.", REMEDY)


def criteria_for(question: Question) -> tuple[Criterion, ...]:
    """The criteria a question is judged by, in rubric order.

    They are the question's own competencies (or, when it names none, its category's), the category's
    companion, and communication.
    """
    category = category_criteria(question.category)
    wanted = set(question.competencies or category.primary + category.secondary)
    wanted |= {"communication"} | ({category.companion} if category.companion else set())
    return tuple(candidate for candidate in load_rubric().criteria if candidate.id in wanted)


def is_invited(question: Question, criterion_id: str) -> bool:
    """True when the question itself invites this criterion, so that silence about it is level 1, not NA."""
    category = category_criteria(question.category)
    if criterion_id in category.primary or criterion_id in (category.companion, "communication"):
        return True
    return any(point.competency == criterion_id for point in question.key_points)


def asked_clauses(question: Question, criterion_id: str) -> frozenset[str]:
    """The clauses of one criterion that the question asks for: an anchor holds only with every one of them.

    All of level 2 are asked, none of level 4.
    """
    asked = next(
        (
            one.clauses
            for one in load_frame().otherwise
            if (one.question, one.criterion) == (question.id, criterion_id)
        ),
        category_criteria(question.category).asked,
    )
    first = criterion(criterion_id).anchors[1]
    return frozenset(clause.id for clause in first.clauses) | {
        name for name in asked if name.startswith(f"{criterion_id}.")
    }


def expected_level(role: str, criterion_id: str) -> ExpectedLevel | None:
    """What is expected of a role in a competency; None for companions, which have no expectation."""
    for candidate in load_frame().expected:
        if (candidate.role, candidate.criterion) == (role, criterion_id):
            return candidate
    return None


def design_weights() -> tuple[Weight, ...]:
    """The suggested weights of the six competencies in a system-design answer."""
    return load_frame().weights


def _read_criterion(path: Path, name: str) -> Criterion:
    fields = Fields.of(path)
    if fields.text("id") != name:
        raise fields.wrong("id", f"must be {name}, like the file")
    listed = fields.get("anchors")
    if not isinstance(listed, list) or len(listed) != 4:
        raise fields.wrong("anchors", "must list the levels 1, 2, 3 and 4")
    anchors = []
    for level, item in enumerate(listed, start=1):
        if not isinstance(item, dict):
            raise fields.wrong(f"anchors.{level}", "must have level, clauses and example")
        anchors.append(_read_anchor(Fields(path, item, f"anchors.{level}."), name, level))
    return Criterion(name, fields.text("title"), fields.text("question"), tuple(anchors))


def _read_anchor(fields: Fields, name: str, level: int) -> Anchor:
    if fields.whole("level", 1, 4) != level:
        raise fields.wrong("level", f"must be {level}: levels go up one by one")
    clauses = fields.part("clauses")
    if not clauses.values:
        raise fields.wrong("clauses", "must hold at least one clause")
    return Anchor(
        level=level,
        clauses=tuple(Clause(f"{name}.{level}.{key}", clauses.text(key)) for key in clauses.values),
        example=fields.text("example"),
    )


def _read_frame(fields: Fields, rubric: Rubric) -> RubricFrame:
    clauses = tuple(c.id for item in rubric.criteria for anchor in item.anchors for c in anchor.clauses)
    return RubricFrame(
        rules=fields.strings("rules"),
        person_words=fields.strings("person_words"),
        categories=_read_categories(fields.part("categories"), clauses),
        volunteered_clauses=frozenset(fields.known("volunteered_clauses", clauses)),
        otherwise=_read_otherwise(fields.part("questions"), clauses),
        expected=_read_expected(fields.part("expected_levels")),
        weights=_read_weights(fields.part("system_design_weights")),
    )


def _read_asked(fields: Fields, clauses: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """By criterion the clauses of level 3 that are named by their letters."""
    asked = {}
    for name in fields.values:
        named = [f"{name}.3.{letter}" for letter in fields.text(name)]
        if unknown := [one for one in named if one not in clauses]:
            raise fields.wrong(name, f"does not know {', '.join(unknown)}")
        asked[name] = frozenset(named)
    return asked


def _read_otherwise(fields: Fields, clauses: tuple[str, ...]) -> tuple[AskedOtherwise, ...]:
    return tuple(
        AskedOtherwise(question, name, asked)
        for question in fields.values
        for name, asked in _read_asked(fields.part(question), clauses).items()
    )


def _read_categories(fields: Fields, clauses: tuple[str, ...]) -> tuple[CategoryCriteria, ...]:
    found = []
    for name in CATEGORIES:
        part = fields.part(name)
        companion = part.text("companion") if "companion" in part.values else None
        if companion is not None and companion not in COMPANIONS:
            raise part.wrong("companion", f"does not know {companion}")
        guidance = part.text("guidance") if "guidance" in part.values else ""
        primary, secondary = part.known("primary", COMPETENCIES), part.known("secondary", COMPETENCIES)
        asked = frozenset().union(*_read_asked(part.part("asked"), clauses).values())
        found.append(CategoryCriteria(name, primary, secondary, companion, guidance, asked))
    return tuple(found)


def _read_expected(fields: Fields) -> tuple[ExpectedLevel, ...]:
    found = []
    for role in LEVELS:
        part = fields.part(role)
        for name in COMPETENCIES:
            match part.get(name):
                case [int(low), int(high)] if 1 <= low <= high <= 4:
                    found.append(ExpectedLevel(role, name, low, high))
                case _:
                    raise part.wrong(name, "must be [low, high] between 1 and 4")
    return tuple(found)


def _read_weights(fields: Fields) -> tuple[Weight, ...]:
    percent = {name: fields.whole(name, 0, 100) for name in COMPETENCIES}
    if sum(percent.values()) != 100:
        raise fields.wrong("C1 to C6", "must sum to 100")
    return tuple(Weight(name, value / 100) for name, value in percent.items())
