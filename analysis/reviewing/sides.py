"""What stands side by side about one answer: levels, what was heard, own marks and the own rating. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from analysis.scoring.coverage import Coverage, by_competency, only_heard
from data.domain import WHOLE_ANSWER, Assessment, Evidence, KeyPointResult, Score


@dataclass(frozen=True, slots=True)
class Sides:
    """All that was said of an answer: by those who gave levels, newest first, and by the reader."""

    levels: tuple[Assessment, ...]
    heard: Assessment | None


@dataclass(frozen=True, slots=True)
class CompetencyRow:
    """One criterion: its level, and how many of its key points were heard; None where nobody looked."""

    criterion: str
    score: Score | None
    heard: Coverage | None


@dataclass(frozen=True, slots=True)
class PointRow:
    """One key point as it was judged, and as it was heard; at least one of the two is there."""

    judged: KeyPointResult | None
    heard: KeyPointResult | None

    @property
    def shown(self) -> KeyPointResult:
        """The judge's, which tells more, or what was heard."""
        found = self.judged or self.heard
        assert found is not None
        return found

    @property
    def may_be_marked(self) -> bool:
        """Whether an own mark says something: the point was not found, and no judge found it either."""
        looked = [one for one in (self.judged, self.heard) if one is not None]
        return any(one.status == "missed" for one in looked) and all(
            one.status in ("missed", "cannot_tell") for one in looked
        )

    @property
    def quotes(self) -> tuple[Evidence, ...]:
        """The judge's quotes, then those places the reader heard it in that are not among them."""
        found = (*(self.judged.quotes if self.judged else ()), *(self.heard.quotes if self.heard else ()))
        kept: list[Evidence] = []
        for one in found:
            if not any(_same_place(one, other) for other in kept):
                kept.append(one)
        return tuple(kept)


def sides_of(found: Sequence[Assessment]) -> Sides:
    """Sort what every scorer said, newest first; of several readings the newest counts."""
    heard = next((one for one in found if only_heard(one)), None)
    return Sides(tuple(one for one in found if not only_heard(one)), heard)


def competencies(
    assessment: Assessment, heard: Assessment | None, marked: Collection[str]
) -> tuple[CompetencyRow, ...]:
    """A row a criterion, those with levels first."""
    read = by_competency(heard.key_points, marked) if heard else {}
    scores = {score.criterion: score for score in assessment.scores}
    return tuple(CompetencyRow(name, scores.get(name), read.get(name)) for name in {**scores, **read})


def points(assessment: Assessment, heard: Assessment | None) -> tuple[PointRow, ...]:
    """A row a key point, in the order of the question's outline."""
    if only_heard(assessment):
        return tuple(PointRow(None, one) for one in assessment.key_points)
    read = {one.key_point.id: one for one in (heard.key_points if heard else ())}
    return tuple(PointRow(one, read.get(one.key_point.id)) for one in assessment.key_points)


def own_rating(own: Mapping[str, float], scores: Sequence[Score]) -> str:
    """How the answer was rated as a whole, against the middle of its levels; empty when it was not."""
    rating = own.get(WHOLE_ANSWER)
    if rating is None:
        return ""
    levels = [one.level for one in scores if one.level is not None and one.criterion != "communication"]
    if not levels:
        return f"You rated this answer {rating:g} of 4; no level stands against that."
    return f"You rated this answer {rating:g} of 4; the middle of its levels is {median(levels):g}."


def _same_place(one: Evidence, other: Evidence) -> bool:
    return one.turn == other.turn and (one.quote in other.quote or other.quote in one.quote)
