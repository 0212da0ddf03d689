"""Figures of one reader on constructed answers. Pure; every figure is None where there is nothing to count.

`heard_precision` is strict: of the key points called heard, the share that is labelled *said*; what is partly
said, not said or contradicted counts against it. Levels are those of each question's main competency, rounded
to whole ones, halves upwards; `all_levels` counts every labelled competency. A claim is *caught* when any
quote called wrong is of it, and *invented* when a quote called wrong is of nothing that either rating calls
wrong (`analysis.exam.one_reading` has the rule). Intervals are 95 %, drawn by question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from analysis.exam.constructed_answers import VERDICT_OF, Constructed, Label, Rating, Verdict
from analysis.exam.one_reading import told_of
from analysis.exam.rater_agreement import Numbers, group_interval, group_numbers, quadratic_kappa

ENOUGH_QWK = 0.70
MOST_WRONG_AT_3 = 0.10
MOST_UNSCORED = 0.05
HIGH = 3
WRONG_KIND = "wrong"
Rows = NDArray[np.int64]
Figure = Callable[[Rows], float | None]


def measure(
    rows: Sequence[Constructed], ratings: Sequence[Rating], second: Sequence[Rating] | None = None
) -> dict[str, Any]:
    """All figures of a reader. `second` is another rating, whose false claims are not counted as invented."""
    groups = group_numbers([row.question_id for row in rows])
    given = np.array([_whole(rating.levels.get(row.main)) for row, rating in zip(rows, ratings, strict=True)])
    table = _points(rows, ratings)
    figures: dict[str, Figure] = {
        **_of_points(rows, ratings),
        **_of_levels(rows, given),
        **_of_claims(rows, ratings, second or [Rating((), {}, ())] * len(rows)),
        "order": _order(rows, ratings),
    }
    told: dict[str, Any] = {"n": len(rows), "questions": len(set(groups)), "points": table}
    for name, figure in figures.items():
        told[name] = _rounded(figure(np.arange(len(rows))))
        told[f"{name}_interval"] = group_interval(figure, groups) if told[name] is not None else None
    told["all_levels"] = _all_levels(rows, ratings, lambda _: True)
    told["by_competency"] = {
        name: _all_levels(rows, ratings, name.__eq__)
        for name in sorted({name for row in rows for name in row.levels})
    }
    told["by_kind"] = {kind: _of_kind(rows, given, kind) for kind in sorted({row.kind for row in rows})}
    return told


def is_passed(figures: Mapping[str, Any]) -> bool:
    """Whether levels count: they agree, hardly ever praise what is wrong, and are nearly always given."""
    qwk, at_3, unscored = (figures.get(name) for name in ("qwk", "wrong_at_3", "unscored"))
    return (
        qwk is not None
        and at_3 is not None
        and unscored is not None
        and qwk >= ENOUGH_QWK
        and at_3 <= MOST_WRONG_AT_3
        and unscored <= MOST_UNSCORED
    )


def level_figures(rows: Sequence[Constructed], levels: Sequence[float]) -> dict[str, Any]:
    """The same figures of levels alone, one an answer: for what has no other verdicts."""
    found = measure(
        rows, [Rating((), {row.main: level}, ()) for row, level in zip(rows, levels, strict=True)]
    )
    wanted = ("qwk", "exact", "adjacent", "wrong_at_3", "order")
    return {name: value for name, value in found.items() if name.removesuffix("_interval") in wanted}


def _points(rows: Sequence[Constructed], ratings: Sequence[Rating]) -> dict[str, dict[str, int]]:
    table = {label: dict.fromkeys(get_args(Verdict), 0) for label in get_args(Label)}
    for row, rating in zip(rows, ratings, strict=True):
        for label, verdict in zip(row.labels, rating.verdicts, strict=False):
            table[label][verdict] += 1
    return table


def _of_points(rows: Sequence[Constructed], ratings: Sequence[Rating]) -> dict[str, Figure]:
    pairs = [list(zip(a.labels, b.verdicts, strict=False)) for a, b in zip(rows, ratings, strict=True)]

    def counted(wanted: Callable[[Label, Verdict], bool]) -> Numbers:
        return np.array([sum(wanted(*pair) for pair in one) for one in pairs], float)

    heard = counted(lambda label, verdict: verdict == "heard")
    said = counted(lambda label, verdict: label == "said")
    both = counted(lambda label, verdict: label == "said" and verdict == "heard")
    agreed = counted(lambda label, verdict: VERDICT_OF[label] == verdict)
    every = counted(lambda label, verdict: True)
    return {
        "heard_precision": _share(both, heard),
        "heard_recall": _share(both, said),
        "points_agreed": _share(agreed, every),
    }


def _of_levels(rows: Sequence[Constructed], given: Numbers) -> dict[str, Figure]:
    true = np.array([row.levels[row.main] for row in rows], float)
    wrong = np.array([row.kind == WRONG_KIND for row in rows])
    scored = ~np.isnan(given)

    def kappa(at: Rows) -> float | None:
        kept = at[scored[at]]
        return quadratic_kappa(given[kept], true[kept])

    return {
        "qwk": kappa,
        "exact": _share((given == true).astype(float), scored.astype(float)),
        "adjacent": _share((np.abs(given - true) <= 1).astype(float), scored.astype(float)),
        "wrong_at_3": _share((wrong & (given >= HIGH)).astype(float), (wrong & scored).astype(float)),
        "unscored": _share((~scored).astype(float), np.ones(len(rows))),
    }


def _of_claims(
    rows: Sequence[Constructed], ratings: Sequence[Rating], second: Sequence[Rating]
) -> dict[str, Figure]:
    caught = [
        sum(told_of(claim, rating.claims) for claim in row.claims)
        for row, rating in zip(rows, ratings, strict=True)
    ]
    invented = []
    for row, rating, other in zip(rows, ratings, second, strict=True):
        denied = [q for label, q in zip(row.labels, row.quotes, strict=True) if label == "contradicted"]
        wrong = (*row.claims, *denied, *other.claims)
        invented.append(sum(not told_of(claim, wrong) for claim in rating.claims))
    every = np.array([len(row.claims) for row in rows], float)
    return {
        "claims_caught": _share(np.array(caught, float), every),
        "claims_invented": _share(np.array(invented, float), np.ones(len(rows))),
    }


def _order(rows: Sequence[Constructed], ratings: Sequence[Rating]) -> Figure:
    """Of pairs of answers to one question with different true levels: the share in the right order."""
    right, pairs = np.zeros(len(rows)), np.zeros(len(rows))
    levels = [rating.levels.get(row.main) for row, rating in zip(rows, ratings, strict=True)]
    for one, other in combinations(range(len(rows)), 2):
        a, b = rows[one], rows[other]
        first, last = levels[one], levels[other]
        if a.question_id != b.question_id or first is None or last is None:
            continue
        apart = a.levels[a.main] - b.levels[b.main]
        if apart:
            pairs[one] += 1
            right[one] += 0.5 if first == last else (first > last) == (apart > 0)
    return _share(right, pairs)


def _share(part: Numbers, whole: Numbers) -> Figure:
    def figure(at: Rows) -> float | None:
        total = float(whole[at].sum())
        return float(part[at].sum()) / total if total else None

    return figure


def _all_levels(
    rows: Sequence[Constructed], ratings: Sequence[Rating], wanted: Callable[[str], bool]
) -> dict[str, Any]:
    pairs = [
        (_whole(rating.levels.get(name)), level)
        for row, rating in zip(rows, ratings, strict=True)
        for name, level in row.levels.items()
        if wanted(name)
    ]
    given, true = (np.array([pair[side] for pair in pairs], float) for side in (0, 1))
    scored = ~np.isnan(given)
    apart = np.abs(given[scored] - true[scored])
    return {
        "n": len(pairs),
        "qwk": _rounded(quadratic_kappa(given[scored], true[scored])),
        "exact": _rounded(float(np.mean(apart == 0)) if len(apart) else None),
        "adjacent": _rounded(float(np.mean(apart <= 1)) if len(apart) else None),
        "unscored": _rounded(float(np.mean(~scored))),
    }


def _of_kind(rows: Sequence[Constructed], given: Numbers, kind: str) -> dict[str, Any]:
    at = [number for number, row in enumerate(rows) if row.kind == kind]
    true = np.array([rows[number].levels[rows[number].main] for number in at], float)
    mine = given[at]
    scored = ~np.isnan(mine)
    apart = np.abs(mine[scored] - true[scored])
    return {
        "n": len(at),
        "mean_level": _rounded(float(np.mean(mine[scored])) if len(apart) else None),
        "mean_label": _rounded(float(np.mean(true))),
        "qwk": _rounded(quadratic_kappa(mine[scored], true[scored])),
        "exact": _rounded(float(np.mean(apart == 0)) if len(apart) else None),
        "adjacent": _rounded(float(np.mean(apart <= 1)) if len(apart) else None),
        "unscored": int(np.sum(~scored)),
    }


def _whole(level: float | None) -> float:
    """A level rounded, halves upwards; not a number where there is none."""
    return float("nan") if level is None else float(np.floor(level + 0.5))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
