"""From the frames of one answer to one number per signal, each with its coverage.

Everything is weighted by time, so gaps and a changing frame rate do not bias a share: a frame
stands for half the gap to each neighbour, but never for more than half a second on either side.
Shares and coverage are of speaking time, so what no frame saw counts as not measurable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from analysis.signals.catalogue import BY_NAME
from data.domain import Gaze, Interval, SignalFrame, SignalSummary

LONGEST_HALF_GAP_SECONDS = 0.5
LEAST_SPEECH_SECONDS = 3.0
FEWEST_FRAMES = 15
"""Measured frames below which a value rests on a moment: under four seconds at four frames a second."""
LITTLE_SPEECH = f"less than {LEAST_SPEECH_SECONDS:.0f} seconds of speech were heard"
FEW_FRAMES = f"fewer than {FEWEST_FRAMES} pictures could be measured"
NO_FRAMES = "no camera frame was analysed while you spoke"
NO_BASELINE = "no upright baseline"
NO_SHOULDERS = "shoulders not seen facing the camera"
NO_FACE = "no face found"
NO_STEP = "no two neighbouring frames with shoulders"

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The frames of the time somebody spoke, in order, with the seconds each stands for."""

    frames: tuple[SignalFrame, ...]
    weights: Values
    speaking_seconds: float

    @property
    def why_nothing(self) -> str | None:
        """Why nothing at all can be said of this answer; None when something can."""
        if self.speaking_seconds < LEAST_SPEECH_SECONDS:
            return LITTLE_SPEECH
        return None if self.frames else NO_FRAMES

    def share(self, chosen: Sequence[bool]) -> float:
        """The share of speaking time that the chosen frames stand for."""
        return min(1.0, float(self.weights[list(chosen)].sum()) / self.speaking_seconds)


def summarise(frames: Sequence[SignalFrame], speaking: Sequence[Interval]) -> tuple[SignalSummary, ...]:
    """Return one summary per line of the registry, in its order.

    Only time inside `speaking` counts. A value is None, with the reason, when there is too little
    speech or when too few frames could be measured for it.
    """
    ordered = sorted(frames, key=lambda frame: frame.seconds)
    seen = _while_speaking(ordered, speaking)
    return (
        *_gaze_shares(seen),
        _measured("head_yaw_spread", seen, lambda frame: frame.yaw_degrees, _spread, NO_FACE),
        _measured("head_pitch_spread", seen, lambda frame: frame.pitch_degrees, _spread, NO_FACE),
        _measured("head_roll", seen, lambda frame: frame.roll_degrees, _mean, NO_FACE),
        _measured("shoulder_tilt", seen, lambda frame: frame.shoulder_tilt_degrees, _median, NO_SHOULDERS),
        _measured("slouch", seen, lambda frame: frame.slouch, _median, _no_posture(ordered)),
        _measured("lean", seen, lambda frame: frame.lean, _median, _no_posture(ordered)),
        _measured("centring", seen, _distance_from_centre, _mean, NO_FACE),
        _measured("motion", seen, lambda frame: frame.motion, _mean, NO_STEP),
    )


def _while_speaking(ordered: Sequence[SignalFrame], speaking: Sequence[Interval]) -> _Spoken:
    merged = _merged(speaking)
    weights = frame_weights([frame.seconds for frame in ordered], merged)
    inside = weights > 0
    return _Spoken(
        tuple(frame for frame, kept in zip(ordered, inside, strict=True) if kept),
        weights[inside],
        sum(stretch.seconds for stretch in merged),
    )


def frame_weights(seconds: Sequence[float], speaking: Sequence[Interval]) -> Values:
    """Return the seconds each frame stands for inside `speaking`, whose stretches do not overlap."""
    times = np.asarray(seconds, dtype=np.float64)
    if not len(times):
        return times
    half = np.minimum(np.diff(times) / 2, LONGEST_HALF_GAP_SECONDS)
    before, after = (half[0], half[-1]) if len(half) else (LONGEST_HALF_GAP_SECONDS,) * 2
    starts = times - np.concatenate([[before], half])
    ends = times + np.concatenate([half, [after]])
    weights = np.zeros_like(times)
    for stretch in speaking:
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


def _gaze_shares(seen: _Spoken) -> list[SignalSummary]:
    directions = [f"eye_contact_{gaze}" for gaze in get_args(Gaze) if gaze != "not_measurable"]
    unread = "eye_contact_not_measurable"
    if seen.why_nothing is not None or len(seen.frames) < FEWEST_FRAMES:
        return [_nothing(name, seen.why_nothing or FEW_FRAMES) for name in (*directions, unread)]
    read = [frame.gaze != "not_measurable" for frame in seen.frames]
    coverage = seen.share(read)
    missing = SignalSummary(unread, 1 - coverage, "share", 1.0)
    if sum(read) < FEWEST_FRAMES:
        reason = FEW_FRAMES if any(read) else _commonest_reason(seen.frames)
        return [*(_nothing(name, reason) for name in directions), missing]
    shares = [
        seen.share([f"eye_contact_{frame.gaze}" == name for frame in seen.frames]) for name in directions
    ]
    return [
        *(
            SignalSummary(name, share, "share", coverage)
            for name, share in zip(directions, shares, strict=True)
        ),
        missing,
    ]


def _commonest_reason(frames: Sequence[SignalFrame]) -> str:
    reasons = [frame.gaze_reason or "no_face" for frame in frames]
    words = max(set(reasons), key=reasons.count).replace("_", " ")
    return f"gaze not measurable: {words}"


def _measured(
    name: str,
    seen: _Spoken,
    read: Callable[[SignalFrame], float | None],
    reduce: Callable[[Values, Values], float],
    reason: str,
) -> SignalSummary:
    if seen.why_nothing is not None:
        return _nothing(name, seen.why_nothing)
    found = [read(frame) for frame in seen.frames]
    usable = [value is not None for value in found]
    if sum(usable) < FEWEST_FRAMES:
        return _nothing(name, FEW_FRAMES if any(usable) else reason)
    values = np.array([value for value in found if value is not None])
    return SignalSummary(name, reduce(values, seen.weights[usable]), BY_NAME[name].unit, seen.share(usable))


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
