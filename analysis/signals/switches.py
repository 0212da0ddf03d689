"""Camera metrics that a candidate has switched off: never kept, and not looked for where that saves work."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Protocol

from analysis.signals.catalogue import BY_NAME, Metric
from analysis.signals.picture_notes import picture_notes
from analysis.signals.visible_changes import find_events
from data.domain import AttemptResult, SignalFrame, SignalSummary

METRICS: dict[Metric, str] = {
    "eye_contact": "Eye contact",
    "head": "Head movement",
    "posture": "Posture",
    "centring": "Place in the picture",
    "motion": "Movement",
}
SWITCHED_OFF = "switched off"
FACE: frozenset[Metric] = frozenset({"eye_contact", "head", "centring"})
"""Metrics that need the face; the others need the body."""
BODY: frozenset[Metric] = frozenset(METRICS) - FACE
_MEMORY = "camera-off"

Off = frozenset[Metric]


class Memory(Protocol):
    """Where a person's choices are kept (`session.memory`)."""

    def recall(self, owner: str, key: str) -> str | None:
        """What was kept under a key, or None."""

    def remember(self, owner: str, key: str, value: str) -> None:
        """Keep a value until it is overwritten or erased."""


def switched_off(memory: Memory, person: str) -> Off:
    """The metrics this person does not want; none at first."""
    kept = json.loads(memory.recall(person, _MEMORY) or "[]")
    return frozenset(metric for metric in METRICS if metric in kept)


def switch_off(memory: Memory, person: str, off: Collection[Metric]) -> None:
    """Remember the metrics this person does not want."""
    memory.remember(person, _MEMORY, json.dumps(sorted(off)))


def wanted_only(memory: Memory, result: AttemptResult) -> AttemptResult:
    """The result without what its candidate has switched off; those signals say so."""
    off = switched_off(memory, result.attempt.candidate_id)
    if not off or not result.frames:
        return result
    frames = tuple(_without(frame, off) for frame in result.frames)
    about_eyes = picture_notes(result.frames) if "eye_contact" in off else ()
    return replace(
        result,
        frames=frames,
        summaries=tuple(_unless_off(summary, off) for summary in result.summaries),
        events=find_events(frames),
        notes=tuple(note for note in result.notes if note not in about_eyes),
    )


def _unless_off(summary: SignalSummary, off: Off) -> SignalSummary:
    if BY_NAME[summary.name].metric not in off:
        return summary
    return SignalSummary(summary.name, None, summary.unit, 0.0, SWITCHED_OFF)


def _without(frame: SignalFrame, off: Off) -> SignalFrame:
    if "eye_contact" in off:
        frame = replace(frame, gaze="not_measurable", gaze_reason="switched_off")
    if "head" in off:
        frame = replace(frame, yaw_degrees=None, pitch_degrees=None, roll_degrees=None)
    if "posture" in off:
        frame = replace(frame, shoulder_tilt_degrees=None, slouch=None, lean=None)
    if "centring" in off:
        frame = replace(frame, centring=None)
    if "motion" in off:
        frame = replace(frame, motion=None)
    return frame
