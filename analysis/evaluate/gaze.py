"""How well "looking at the camera" agrees with people's labels, frame by frame, uncalibrated.

Faces that are missed or not measurable count as not-contact, so they cost recall.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.evaluate.labelled import Labelled, interval, load_labelled, mean_interval, write_json
from analysis.signals.eye_contact import CONTACT_DEGREES, gaze_angles, off_lens
from analysis.signals.landmarks import Detector

CENTRE = (0.5, 0.5)
"""The labelled face is the one in the middle of its crop."""
UNSEEN = 180.0
AGREEMENT = ("precision", "recall", "f1", "auc")

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GazeFigures:
    """Shares 0-1; NaN where a figure is undefined (no positives, or no positive decisions)."""

    precision: float
    recall: float
    f1: float
    auc: float


def figures(contact: NDArray[np.bool_], off: Numbers) -> GazeFigures:
    """Return the agreement of labels with degrees off the lens (`UNSEEN` for not measurable)."""
    decided = off <= CONTACT_DEGREES
    hits = float((decided & contact).sum())
    return GazeFigures(
        precision=hits / decided.sum() if decided.any() else float("nan"),
        recall=hits / contact.sum() if contact.any() else float("nan"),
        f1=2 * hits / (decided.sum() + contact.sum()) if decided.any() or contact.any() else float("nan"),
        auc=area_under_curve(contact, -off),
    )


def area_under_curve(positive: NDArray[np.bool_], score: Numbers) -> float:
    """Return the chance that a positive outscores a negative, ties counting half."""
    ahead, behind = score[positive], np.sort(score[~positive])
    if not len(ahead) or not len(behind):
        return float("nan")
    below = np.searchsorted(behind, ahead, side="left") + np.searchsorted(behind, ahead, side="right")
    return float(below.mean() / 2 / len(behind))


def main(argv: list[str]) -> int:
    """Print the figures of a labelled set, or of the calibration simulation."""
    parser = argparse.ArgumentParser(prog="python -m analysis.evaluate gaze", description=__doc__)
    parser.add_argument("labels", type=Path, nargs="?", help="CSV: path, contact (1/0)")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--calibration-simulation", action="store_true", help="what calibration removes")
    options = parser.parse_args(argv)
    if options.calibration_simulation:
        from analysis.evaluate.gaze_simulation import report

        print(report())
        return 0
    if options.labels is None:
        parser.error("LABELS.csv is missing")
    rows = list(load_labelled(options.labels, ["contact"]))
    contact = np.array([row.numbers[0] >= 0.5 for row in rows])
    off = _measure(rows)
    result = _result(contact, off)
    _show(result)
    if options.json:
        write_json(options.json, result)
    return 0


def _measure(rows: Sequence[Labelled]) -> Numbers:
    off = []
    with Detector(stream=False) as detector:
        for row in rows:
            gaze = gaze_angles(detector.detect(row.image(), 0.0, near=CENTRE))
            off.append(UNSEEN if gaze is None else off_lens(gaze))
    return np.array(off)


def _result(contact: NDArray[np.bool_], off: Numbers) -> dict[str, object]:
    """Return the JSON document: figures, and a 95 % interval for each."""
    unseen = (off == UNSEEN).astype(float)
    found = figures(contact, off)
    result: dict[str, object] = {"n": len(contact)}
    result |= {name: getattr(found, name) for name in AGREEMENT}
    result["not_measurable"] = float(unseen.mean())
    result |= {f"{name}_95": _interval(name, contact, off) for name in AGREEMENT}
    result["not_measurable_95"] = mean_interval(unseen)
    return result


def _interval(name: str, contact: NDArray[np.bool_], off: Numbers) -> tuple[float, float]:
    return interval(len(off), lambda rows: float(getattr(figures(contact[rows], off[rows]), name)))


def _show(result: Mapping[str, Any]) -> None:
    print(f"{result['n']} images; missed or unreadable faces count as not looking at the camera")
    for name in (*AGREEMENT, "not_measurable"):
        low, high = result[f"{name}_95"]
        print(f"{name:15} {result[name]:.3f}  (95 % {low:.3f}-{high:.3f})")
