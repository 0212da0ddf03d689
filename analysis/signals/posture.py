"""Posture of one frame from the body points. Lengths are in shoulder widths.

Slouch and lean need the person's own upright baseline; tilt, centring and motion need none.
MediaPipe's `visibility` stays near 1 even when it is wrong, so plausibility is judged by geometry.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.signals.landmarks import Landmarks
from analysis.signals.views import Points
from data.domain import Calibration

NOSE, LEFT_EAR, RIGHT_EAR, LEFT_SHOULDER, RIGHT_SHOULDER = 0, 7, 8, 11, 12
PLAUSIBLE_RATIO = (0.2, 1.5)
"""Ear-shoulder height over shoulder width: about 0.5 seated and facing; a side-on body gave 2.85."""
SHOULDER_MARGIN = 0.1
"""Shoulders farther than this share below the frame are guesses of the model."""
OWN_FACE_WIDTHS = 1.5
"""A nose farther than this from the face belongs to someone else; a head moves less in half a second."""
LONGEST_STEP_SECONDS = 1.5
"""Motion is not measured across a longer gap between two frames."""


@dataclass(frozen=True, slots=True)
class Body:
    """The plausible shoulders and head of one frame, before any baseline.

    `height_ratio` is ear-shoulder height over shoulder width, `shoulder_width` a share of the
    frame's width, `anchors` the (3, 2) positions of nose and shoulders in frame widths.
    """

    seconds: float
    height_ratio: float
    shoulder_width: float
    tilt_degrees: float
    anchors: Points


def body(landmarks: Landmarks) -> Body | None:
    """Return the upper body, or None when there is none or it is side-on, cut off or a silhouette."""
    pose = landmarks.pose
    if pose is None or landmarks.light.why_unseen or _someone_else(landmarks, pose):
        return None
    left, right = pose[LEFT_SHOULDER, :2], pose[RIGHT_SHOULDER, :2]
    width = float(np.hypot(*(left - right)))
    lowest = max(float(left[1]), float(right[1]))
    if width <= 0 or left[0] <= right[0] or lowest > landmarks.height * (1 + SHOULDER_MARGIN):
        return None
    ears = (pose[LEFT_EAR, :2] + pose[RIGHT_EAR, :2]) / 2
    ratio = float(((left + right) / 2 - ears)[1]) / width
    if not PLAUSIBLE_RATIO[0] <= ratio <= PLAUSIBLE_RATIO[1]:
        return None
    return Body(
        seconds=landmarks.seconds - landmarks.pose_age_seconds,
        height_ratio=ratio,
        shoulder_width=width / landmarks.width,
        tilt_degrees=float(np.degrees(np.arctan2(right[1] - left[1], left[0] - right[0]))),
        anchors=pose[[NOSE, LEFT_SHOULDER, RIGHT_SHOULDER], :2] / landmarks.width,
    )


def _someone_else(landmarks: Landmarks, pose: Points) -> bool:
    """Say whether the body's nose is too far from the face to belong to it."""
    if landmarks.face is None:
        return False
    face = landmarks.face[:468, :2]
    apart = float(np.hypot(*(pose[NOSE, :2] - face.mean(axis=0))))
    return apart > OWN_FACE_WIDTHS * float(np.ptp(face[:, 0]))


def slouch(now: Body, calibration: Calibration | None) -> float | None:
    """Return how far the head has sunk towards the shoulders since upright; None without baseline."""
    if calibration is None or calibration.upright_slouch is None:
        return None
    return calibration.upright_slouch - now.height_ratio


def lean(now: Body, calibration: Calibration | None) -> float | None:
    """Return how much wider the shoulders look than upright: > 0 closer to the camera, < 0 back."""
    if calibration is None or not calibration.upright_shoulder_width:
        return None
    return now.shoulder_width / calibration.upright_shoulder_width - 1


def centring(landmarks: Landmarks) -> float | None:
    """Return how far the head is beside the middle, in frame widths; > 0 to the person's left."""
    if landmarks.face is not None:
        x = float(landmarks.face[:468, 0].mean())
    elif landmarks.pose is not None:
        x = float(landmarks.pose[NOSE, 0])
    else:
        return None
    return x / landmarks.width - 0.5


def motion(now: Body, before: Body | None) -> float | None:
    """Return the mean speed of nose and shoulders, in shoulder widths per second."""
    if before is None:
        return None
    step = now.seconds - before.seconds
    if not 0 < step <= LONGEST_STEP_SECONDS:
        return None
    width = (now.shoulder_width + before.shoulder_width) / 2
    return float(np.hypot(*(now.anchors - before.anchors).T).mean()) / width / step
