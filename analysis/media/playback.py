"""Makes files that a browser plays and seeks in at once, and finishes recordings a crash left behind."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from analysis.media.facts import RecordingFacts
from analysis.media.opening import opened
from analysis.media.probing import picture_stream, pictures, probe, sounds
from analysis.media.writer import Scaler, add_audio, add_video

if TYPE_CHECKING:
    import av
    from av.container import InputContainer, OutputContainer

    from analysis.media.probing import AnyPacket

COPIED = frozenset({"h264", "vp9", "av1", "aac", "mp3", "opus"})
"""Codecs that Chromium, Firefox and Safari play inside mp4; others are encoded anew."""
LONGEST_SIDE = 1280
"""Pixels of a picture that is encoded anew."""
FASTSTART = {"movflags": "faststart"}


def for_playback(source: Path, target: Path, facts: RecordingFacts | None = None) -> Path:
    """Write `source` as an mp4 with its index in front; copies where it can, encodes where it must.

    `facts` saves reading through the file where somebody has just done so. `target` appears only when
    whole. Raises RehearseError when `source` cannot be read.
    """
    facts = facts or probe(source)
    growing = target.with_name(target.name + ".making")
    try:
        with opened(source) as container:
            _write(container, growing, facts)
        growing.replace(target)
    finally:
        growing.unlink(missing_ok=True)
    return target


def recover(part_path: Path) -> Path:
    """Finish the `<name>.part` of a recorder that was killed; returns the finished file.

    Raises RehearseError, and leaves the part where it is, when nothing in it can be played.
    """
    target = part_path.with_suffix("") if part_path.suffix == ".part" else part_path
    if target == part_path or (target.exists() and not part_path.exists()):
        return target
    for_playback(part_path, target)
    part_path.unlink()
    return target


class _Track(Protocol):
    """One stream on its way into the new file."""

    def write(self, packet: AnyPacket) -> None:
        """Take one packet of the old file."""

    def close(self) -> None:
        """Write what is held back."""


def _write(container: InputContainer, target: Path, facts: RecordingFacts) -> None:
    import av

    video = picture_stream(container)
    streams = [stream for stream in (video, *container.streams.audio[:1]) if stream is not None]
    with av.open(str(target), "w", format="mp4", options=dict(FASTSTART)) as output:
        tracks = {stream.index: _track(output, stream, facts) for stream in streams}
        for packet in container.demux(streams):
            if packet.size:
                tracks[packet.stream_index].write(packet)
        for track in tracks.values():
            track.close()


def _track(output: OutputContainer, source: av.VideoStream | av.AudioStream, facts: RecordingFacts) -> _Track:
    if source.codec_context.name in COPIED:
        return _Copy(output, source)
    return _Pictures(output, source, facts) if source.type == "video" else _Sounds(output, source)


class _Copy:
    def __init__(self, output: OutputContainer, source: av.VideoStream | av.AudioStream) -> None:
        self._output = output
        self._stream = output.add_stream_from_template(source)

    def write(self, packet: AnyPacket) -> None:
        packet.stream = self._stream
        self._output.mux(packet)

    def close(self) -> None:
        """Nothing is held back."""


class _Pictures:
    def __init__(self, output: OutputContainer, source: av.VideoStream, facts: RecordingFacts) -> None:
        self._output = output
        self._turn = facts.rotation_degrees
        self._scaler: Scaler | None = None
        width, height = facts.width or 640, facts.height or 480
        shrink = min(1.0, LONGEST_SIDE / max(width, height))
        shown = (_even(width * shrink), _even(height * shrink))
        self._size = shown if self._turn % 180 == 0 else shown[::-1]
        self._stream = add_video(output, *shown, source.time_base or Fraction(1, 90_000))

    def write(self, packet: AnyPacket) -> None:
        for frame in pictures([packet]):
            if self._scaler is None or not self._scaler.takes(frame):
                self._scaler = Scaler(frame, *self._size)
            fitted = turned(self._scaler.fit(frame), self._turn)
            fitted.pts, fitted.time_base = frame.pts, frame.time_base
            self._output.mux(self._stream.encode(fitted))

    def close(self) -> None:
        self._output.mux(self._stream.encode(None))


class _Sounds:
    def __init__(self, output: OutputContainer, source: av.AudioStream) -> None:
        self._output = output
        self._stream = add_audio(output, source.rate or 48_000)

    def write(self, packet: AnyPacket) -> None:
        for frame in sounds([packet]):
            self._output.mux(self._stream.encode(frame))

    def close(self) -> None:
        self._output.mux(self._stream.encode(None))


def turned(frame: av.VideoFrame, degrees: int) -> av.VideoFrame:
    """The picture turned clockwise; FFmpeg's own transpose also obeys the mark it should replace."""
    import av

    if not degrees:
        return frame
    pixels = np.rot90(frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False), -degrees // 90)
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)
