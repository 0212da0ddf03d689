"""What a judge is asked about an answer: clauses of the rubric and key points, a group to a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.domain import Criterion, KeyPoint, Question
from data.rubrics import criteria_for

MOST_ITEMS = 30
"""Of one question: more make a reply that is long enough to be cut off."""


@dataclass(frozen=True, slots=True)
class Item:
    """One clause or key point. `id` is how the judge calls it; a point has a short name of its own."""

    id: str
    text: str
    criterion: str
    point: KeyPoint | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What one question asks about."""

    criteria: tuple[Criterion, ...]
    points: tuple[Item, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All of it, clauses first."""
        return tuple(item for one in self.criteria for item in clauses_of(one)) + self.points


def clauses_of(criterion: Criterion) -> tuple[Item, ...]:
    """The clauses that get a verdict: those of levels 2 to 4. Level 1 is what is left."""
    return tuple(
        Item(clause.id, clause.text, criterion.id)
        for anchor in criterion.anchors[1:]
        for clause in anchor.clauses
    )


def damaged_by_claims(question: Question) -> tuple[Criterion, ...]:
    """The criteria that a false claim can count against: how well one can follow it is not among them."""
    return tuple(one for one in criteria_for(question) if one.id != "communication")


def points_of(question: Question) -> tuple[Item, ...]:
    """The key points, P1 and so on: the id of an own question is its writer's."""
    return tuple(
        Item(f"P{place}", point.text, point.competency, point)
        for place, point in enumerate(question.key_points, start=1)
    )


def groups_of(
    criteria: Sequence[Criterion], points: Sequence[Item], most_items: int = MOST_ITEMS
) -> tuple[Group, ...]:
    """Criteria in order with the key points that feed them, as many to a question as fit into a reply."""
    alone = [Group((one,), tuple(p for p in points if p.criterion == one.id)) for one in criteria]
    left = tuple(p for p in points if p.criterion not in {one.id for one in criteria})
    groups: list[Group] = []
    for group in alone:
        if groups and len(groups[-1].items) + len(group.items) <= most_items:
            groups[-1] = Group(groups[-1].criteria + group.criteria, groups[-1].points + group.points)
        else:
            groups.append(group)
    return (*groups[:-1], Group(groups[-1].criteria, groups[-1].points + left))
