"""Stretches worth jumping to: something visibly changed and stayed so. Advice is mechanical."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from data.domain import SignalEvent, SignalFrame

SUSTAINED_SECONDS = 2.0
"""Posture products alert after about this long."""
BRIDGED_SECONDS = 1.0
"""A condition that lapses for less goes on; a gap in the frames longer than this ends it."""
SLOUCH = 0.1
"""Loss of ear-shoulder height in shoulder widths (about 4 cm of an adult)."""
LEAN = 0.2
"""Growth or shrinkage of the shoulders: about 10 cm at 60 cm from the camera."""
OFF_CENTRE = 0.3
TILT_DEGREES = 10.0


@dataclass(frozen=True, slots=True)
class _Watch:
    name: str
    holds: Callable[[SignalFrame], bool]
    advice: str


def _over(value: float | None, limit: float) -> bool:
    return value is not None and value > limit


_WATCHES = (
    _Watch(
        "face not in view",
        lambda frame: not frame.face_found and frame.gaze_reason != "switched_off",
        "Tilt the screen until your whole head is in the picture.",
    ),
    _Watch(
        "out to the side of the frame",
        lambda frame: frame.centring is not None and abs(frame.centring) > OFF_CENTRE,
        "Move the chair or the laptop so that you sit in the middle of the picture.",
    ),
    _Watch(
        "sitting lower than at the start",
        lambda frame: _over(frame.slouch, SLOUCH),
        "Raise the laptop by a hand so that the lens is at eye height.",
    ),
    _Watch(
        "leaning in",
        lambda frame: _over(frame.lean, LEAN),
        "Move the chair back by a hand, or enlarge the text on the screen.",
    ),
    _Watch(
        "leaning back",
        lambda frame: frame.lean is not None and frame.lean < -LEAN,
        "Move the chair forward by a hand.",
    ),
    _Watch(
        "shoulders tilted",
        lambda frame: (
            frame.shoulder_tilt_degrees is not None and abs(frame.shoulder_tilt_degrees) > TILT_DEGREES
        ),
        "Rest both forearms on the table, or level the camera.",
    ),
)


def find_events(frames: Sequence[SignalFrame]) -> tuple[SignalEvent, ...]:
    """Return every condition that held for two seconds or longer, in order of time."""
    ordered = sorted(frames, key=lambda frame: frame.seconds)
    events = [
        SignalEvent(watch.name, start, end, watch.advice)
        for watch in _WATCHES
        for start, end in _stretches(ordered, watch.holds)
        if end - start >= SUSTAINED_SECONDS
    ]
    return tuple(sorted(events, key=lambda event: event.start_seconds))


def _stretches(
    frames: Sequence[SignalFrame], holds: Callable[[SignalFrame], bool]
) -> Iterator[tuple[float, float]]:
    start: float | None = None
    last = 0.0
    for frame in frames:
        if start is not None and frame.seconds - last > BRIDGED_SECONDS:
            yield start, last
            start = None
        if holds(frame):
            start = frame.seconds if start is None else start
            last = frame.seconds
    if start is not None:
        yield start, last
