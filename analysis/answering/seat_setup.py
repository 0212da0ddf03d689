"""Guided set-up: snapshots of one person in one seat in, the calibration and what to move out.

The snapshots exist for the length of one call; only the calibration (angles and two ratios) is kept.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import date

from analysis.answering.snapshot_pictures import decoded
from analysis.signals.calibration import baseline, calibrate
from analysis.signals.framing import framing
from analysis.signals.landmarks import Detector, Landmarks
from data.domain import Calibration, RehearseError

SNAPSHOT_SECONDS = 0.25
MOST_SNAPSHOTS = 40
"""More than a set-up of ten seconds sends: nobody may make the server look at thousands."""
LOUD_ROOM = 0.03
"""Root mean square of full scale while nobody speaks, about -30 dB: speech is hardly above it."""

NO_BASELINE = "Slouch and lean are not measured: your shoulders were not seen facing the camera."
NO_SETUP = "Slouch and lean are not measured: no upright baseline was taken."
AVERAGE_SEAT = "Eye contact is measured as for an average person and seat, so it is less exact."


@dataclass(frozen=True, slots=True)
class Snapshots:
    """JPEG pictures a quarter of a second apart, and the sound of the room while nobody spoke.

    `noise` is the root mean square (0-1); None: no microphone. `echo_cancelled` as the browser says.
    """

    lens: tuple[bytes, ...]
    screen: tuple[bytes, ...]
    noise: float | None = None
    echo_cancelled: bool | None = None


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the set-up found. `hints`: what to move; `limits`: what is measured less exactly, and why."""

    calibration: Calibration
    hints: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


def set_up(taken: Snapshots) -> SetUp:
    """Calibrate from snapshots; what could not be calibrated is None, with the reason in `limits`."""
    lens, screen = _look([*taken.lens], [*taken.screen])
    hints = (*(framing(lens[-1]) if lens else ("No picture arrived from the camera.",)), *_heard(taken))
    limits: tuple[str, ...] = ()
    try:
        found = calibrate(lens, screen)
    except RehearseError as reason:
        found = baseline([*lens, *screen])
        limits = (f"{reason.message} {reason.remedy} {AVERAGE_SEAT}",)
    if found.upright_slouch is None:
        limits = (*limits, NO_BASELINE)
    return SetUp(found, hints, limits)


def limits_of(calibration: Calibration | None) -> tuple[str, ...]:
    """What a kept calibration cannot measure, and why."""
    if calibration is None:
        return AVERAGE_SEAT, NO_SETUP
    limits: tuple[str, ...] = () if calibration.lens_yaw_degrees is not None else (AVERAGE_SEAT,)
    return limits if calibration.upright_slouch is not None else (*limits, NO_BASELINE)


def written(calibration: Calibration, on: date) -> str:
    """The calibration as it is remembered, with its day: seats and cameras change."""
    return json.dumps({"on": on.isoformat(), **asdict(calibration)})


def read(kept: str | None, on: date) -> Calibration | None:
    """What was remembered, when it is of that day and whole; else None."""
    try:
        fields = json.loads(kept or "{}")
        if fields.pop("on", None) != on.isoformat():
            return None
        return replace(Calibration(), **fields)
    except (ValueError, TypeError, AttributeError):
        return None


def _look(lens: list[bytes], screen: list[bytes]) -> tuple[list[Landmarks], list[Landmarks]]:
    pictures = decoded([*lens, *screen][:MOST_SNAPSHOTS])
    with closing(Detector()) as detector, closing(pictures):
        found = [detector.detect(picture, index * SNAPSHOT_SECONDS) for index, picture in enumerate(pictures)]
    return found[: len(lens)], found[len(lens) :]


def _heard(taken: Snapshots) -> tuple[str, ...]:
    hints: tuple[str, ...] = ()
    if taken.noise is not None and taken.noise > LOUD_ROOM:
        hints = ("The room is loud. Close a window, or use a headset.",)
    if taken.echo_cancelled is False:
        hints = (*hints, "This browser does not cancel echo. Use headphones.")
    return hints
