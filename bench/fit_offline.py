"""`python -m bench.fit_offline [--saf FILE.csv] [--write]`: fit the numbers of the offline scorer again.

Level weights come from the constructed answers that ship with the project, by a strongly shrunk ridge,
so that no single feature (above all length) decides; the grade line from a SAF part (CC-BY-4.0) by path.
Figures are cross-validated by question. Without `--write` nothing is changed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from analysis.evaluate.asag import read_rows as read_graded
from analysis.evaluate.graded_levels import ATTACKS, read_gold
from analysis.exam.rater_agreement import Numbers, quadratic_kappa
from analysis.reading.fitted import MODEL
from analysis.reading.placed import said
from analysis.scoring.offline import features_of
from analysis.scoring.short_answers import closeness

FEATURES = (
    "coverage", "best", "content", "numbers", "reasons", "tradeoffs", "conditions", "limits", "empty",
)  # fmt: skip
SHRINKAGE = 30.0


def main(argv: Sequence[str]) -> int:
    """Fit, print the cross-validated agreement, and write the model when asked to."""
    parser = argparse.ArgumentParser(prog="fit_offline", description=__doc__)
    parser.add_argument("--saf", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args(argv)
    model = json.loads(MODEL.read_text(encoding="utf-8"))
    features, levels, groups = _level_rows()
    print(json.dumps(_cross_validated(features, levels, groups)))
    model["levels"] = _fit(features, levels)
    if arguments.saf:
        slope, intercept = _grade_line(arguments.saf)
        model["grades"]["weights"]["closeness"] = slope
        model["grades"]["intercept"] = intercept
        print(f"grade = {slope} * closeness + {intercept}")
    if arguments.write:
        MODEL.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    return 0


def _level_rows() -> tuple[Numbers, Numbers, list[str]]:
    rows: list[list[float]] = []
    levels: list[float] = []
    groups: list[str] = []
    for row in read_gold():
        seen = None if row.kind in ATTACKS else features_of(row.answer, row.criterion)
        if seen is not None and row.level is not None:
            rows.append([seen[name] for name in FEATURES])
            levels.append(row.level)
            groups.append(row.answer.question.id)
    return np.array(rows), np.array(levels), groups


def _fit(features: Numbers, levels: Numbers) -> dict[str, object]:
    """Shrunk ridge on standardised features, then a line that undoes the shrinking of the scale."""
    means, scales = features.mean(axis=0), features.std(axis=0) + 1e-9
    z = (features - means) / scales
    weights = np.linalg.solve(z.T @ z + SHRINKAGE * np.eye(len(scales)), z.T @ (levels - levels.mean()))
    slope, _ = np.polyfit(z @ weights, levels, 1)
    return {
        "weights": _named(weights * slope),
        "means": _named(means),
        "scales": _named(scales),
        "intercept": round(float(levels.mean()), 4),
        "knots_in": [1, 4],
        "knots_out": [1, 4],
    }


def _cross_validated(features: Numbers, levels: Numbers, groups: list[str]) -> dict[str, float | None]:
    names = np.array(groups)
    predicted = np.zeros(len(levels))
    for name in np.unique(names):
        held = names == name
        fitted = _fit(features[~held], levels[~held])
        columns = [np.array(list(fitted[key].values())) for key in ("weights", "means", "scales")]  # type: ignore[attr-defined]
        weights, means, scales = columns
        predicted[held] = float(str(fitted["intercept"])) + (features[held] - means) / scales @ weights
    rounded = np.clip(np.round(predicted), 1, 4)
    return {
        "n": float(len(levels)),
        "questions": float(len(np.unique(names))),
        "exact": float(np.mean(rounded == levels)),
        "adjacent": float(np.mean(np.abs(rounded - levels) <= 1)),
        "qwk": quadratic_kappa(rounded, levels),
    }


def _grade_line(path: Path) -> tuple[float, float]:
    pairs = []
    for row in read_graded(path):
        wanted, asked, given = said(row.reference), said(row.question), said(row.answer)
        if wanted and given:
            pairs.append((closeness(wanted, asked, given), row.score / row.score_max))
    close, share = np.array(pairs).T
    slope, intercept = np.polyfit(close, share, 1)
    return round(float(slope), 4), round(float(intercept), 4)


def _named(values: Numbers) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(FEATURES, values, strict=True)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
