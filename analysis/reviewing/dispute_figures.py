"""How far people and scorers differ here: figures from disputes of candidates and overrides of instructors.

Scorers are never mixed: every figure is of one scorer. Whoever disputes or overrides picks the levels that
look wrong, so these figures are about doubtful levels, not about all of them. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.exam.rater_agreement import interval, quadratic_kappa
from analysis.scoring.reader import ReaderScorer
from data.domain import Dispute, Override

FEWEST_FOR_KAPPA = 10
"""Below so many pairs a kappa says nothing; its interval would span most of the scale."""


@dataclass(frozen=True, slots=True)
class DisputeFigures:
    """What became of the disputed levels of one scorer, counted."""

    scorer: str
    disputed: int
    judged_again: int
    same: int
    higher: int
    lower: int

    @property
    def share_kept(self) -> float | None:
        """The share of disputes that ended at the same level; None when none has two levels."""
        compared = self.same + self.higher + self.lower
        return self.same / compared if compared else None


@dataclass(frozen=True, slots=True)
class OverrideFigures:
    """Instructors beside one scorer, on `n` levels that both gave. Shares 0-1; None = not measured."""

    scorer: str
    n: int
    exact: float | None
    adjacent: float | None
    qwk: float | None
    qwk_low: float | None = None
    qwk_high: float | None = None


def dispute_figures(disputes: Sequence[Dispute]) -> tuple[DisputeFigures, ...]:
    """One line a scorer whose levels were disputed, by name."""
    return tuple(
        _disputed(scorer, [one for one in disputes if one.first.scorer == scorer])
        for scorer in sorted({one.first.scorer for one in disputes})
    )


def override_figures(overrides: Sequence[Override]) -> tuple[OverrideFigures, ...]:
    """One line a scorer that an instructor has a level beside, by name.

    Of several overrides of one level by one instructor the newest counts.
    """
    counted: dict[tuple[str, ...], Override] = {}
    for one in sorted(overrides, key=lambda one: one.made_at):
        machine = one.machine
        if machine.scorer == ReaderScorer.name:
            continue  # it gives no levels to differ from
        counted[(one.attempt_id, machine.criterion, machine.scorer, machine.scorer_version, one.made_by)] = (
            one
        )
    scorers = sorted({one.machine.scorer for one in counted.values()})
    return tuple(
        _overridden(name, [o for o in counted.values() if o.machine.scorer == name]) for name in scorers
    )


def _disputed(scorer: str, disputes: Sequence[Dispute]) -> DisputeFigures:
    pairs = [
        (one.first.level, one.second.level)
        for one in disputes
        if one.second is not None and one.first.level is not None and one.second.level is not None
    ]
    moved = [round(second) - round(first) for first, second in pairs]
    return DisputeFigures(
        scorer=scorer,
        disputed=len(disputes),
        judged_again=sum(one.second is not None for one in disputes),
        same=sum(step == 0 for step in moved),
        higher=sum(step > 0 for step in moved),
        lower=sum(step < 0 for step in moved),
    )


def _overridden(scorer: str, overrides: Sequence[Override]) -> OverrideFigures:
    pairs = [(one.level, one.machine.level) for one in overrides if one.machine.level is not None]
    if not pairs:
        return OverrideFigures(scorer, 0, None, None, None)
    people, machine = np.rint(np.array(pairs, dtype=np.float64)).T
    apart = np.abs(people - machine)
    figures = OverrideFigures(
        scorer, len(pairs), float(np.mean(apart == 0)), float(np.mean(apart <= 1)), None
    )
    if len(pairs) < FEWEST_FOR_KAPPA:
        return figures
    low, high = interval(lambda at: quadratic_kappa(people[at], machine[at]), len(pairs)) or (None, None)
    kappa = quadratic_kappa(people, machine)
    return OverrideFigures(scorer, figures.n, figures.exact, figures.adjacent, kappa, low, high)
