"""How far our head angles are from labelled ones, in 3DDFA's signs and order.

3DDFA builds a rotation from its angles as Rx(pitch) Ry(yaw) Rz(roll), yaw and roll opposite to ours; our own
pitch is the elevation of the face, which is another angle once a head is turned and nods at the same time.

Only faces turned less than 40 degrees count: an interview is not spoken in profile.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.evaluate.labelled import Labelled, load_labelled, mean_interval, write_json
from analysis.signals.head_pose import rotation_of
from analysis.signals.landmarks import Detector
from data.domain import RehearseError

WIDEST_YAW_DEGREES = 40.0
COLUMNS = ("pitch_degrees", "yaw_degrees", "roll_degrees")
ANGLES = ("pitch", "yaw", "roll")


def main(argv: list[str]) -> int:
    """Print the mean absolute error of each angle."""
    parser = argparse.ArgumentParser(prog="python -m analysis.evaluate headpose", description=__doc__)
    parser.add_argument("labels", type=Path, help="CSV: path, pitch_degrees, yaw_degrees, roll_degrees")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args(argv)
    rows = [row for row in load_labelled(options.labels, COLUMNS) if abs(row.numbers[1]) < WIDEST_YAW_DEGREES]
    with Detector(stream=False, pose=False) as detector:
        errors = [error for row in rows if (error := _error(detector, row)) is not None]
    if not errors:
        raise RehearseError("No face was found in any image.", "Check the path column.")
    absolute = np.abs(np.array(errors))
    result: dict[str, object] = {"n": len(errors), "missed": len(rows) - len(errors)}
    print(f"{len(errors)} faces with |yaw| < 40 degrees; {len(rows) - len(errors)} missed")
    for angle, error in zip(ANGLES, absolute.T, strict=True):
        mean = float(error.mean())
        low, high = mean_interval(error)
        result |= {f"{angle}_mae": mean, f"{angle}_mae_95": (low, high)}
        print(f"{angle + '_mae':10} {mean:.2f} degrees  (95 % {low:.2f}-{high:.2f})")
    if options.json:
        write_json(options.json, result)
    return 0


def _error(detector: Detector, row: Labelled) -> tuple[float, float, float] | None:
    """Return measured minus labelled pitch, yaw and roll, or None when no face was found."""
    rotation = rotation_of(detector.detect(row.image(), 0.0))
    if rotation is None:
        return None
    measured = np.subtract(angles_3ddfa(rotation), row.numbers)
    return float(measured[0]), float(measured[1]), float(measured[2])


def angles_3ddfa(rotation: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return pitch, yaw and roll as 3DDFA has them, degrees, of a rotation as `head_rotation` gives it."""
    return (
        float(np.degrees(np.arctan2(rotation[1, 2], rotation[2, 2]))),
        -float(np.degrees(np.arcsin(np.clip(rotation[0, 2], -1, 1)))),
        -float(np.degrees(np.arctan2(-rotation[0, 1], rotation[0, 0]))),
    )
