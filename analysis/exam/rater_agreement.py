"""Agreement between two graders: the figures that the scoring benchmarks print."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
RESAMPLES = 1000


def pearson(a: Numbers, b: Numbers) -> float | None:
    """Linear correlation; None for fewer than three pairs or when one side never varies."""
    if len(a) < 3 or float(np.std(a)) < 1e-12 or float(np.std(b)) < 1e-12:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def spearman(a: Numbers, b: Numbers) -> float | None:
    """Correlation of ranks, ties at their mean rank."""
    return pearson(_ranks(a), _ranks(b))


def rmse(a: Numbers, b: Numbers) -> float | None:
    """Root of the mean squared difference, in the unit of the grades."""
    return float(np.sqrt(np.mean((a - b) ** 2))) if len(a) else None


def quadratic_kappa(a: Numbers, b: Numbers) -> float | None:
    """Quadratic weighted kappa of whole grades; None when both sides are one and the same grade."""
    if not len(a):
        return None
    expected = float(np.mean((a[:, None] - b[None, :]) ** 2))
    return None if expected == 0 else 1.0 - float(np.mean((a - b) ** 2)) / expected


def within_pearson(a: Numbers, b: Numbers, groups: NDArray[np.int64]) -> float | None:
    """Correlation of what is left after each question's mean is taken off both sides."""
    return pearson(_centred(a, groups), _centred(b, groups))


def mean_group_pearson(a: Numbers, b: Numbers, groups: NDArray[np.int64]) -> float | None:
    """The mean of the correlations inside each question; questions without variation are left out."""
    found = [pearson(a[groups == group], b[groups == group]) for group in np.unique(groups)]
    known = [value for value in found if value is not None]
    return float(np.mean(known)) if known else None


def interval(
    figure: Callable[[NDArray[np.int64]], float | None], n: int, resamples: int = RESAMPLES
) -> list[float] | None:
    """The 95 % bootstrap interval of a figure computed on row numbers; seeded, so a re-run gives the same."""
    if n < 3:
        return None
    random = np.random.default_rng(0)
    drawn = [figure(random.integers(0, n, n)) for _ in range(resamples)]
    known = [value for value in drawn if value is not None]
    if len(known) < resamples // 2:
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return [round(float(low), 4), round(float(high), 4)]


def group_interval(
    figure: Callable[[NDArray[np.int64]], float | None],
    groups: NDArray[np.int64],
    resamples: int = RESAMPLES,
) -> list[float] | None:
    """The same where rows of one group are alike: whole groups are drawn, with all their rows."""
    rows = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    if not rows:
        return None

    def of_drawn(drawn: NDArray[np.int64]) -> float | None:
        return figure(np.concatenate([rows[group] for group in drawn]))

    return interval(of_drawn, len(rows), resamples)


def group_numbers(names: Sequence[str]) -> NDArray[np.int64]:
    """A number for each different name."""
    _, numbers = np.unique(np.asarray(names), return_inverse=True)
    return numbers.astype(np.int64)


def _centred(values: Numbers, groups: NDArray[np.int64]) -> Numbers:
    sizes = np.bincount(groups)
    means = np.bincount(groups, weights=values) / np.maximum(sizes, 1)
    centred: Numbers = values - means[groups]
    return centred


def _ranks(values: Numbers) -> Numbers:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: Numbers = (ends - (counts - 1) / 2)[inverse]
    return ranks
