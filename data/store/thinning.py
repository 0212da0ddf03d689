"""Frames thinned to one a second before they are kept: enough for every chart, a tenth of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from statistics import median

from data.domain import SignalFrame


def thin(frames: Sequence[SignalFrame]) -> tuple[SignalFrame, ...]:
    """At most one frame for each whole second: the commonest gaze, the median of what was measured.

    Frames that are already this sparse come back unchanged.
    """
    seconds = groupby(sorted(frames, key=lambda frame: frame.seconds), key=lambda frame: int(frame.seconds))
    return tuple(_merge(tuple(group)) for _, group in seconds)


def _merge(frames: tuple[SignalFrame, ...]) -> SignalFrame:
    if len(frames) == 1:
        return frames[0]
    gaze, reason = Counter((frame.gaze, frame.gaze_reason) for frame in frames).most_common(1)[0][0]
    return SignalFrame(
        seconds=frames[0].seconds,
        face_found=2 * sum(frame.face_found for frame in frames) >= len(frames),
        gaze=gaze,
        gaze_reason=reason,
        yaw_degrees=_middle([frame.yaw_degrees for frame in frames]),
        pitch_degrees=_middle([frame.pitch_degrees for frame in frames]),
        roll_degrees=_middle([frame.roll_degrees for frame in frames]),
        shoulder_tilt_degrees=_middle([frame.shoulder_tilt_degrees for frame in frames]),
        slouch=_middle([frame.slouch for frame in frames]),
        lean=_middle([frame.lean for frame in frames]),
        centring=_middle([frame.centring for frame in frames]),
        motion=_middle([frame.motion for frame in frames]),
    )


def _middle(values: Sequence[float | None]) -> float | None:
    measured = [value for value in values if value is not None]
    return median(measured) if measured else None
