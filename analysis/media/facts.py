"""What is known about a recording, and about one that is being written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.domain import RehearseError


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """What a file holds, counted from its packets, not from its header.

    `width` and `height` are as shown, after `rotation_degrees` (clockwise) is applied.
    `av_offset_seconds` is the start of the sound minus the start of the picture; None unless both exist.
    """

    path: Path
    seconds: float
    frames: int
    fps: float | None
    width: int | None
    height: int | None
    rotation_degrees: int
    has_video: bool
    has_audio: bool
    av_offset_seconds: float | None
    dropped_video: int = 0
    """Frames that arrived but were not recorded because the machine could not keep up."""
    dropped_audio: int = 0


@dataclass(frozen=True, slots=True)
class RecorderStatus:
    """How a recording is going. `error` is what stopped it, when something did."""

    seconds: float
    video_frames: int
    audio_seconds: float
    dropped_video: int
    dropped_audio: int
    skipped_by_taps: int
    """Frames and sound that live analysis missed; the recording has them."""
    closed: bool
    error: RehearseError | None = None
    notice: str = ""
    """What is not recorded although it arrived or should have, in a sentence."""
    cut_seconds: float = 0.0
    """How much of long gaps is not in the recording."""
