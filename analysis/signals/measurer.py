"""Landmarks of one frame in, its signals out: the one place where the parts meet."""

from __future__ import annotations

from analysis.signals import posture
from analysis.signals.calibration import decide, from_lens
from analysis.signals.eye_contact import (
    GazeAngles,
    gaze_angles,
    why_not_measurable,
)
from analysis.signals.head_pose import head_pose
from analysis.signals.landmarks import Landmarks
from data.domain import Calibration, Gaze, SignalFrame

SMOOTHING_SECONDS = 0.2
"""Time constant of the gaze average: a glance of half a second still shows."""
BLINK_SECONDS = 0.5
"""Eyes shut for less keep the last gaze (a blink lasts 0.1-0.4 s); for longer they are away."""
HYSTERESIS = 0.15
"""Contact is entered at this share inside its border and left at this share outside it."""


class Measurer:
    """Turns the frames of one person, in order of time, into signals. Not thread-safe."""

    def __init__(self, calibration: Calibration | None = None) -> None:
        """Measure against this calibration; without one, against the average person and seat."""
        self._calibration = calibration
        self._gaze: GazeAngles | None = None
        self._gaze_seconds = 0.0
        self._decided: Gaze = "not_measurable"
        self._body: posture.Body | None = None
        self._motion: float | None = None

    def __call__(self, landmarks: Landmarks) -> SignalFrame:
        """Return the signals of the next frame."""
        gaze, reason = self._direction(landmarks)
        head = head_pose(landmarks)
        body = posture.body(landmarks)
        if not landmarks.pose_age_seconds:
            self._motion = None if body is None else posture.motion(body, self._body)
            self._body = body
        return SignalFrame(
            seconds=landmarks.seconds,
            face_found=landmarks.face is not None,
            gaze=gaze,
            gaze_reason=reason,
            yaw_degrees=None if head is None else head.yaw,
            pitch_degrees=None if head is None else head.pitch,
            roll_degrees=None if head is None else head.roll,
            shoulder_tilt_degrees=None if body is None else body.tilt_degrees,
            slouch=None if body is None else posture.slouch(body, self._calibration),
            lean=None if body is None else posture.lean(body, self._calibration),
            centring=posture.centring(landmarks),
            motion=self._motion,
        )

    def _direction(self, landmarks: Landmarks) -> tuple[Gaze, str | None]:
        reason = why_not_measurable(landmarks)
        elapsed = landmarks.seconds - self._gaze_seconds
        if reason == "blink":
            if elapsed < BLINK_SECONDS and self._decided != "not_measurable":
                return self._decided, None
            return "away", "blink"
        found = gaze_angles(landmarks)
        if found is None:
            self._gaze, self._decided = None, "not_measurable"
            return "not_measurable", reason
        self._gaze = self._smoothed(from_lens(found, self._calibration), elapsed)
        self._gaze_seconds = landmarks.seconds
        self._decided = decide(self._gaze, self._calibration, self._slack())
        return self._decided, None

    def _smoothed(self, found: GazeAngles, elapsed: float) -> GazeAngles:
        before = self._gaze
        if before is None or not 0 < elapsed < 3 * SMOOTHING_SECONDS:
            return found
        weight = elapsed / (elapsed + SMOOTHING_SECONDS)
        return GazeAngles(
            before.yaw + weight * (found.yaw - before.yaw),
            before.pitch + weight * (found.pitch - before.pitch),
        )

    def _slack(self) -> float:
        """Return the factor on the border that keeps the last decision from flickering."""
        if self._gaze is None or self._decided == "not_measurable":
            return 1.0
        return 1 + HYSTERESIS if self._decided == "camera" else 1 - HYSTERESIS
