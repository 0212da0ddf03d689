"""From the frames of one answer to one number per signal, each with its coverage.

Everything is weighted by time, so gaps and a changing frame rate do not bias a share: a frame
stands for half the gap to each neighbour, but never for more than half a second on either side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from analysis.signals.catalogue import BY_NAME
from data.domain import Gaze, Interval, SignalFrame, SignalSummary

LONGEST_HALF_GAP_SECONDS = 0.5
NO_FRAMES = "no camera frame was analysed while you spoke"
NO_BASELINE = "no upright baseline"
NO_SHOULDERS = "shoulders not seen facing the camera"
NO_FACE = "no face found"
NO_STEP = "no two neighbouring frames with shoulders"

Values = NDArray[np.float64]


def summarise(frames: Sequence[SignalFrame], speaking: Sequence[Interval]) -> tuple[SignalSummary, ...]:
    """Return one summary per line of the registry, in its order.

    Only time inside `speaking` counts; when it is empty, all frames do. A value is None, with the
    reason, when no frame could be measured for it.
    """
    ordered = sorted(frames, key=lambda frame: frame.seconds)
    weights = frame_weights([frame.seconds for frame in ordered], speaking)
    return (
        *_gaze_shares(ordered, weights),
        _measured("head_yaw_spread", ordered, weights, lambda frame: frame.yaw_degrees, _spread, NO_FACE),
        _measured("head_pitch_spread", ordered, weights, lambda frame: frame.pitch_degrees, _spread, NO_FACE),
        _measured("head_roll", ordered, weights, lambda frame: frame.roll_degrees, _mean, NO_FACE),
        _measured(
            "shoulder_tilt",
            ordered,
            weights,
            lambda frame: frame.shoulder_tilt_degrees,
            _median,
            NO_SHOULDERS,
        ),
        _measured("slouch", ordered, weights, lambda frame: frame.slouch, _median, _no_posture(ordered)),
        _measured("lean", ordered, weights, lambda frame: frame.lean, _median, _no_posture(ordered)),
        _measured("centring", ordered, weights, _distance_from_centre, _mean, NO_FACE),
        _measured("motion", ordered, weights, lambda frame: frame.motion, _mean, NO_STEP),
    )


def frame_weights(seconds: Sequence[float], speaking: Sequence[Interval]) -> Values:
    """Return the seconds each frame stands for inside `speaking` (everywhere when it is empty)."""
    times = np.asarray(seconds, dtype=np.float64)
    if not len(times):
        return times
    half = np.minimum(np.diff(times) / 2, LONGEST_HALF_GAP_SECONDS)
    edge = float(np.median(half)) if len(half) else LONGEST_HALF_GAP_SECONDS
    starts = times - np.concatenate([[edge], half])
    ends = times + np.concatenate([half, [edge]])
    if not speaking:
        return np.asarray(ends - starts)
    weights = np.zeros_like(times)
    for stretch in _merged(speaking):
        inside = np.minimum(ends, stretch.end_seconds) - np.maximum(starts, stretch.start_seconds)
        weights += np.maximum(inside, 0)
    return weights


def _merged(speaking: Sequence[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for stretch in sorted(speaking, key=lambda stretch: stretch.start_seconds):
        if merged and stretch.start_seconds <= merged[-1].end_seconds:
            last = merged.pop()
            stretch = Interval(last.start_seconds, max(last.end_seconds, stretch.end_seconds))
        merged.append(stretch)
    return merged


def _gaze_shares(frames: Sequence[SignalFrame], weights: Values) -> list[SignalSummary]:
    total = float(weights.sum())
    if total <= 0:
        return [_nothing(f"eye_contact_{gaze}", NO_FRAMES) for gaze in get_args(Gaze)]
    share = {
        gaze: float(weights[[frame.gaze == gaze for frame in frames]].sum()) / total
        for gaze in get_args(Gaze)
    }
    coverage = 1 - share["not_measurable"]
    if coverage <= 0:
        reason = _commonest_reason(frames)
        unmeasured = [_nothing(f"eye_contact_{gaze}", reason) for gaze in share if gaze != "not_measurable"]
        return [*unmeasured, SignalSummary("eye_contact_not_measurable", 1.0, "share", 1.0)]
    return [
        SignalSummary(f"eye_contact_{gaze}", value, "share", 1.0 if gaze == "not_measurable" else coverage)
        for gaze, value in share.items()
    ]


def _commonest_reason(frames: Sequence[SignalFrame]) -> str:
    reasons = [frame.gaze_reason or "no_face" for frame in frames]
    words = max(set(reasons), key=reasons.count).replace("_", " ")
    return f"gaze not measurable: {words}"


def _measured(
    name: str,
    frames: Sequence[SignalFrame],
    weights: Values,
    read: Callable[[SignalFrame], float | None],
    reduce: Callable[[Values, Values], float],
    reason: str,
) -> SignalSummary:
    total = float(weights.sum())
    if total <= 0:
        return _nothing(name, NO_FRAMES)
    read_values = [read(frame) for frame in frames]
    usable = np.array([value is not None for value in read_values]) & (weights > 0)
    if not usable.any():
        return _nothing(name, reason)
    values = np.array([np.nan if value is None else value for value in read_values])[usable]
    return SignalSummary(
        name,
        reduce(values, weights[usable]),
        BY_NAME[name].unit,
        min(1.0, float(weights[usable].sum()) / total),
    )


def _nothing(name: str, reason: str) -> SignalSummary:
    return SignalSummary(name, None, BY_NAME[name].unit, 0.0, reason)


def _no_posture(frames: Sequence[SignalFrame]) -> str:
    seen = any(frame.shoulder_tilt_degrees is not None for frame in frames)
    return NO_BASELINE if seen else NO_SHOULDERS


def _distance_from_centre(frame: SignalFrame) -> float | None:
    return None if frame.centring is None else abs(frame.centring)


def _mean(values: Values, weights: Values) -> float:
    return float(np.average(values, weights=weights))


def _spread(values: Values, weights: Values) -> float:
    middle = np.average(values, weights=weights)
    return float(np.sqrt(np.average((values - middle) ** 2, weights=weights)))


def _median(values: Values, weights: Values) -> float:
    order = np.argsort(values)
    cumulative = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(cumulative, cumulative[-1] / 2)])
