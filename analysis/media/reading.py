"""Reads recordings as plain arrays, a little at a time: memory does not grow with their length.

Time 0 is the first picture or sound of the file, for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from analysis.media.clock import SampleTimeline
from analysis.media.opening import opened
from analysis.media.probing import clockwise, picture_stream, pictures, sounds

if TYPE_CHECKING:
    import av
    from av.container import InputContainer

MAX_WIDTH = 640
"""Pixels: wider pictures are scaled down before anyone sees them."""

Picture = npt.NDArray[np.uint8]
Sound = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AudioChunk:
    """A stretch of sound: mono samples in -1..1, and when it starts."""

    samples: Sound
    start_seconds: float


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
        tick = 0
        for frame in pictures(container.demux(stream)):
            if frame.time is None:
                continue
            seconds = max(0.0, frame.time - zero)
            if seconds * frames_per_second < tick - 1e-6:
                continue
            tick = int(seconds * frames_per_second + 1e-6) + 1
            yield seconds, _upright(frame)


def read_audio(path: Path, rate: int = 16_000) -> Sound:
    """All the sound as mono float32 in -1..1, gaps as silence; empty when the file has none."""
    chunks = [chunk.samples for chunk in read_audio_chunks(path, rate)]
    return np.concatenate(chunks) if chunks else np.zeros(0, np.float32)


def read_audio_chunks(path: Path, rate: int = 16_000, chunk_seconds: float = 10.0) -> Iterator[AudioChunk]:
    """Yield the sound in stretches of `chunk_seconds` (the last is shorter)."""
    size = max(1, round(chunk_seconds * rate))
    held: list[Sound] = []
    start = count = 0
    for piece in _laid(path, rate):
        held.append(piece)
        count += piece.size
        if count < size:
            continue
        whole = np.concatenate(held)
        for _ in range(count // size):
            yield AudioChunk(whole[:size], start / rate)
            whole, start = whole[size:], start + size
        held, count = [whole], whole.size
    if count:
        yield AudioChunk(np.concatenate(held), start / rate)


def _laid(path: Path, rate: int) -> Iterator[Sound]:
    import av

    with opened(path) as container:
        if not container.streams.audio:
            return
        zero = _zero(path)
        timeline = SampleTimeline(rate, tolerance_seconds=0.1)
        resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
        for frame in sounds(container.demux(container.streams.audio[0])):
            seconds = timeline.seconds if frame.time is None else max(0.0, frame.time - zero)
            for mono in resampler.resample(frame):
                yield from _placed(timeline, mono, seconds)
        for mono in resampler.resample(None):
            yield from _placed(timeline, mono, timeline.seconds)


def _placed(timeline: SampleTimeline, mono: av.AudioFrame, seconds: float) -> Iterator[Sound]:
    for piece in timeline.place(cast(Sound, mono.to_ndarray()[0]), seconds):
        timeline.claim(piece.size)
        yield piece


def _zero(path: Path) -> float:
    """The time of the first picture or sound, from the first packet of each stream."""
    with opened(path) as container:
        starts = [_first(container, stream) for stream in _streams(container)]
    return min((start for start in starts if start is not None), default=0.0)


def _streams(container: InputContainer) -> list[av.VideoStream | av.AudioStream]:
    video = picture_stream(container)
    return [stream for stream in (video, *container.streams.audio[:1]) if stream is not None]


def _first(container: InputContainer, stream: av.VideoStream | av.AudioStream) -> float | None:
    start, base = stream.start_time, stream.time_base
    return None if start is None or base is None else float(start * base)


def _upright(frame: av.VideoFrame) -> Picture:
    turn = clockwise(frame)
    shown = frame.width if turn % 180 == 0 else frame.height
    shrink = min(1.0, MAX_WIDTH / shown)
    width, height = (max(2, round(side * shrink)) for side in (frame.width, frame.height))
    picture = cast(Picture, frame.reformat(width=width, height=height, format="rgb24").to_ndarray())
    return np.ascontiguousarray(np.rot90(picture, -turn // 90)) if turn else picture


def pixels(frame: av.VideoFrame) -> Picture:
    """A decoded frame as RGB, H x W x 3."""
    return cast(Picture, frame.to_ndarray(format="rgb24"))
