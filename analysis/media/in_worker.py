"""Reads kept recordings in the limited worker: a stranger may have made them."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from analysis.media import decoding, probing
from analysis.media.decoding import Picture
from analysis.media.facts import RecordingFacts
from analysis.media.mono import Sound
from analysis.media.writer import SPEECH_RATE
from data.limited import Limits, run_limited, stream_limited

WORTH_A_TRY = "Export it again as an mp4 of at most 1080 lines, or a shorter piece of it."
LOOK_SECONDS = 60.0
"""Of processor time, for reading through a file without decoding it."""
SECONDS_A_SECOND = 3.0
"""Of processor time, for each second that is decoded and encoded anew. 4K of a phone takes 1 to 2."""
MOST_SECONDS = 4 * 3600.0
"""Of a recording: its own clock may say anything."""
FILE_BYTES = 8_000_000_000
MEMORY_BYTES = 1_500_000_000
HEAD = struct.Struct("<dII")
"""Of a picture: when it is shown, its height and width."""


def limits_for(seconds: float, result_bytes: int = 20_000_000, most_cpu_seconds: float = math.inf) -> Limits:
    """What it may cost to work through a recording of so many seconds."""
    cpu_seconds = min(LOOK_SECONDS + SECONDS_A_SECOND * min(seconds, MOST_SECONDS), most_cpu_seconds)
    return Limits(
        memory_bytes=MEMORY_BYTES,
        cpu_seconds=cpu_seconds,
        wall_seconds=60.0 + 3 * cpu_seconds,
        result_bytes=result_bytes,
        file_bytes=FILE_BYTES,
    )


def probe(path: Path) -> RecordingFacts:
    """What is in a recording, counted from its packets.

    Raises RehearseError when it is missing, empty, cut off before its index, or not a recording.
    """
    found = run_limited(f"{__name__}:_facts", path, **_named(path), limits=limits_for(0.0))
    return RecordingFacts(**(found | {"path": path}))


def read_audio(path: Path, rate: int = SPEECH_RATE, seconds: float | None = None) -> Sound:
    """All the sound as mono float32 in -1..1, gaps as silence; empty when the file has none.

    `seconds` is its length where somebody knows it already.
    """
    seconds = probe(path).seconds if seconds is None else seconds
    limits = limits_for(seconds, result_bytes=4 * round((min(seconds, MOST_SECONDS) + 10) * rate))
    return np.frombuffer(
        run_limited(f"{__name__}:_sound", path, rate, **_named(path), limits=limits), np.float32
    )


def read_frames(
    path: Path, frames_per_second: float, seconds: float | None = None
) -> Iterator[tuple[float, Picture]]:
    """Yield (seconds, RGB of shape (height, width, 3)), upright, at most `reading.MAX_WIDTH` wide.

    Takes the first picture at or after each tick of 1 / `frames_per_second`, whatever the file's own rate
    (fewer when it has fewer). Yields nothing when there is no picture. `seconds` is its length where known.
    """
    limits = limits_for(probe(path).seconds if seconds is None else seconds)
    for piece in stream_limited(
        f"{__name__}:_frames", path, frames_per_second, **_named(path), limits=limits
    ):
        shown_at, height, width = HEAD.unpack_from(piece)
        yield shown_at, np.frombuffer(piece, np.uint8, offset=HEAD.size).reshape(height, width, 3)


def _named(path: Path) -> dict[str, Any]:
    return {"named": path.name, "remedy": WORTH_A_TRY}


def _facts(path: Path) -> dict[str, Any]:
    return asdict(probing.probe(path)) | {"path": None}


def _sound(path: Path, rate: int) -> bytes:
    return decoding.read_audio(path, rate).tobytes()


def _frames(path: Path, frames_per_second: float) -> Iterator[bytes]:
    for seconds, picture in decoding.read_frames(path, frames_per_second):
        yield HEAD.pack(seconds, *picture.shape[:2]) + picture.tobytes()
