"""Two points and one posture: what "looking at the lens" is for this person in this seat.

Camera and screen centre are 10-15 degrees apart, as much as the contact threshold itself, and the
zero of the gaze angles differs between faces and seats: measuring both removes that error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.signals.eye_contact import (
    CONTACT_DEGREES,
    GazeAngles,
    direction,
    gaze_angles,
    off_lens,
    why_not_measurable,
)
from analysis.signals.head_pose import head_pose
from analysis.signals.landmarks import Landmarks
from analysis.signals.posture import body
from data.domain import Calibration, Gaze, RehearseError

FEWEST_FRAMES = 4
"""Usable frames each point needs: one second at four frames a second."""
WIDEST_SPREAD_DEGREES = 8.0
"""A wandering gaze spreads farther than this (median distance from the median)."""
SMALLEST_GAP_DEGREES = 3.0
"""Medians of ten frames of one small face scatter by about 1 degree: three times that is a difference."""
HALF_WAY = 0.5
"""Share of the way from lens to screen from which a gaze is on the screen."""
SIDE_ON_DEGREES = 40.0
"""A head turned farther than this from the camera: its angles and its far eye are guesses."""
_UNSEEN = {
    "no_face": ("your face was not in the picture", "Turn the camera towards you"),
    "too_small": ("your face was too small in the picture", "Move closer to the camera"),
    "too_dark": ("your face was too dark", "Put a light in front of you, not behind"),
    "backlit": ("only your outline showed before a window or a lamp", "Put the light in front of you"),
    "sunglasses": ("dark glass covered your eyes", "Take sunglasses off"),
    "blink": ("your eyes were shut", "Keep them open for two seconds"),
    "too_few": ("too few pictures arrived", "Keep this page in front"),
}


@dataclass(frozen=True, slots=True)
class _Point:
    yaw: float
    pitch: float


def calibrate(lens: Sequence[Landmarks], screen: Sequence[Landmarks]) -> Calibration:
    """Return the calibration from frames looking at the lens and frames reading the screen.

    The upright baseline comes from the same frames and stays None when the shoulders were not
    seen. Raises RehearseError with the reason when the gaze cannot be calibrated.
    """
    looking = _point(lens, "looking at the camera")
    reading = _point(screen, "reading the line on the screen")
    if np.hypot(looking.yaw - reading.yaw, looking.pitch - reading.pitch) < SMALLEST_GAP_DEGREES:
        raise RehearseError(
            "Looking at the camera and reading the screen looked the same.",
            "Sit a little closer, look straight into the lens first, then read the line, and try again.",
        )
    upright = baseline([*lens, *screen])
    return Calibration(
        lens_yaw_degrees=looking.yaw,
        lens_pitch_degrees=looking.pitch,
        screen_yaw_degrees=reading.yaw,
        screen_pitch_degrees=reading.pitch,
        upright_slouch=upright.upright_slouch,
        upright_shoulder_width=upright.upright_shoulder_width,
    )


def baseline(frames: Sequence[Landmarks]) -> Calibration:
    """Return the upright posture alone; its fields are None when the shoulders were not seen."""
    looked = [frame for frame in frames if not frame.pose_age_seconds]
    bodies = [found for found in map(body, looked) if found is not None]
    if len(bodies) < FEWEST_FRAMES:
        return Calibration()
    return Calibration(
        upright_slouch=float(np.median([found.height_ratio for found in bodies])),
        upright_shoulder_width=float(np.median([found.shoulder_width for found in bodies])),
    )


def from_lens(gaze: GazeAngles, calibration: Calibration | None) -> GazeAngles:
    """Return the gaze with the person's own lens as zero; unchanged without a calibration."""
    if calibration is None or calibration.lens_yaw_degrees is None or calibration.lens_pitch_degrees is None:
        return gaze
    return GazeAngles(gaze.yaw - calibration.lens_yaw_degrees, gaze.pitch - calibration.lens_pitch_degrees)


def decide(gaze: GazeAngles, calibration: Calibration | None, slack: float = 1.0) -> Gaze:
    """Return the direction of a gaze whose zero is the lens.

    With a calibration the border towards the screen lies half way between the two points, however far the
    eyes seemed to move between them; what is nearer to the screen and not far from it is "down" (the screen).
    `slack` over 1 holds on to the lens, under 1 lets go of it.
    """
    screen = _screen(calibration)
    if screen is not None:
        way = (gaze.yaw * screen.yaw + gaze.pitch * screen.pitch) / (screen.yaw**2 + screen.pitch**2)
        beside = GazeAngles(gaze.yaw - screen.yaw, gaze.pitch - screen.pitch)
        if way > HALF_WAY * slack and off_lens(beside) <= CONTACT_DEGREES:
            return "down"
    return direction(gaze, CONTACT_DEGREES * slack)


def _screen(calibration: Calibration | None) -> GazeAngles | None:
    """Return where the screen is as seen from the lens; None without a calibration."""
    if (
        calibration is None
        or calibration.lens_yaw_degrees is None
        or calibration.lens_pitch_degrees is None
        or calibration.screen_yaw_degrees is None
        or calibration.screen_pitch_degrees is None
    ):
        return None
    return GazeAngles(
        calibration.screen_yaw_degrees - calibration.lens_yaw_degrees,
        calibration.screen_pitch_degrees - calibration.lens_pitch_degrees,
    )


def _point(frames: Sequence[Landmarks], doing: str) -> _Point:
    gazes = [gaze for gaze in map(gaze_angles, frames) if gaze is not None]
    if len(gazes) < FEWEST_FRAMES:
        reasons = [why for frame in frames if (why := why_not_measurable(frame))] or ["too_few"]
        reason, remedy = _UNSEEN[max(reasons, key=reasons.count)]
        raise RehearseError(f"While {doing}, {reason}.", f"{remedy}, and try again.")
    turns = [abs(pose.yaw) for pose in map(head_pose, frames) if pose is not None]
    if float(np.median(turns)) > SIDE_ON_DEGREES:
        raise RehearseError(
            f"While {doing}, your head was turned far away from the camera.",
            "Put the camera or the chair so that you face it, and try again.",
        )
    angles = np.array([(gaze.yaw, gaze.pitch) for gaze in gazes])
    middle = np.median(angles, axis=0)
    if float(np.median(np.hypot(*(angles - middle).T))) > WIDEST_SPREAD_DEGREES:
        raise RehearseError(
            f"Your gaze moved around while {doing}.",
            "Keep your eyes on one spot for two seconds, and try again.",
        )
    return _Point(float(middle[0]), float(middle[1]))
