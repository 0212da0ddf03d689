"""What is in a recording, counted from its packets: headers of live or broken files lie."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from analysis.media.demuxing import frames_of, until_broken
from analysis.media.facts import RecordingFacts
from analysis.media.opening import REMEDY, opened
from data.domain import RehearseError

if TYPE_CHECKING:
    import av
    from av.container import InputContainer

    AnyPacket = av.Packet[Any]

_MATRIX = struct.Struct("=9i")
"""FFmpeg's display matrix, by rows, in the machine's own byte order."""


@dataclass(slots=True)
class Span:
    """First and last packet times of one stream, and how many there were; counted in its own ticks."""

    packets: int = 0
    tick_seconds: float = 0.0
    first: int = 0
    latest: int = 0
    until: int = 0

    def add(self, packet: AnyPacket) -> None:
        """Count one packet."""
        at = packet.pts
        if at is None or packet.time_base is None:
            return
        if not self.packets:
            self.tick_seconds = float(packet.time_base)
            self.first = self.latest = self.until = at
        self.packets += 1
        if at < self.first:
            self.first = at
        if at > self.latest:
            self.latest = at
        end = at + (packet.duration or 0)
        if end > self.until:
            self.until = end

    @property
    def start(self) -> float:
        """When its first packet is shown or heard, seconds."""
        return self.first * self.tick_seconds

    @property
    def last(self) -> float:
        """When its last packet is, seconds."""
        return self.latest * self.tick_seconds

    @property
    def end(self) -> float:
        """Until when it lasts, seconds."""
        return self.until * self.tick_seconds


@dataclass(slots=True)
class _Spans:
    video: Span = field(default_factory=Span)
    audio: Span = field(default_factory=Span)


def probe(path: Path) -> RecordingFacts:
    """Read through `path` without decoding it (one frame apart).

    Raises RehearseError when it is missing, empty, cut off before its index, or not a recording.
    """
    with opened(path) as container:
        video = picture_stream(container)
        shape = _shape(path, video) if video is not None else (None, None, 0)
        spans = _scan(container, video)
    found = [span for span in (spans.video, spans.audio) if span.packets]
    if not found:
        raise RehearseError(f"{path.name} holds no picture and no sound.", REMEDY)
    has_video, has_audio = bool(spans.video.packets), bool(spans.audio.packets)
    return RecordingFacts(
        path=path,
        seconds=max(span.end for span in found) - min(span.start for span in found),
        frames=spans.video.packets,
        fps=_rate(spans.video),
        width=shape[0] if has_video else None,
        height=shape[1] if has_video else None,
        rotation_degrees=shape[2],
        has_video=has_video,
        has_audio=has_audio,
        av_offset_seconds=spans.audio.start - spans.video.start if has_video and has_audio else None,
    )


def picture_stream(container: InputContainer) -> av.VideoStream | None:
    """The moving picture of a file, if any: a cover image is none."""
    from av.stream import Disposition

    moving = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    return next((stream for stream in moving if stream.codec_context is not None), None)


def sound_stream(container: InputContainer) -> av.AudioStream | None:
    """The first sound of a file that there is a decoder for."""
    return next((s for s in container.streams.audio if s.codec_context is not None), None)


def used_streams(container: InputContainer) -> list[av.VideoStream | av.AudioStream]:
    """Its picture and its sound, as far as it has them."""
    return [s for s in (picture_stream(container), sound_stream(container)) if s is not None]


def clockwise(frame: av.VideoFrame, mirror: bool) -> int:
    """By how many degrees, in right angles, the picture must be turned clockwise to be upright.

    Of a picture marked as mirrored, only the turn is done: left and right stay as the camera saw them.
    """
    turned = 180 - frame.rotation if mirror else frame.rotation
    return round(-turned / 90) * 90 % 360


def mirrored(frame: av.VideoFrame) -> bool:
    """Whether its file says that it is to be shown mirrored (the display matrix swaps left and right).

    Ask of one picture of a file: whoever looks at PyAV's side data keeps the picture, and the threads that
    scale it, until Python next looks for circles.
    """
    from av.sidedata.sidedata import Type

    mark = cast(Any, frame.side_data).get(Type.DISPLAYMATRIX)  # PyAV's stubs say a dict of something else
    if mark is None or mark.buffer_size < _MATRIX.size:
        return False
    a, b, _, c, d, *_ = _MATRIX.unpack_from(bytes(mark))
    return bool(a * d - b * c < 0)


def pictures(packets: Iterable[AnyPacket]) -> Iterator[av.VideoFrame]:
    """The pictures in `packets`; damaged ones are passed over."""
    import av

    return (frame for frame in _decoded(packets) if isinstance(frame, av.VideoFrame))


def sounds(packets: Iterable[AnyPacket]) -> Iterator[av.AudioFrame]:
    """The stretches of sound in `packets`; damaged ones are passed over."""
    import av

    return (frame for frame in _decoded(packets) if isinstance(frame, av.AudioFrame))


def _decoded(packets: Iterable[AnyPacket]) -> Iterator[object]:
    return (frame for packet in packets for frame in frames_of(packet) or ())


def _shape(path: Path, video: av.VideoStream) -> tuple[int | None, int | None, int]:
    with opened(path) as container:
        first = next(pictures(container.demux(container.streams[video.index])), None)
    if first is None:
        return video.width or None, video.height or None, 0
    turn = clockwise(first, mirrored(first))
    size = (first.width, first.height)
    return (*(size if turn % 180 == 0 else size[::-1]), turn)


def _scan(container: InputContainer, video: av.VideoStream | None) -> _Spans:
    spans = _Spans()
    streams = used_streams(container)
    for packet in until_broken(container.demux(streams)) if streams else ():
        (spans.video if packet.stream is video else spans.audio).add(packet)
    return spans


def _rate(video: Span) -> float | None:
    return (video.packets - 1) / (video.last - video.start) if video.last > video.start else None
