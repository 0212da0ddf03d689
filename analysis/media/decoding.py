"""Reads recordings as plain arrays; of the pictures one at a time, so that memory does not grow with them.

Time 0 is the first picture or sound of the file, for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from analysis.media.mono import Mono, Sound
from analysis.media.opening import opened
from analysis.media.probing import (
    clockwise,
    mirrored,
    picture_stream,
    pictures,
    sound_stream,
    sounds,
    used_streams,
)
from analysis.media.stream_clock import SampleTimeline
from analysis.media.writer import SPEECH_RATE

if TYPE_CHECKING:
    import av

MAX_WIDTH = 640
"""Pixels: wider pictures are scaled down before anyone sees them."""

Picture = npt.NDArray[np.uint8]


def read_frames(path: Path, frames_per_second: float) -> Iterator[tuple[float, Picture]]:
    """Yield (seconds, RGB of shape (height, width, 3)), upright, at most `MAX_WIDTH` wide.

    Takes the first picture at or after each tick of 1 / `frames_per_second`, whatever the file's own rate
    (fewer when it has fewer). Yields nothing when there is no picture.
    """
    with opened(path) as container:
        stream = picture_stream(container)
        if stream is None:
            return
        stream.thread_type = "AUTO"
        zero = _zero(path)
        tick, mirror = 0, None
        for frame in pictures(container.demux(stream)):
            if frame.time is None:
                continue
            mirror = mirrored(frame) if mirror is None else mirror
            seconds = max(0.0, frame.time - zero)
            if seconds * frames_per_second < tick - 1e-6:
                continue
            tick = int(seconds * frames_per_second + 1e-6) + 1
            yield seconds, _upright(frame, mirror)


def read_audio(path: Path, rate: int = SPEECH_RATE) -> Sound:
    """All the sound as mono float32 in -1..1, gaps as silence; empty when the file has none."""
    pieces = list(_laid(path, rate))
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)


def _laid(path: Path, rate: int) -> Iterator[Sound]:
    with opened(path) as container:
        stream = sound_stream(container)
        if stream is None:
            return
        zero = _zero(path)
        timeline, mono = SampleTimeline(rate, tolerance_seconds=0.1), Mono(rate)
        for frame in sounds(container.demux(stream)):
            seconds = timeline.seconds if frame.time is None else max(0.0, frame.time - zero)
            for samples in mono.samples(frame):
                yield from _placed(timeline, samples, seconds)
        for samples in mono.rest():
            yield from _placed(timeline, samples, timeline.seconds)


def _placed(timeline: SampleTimeline, samples: Sound, seconds: float) -> Iterator[Sound]:
    for piece in timeline.place(samples, seconds):
        timeline.claim(piece.size)
        yield piece


def _zero(path: Path) -> float:
    """The time of the first picture or sound, from the first packet of each stream."""
    with opened(path) as container:
        starts = [_first(stream) for stream in used_streams(container)]
    return min((start for start in starts if start is not None), default=0.0)


def _first(stream: av.VideoStream | av.AudioStream) -> float | None:
    start, base = stream.start_time, stream.time_base
    return None if start is None or base is None else float(start * base)


def _upright(frame: av.VideoFrame, mirror: bool) -> Picture:
    turn = clockwise(frame, mirror)
    shown = frame.width if turn % 180 == 0 else frame.height
    shrink = min(1.0, MAX_WIDTH / shown)
    width, height = (max(2, round(side * shrink)) for side in (frame.width, frame.height))
    picture = cast(Picture, frame.reformat(width=width, height=height, format="rgb24").to_ndarray())
    return np.ascontiguousarray(np.rot90(picture, -turn // 90)) if turn else picture


def pixels(frame: av.VideoFrame) -> Picture:
    """A decoded frame as RGB, H x W x 3."""
    return cast(Picture, frame.to_ndarray(format="rgb24"))
