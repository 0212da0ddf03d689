"""How much of a strong answer was heard, and how much more the candidate says to have made. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from data.domain import Assessment, CoverageStatus, KeyPointResult

FEWEST_POINTS = 3
"""A share of fewer points than this would say more than it knows."""

HEARD: dict[CoverageStatus, str] = {
    "covered": "heard",
    "partly": "partly heard",
    "missed": "not found in these words",
    "contradicted": "said the opposite",
    "cannot_tell": "cannot tell",
}
"""What a reader's verdicts are called: it compares words, so it never says that a point was missed."""


JUDGED: dict[CoverageStatus, str] = {
    "covered": "said",
    "partly": "half said",
    "missed": "not said",
    "contradicted": "does not hold",
    "cannot_tell": "cannot tell",
}
"""What the verdicts of whoever gives levels are called."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Key points that could be told, those of them heard, and those not found but marked by the candidate."""

    told: int
    heard: int
    own: int

    @property
    def heard_share(self) -> float | None:
        """0-1; None with too few points."""
        return self.heard / self.told if self.told >= FEWEST_POINTS else None

    @property
    def sentence(self) -> str:
        """The count in words; an own mark is never mixed with what was heard."""
        if not self.told:
            return "Nothing can be told of its key points."
        marked = f", {self.own} more marked by the candidate" if self.own else ""
        return f"{self.heard} of {self.told} key points heard{marked}"


def only_heard(assessment: Assessment) -> bool:
    """Whether it says only what was heard: a reader gives no level, not even an unscored one."""
    return not assessment.scores


def coverage(points: Sequence[KeyPointResult], marked: Collection[str] = ()) -> Coverage:
    """Of what a reader said of key points; `marked` are the ids the candidate says to have made."""
    missed = [one.key_point.id for one in points if one.status == "missed"]
    heard = sum(one.status == "covered" for one in points)
    return Coverage(heard + len(missed), heard, sum(point in marked for point in missed))


def by_competency(points: Sequence[KeyPointResult], marked: Collection[str] = ()) -> dict[str, Coverage]:
    """The same for each competency that has key points, in their order."""
    names = sorted({one.key_point.competency for one in points})
    return {
        name: coverage([one for one in points if one.key_point.competency == name], marked) for name in names
    }
