"""Goes through the packets of one recording: when there is something, and what its clock is worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.media.bounds import MAX_GAP_SECONDS
from analysis.media.demuxing import seconds_of, until_broken
from analysis.media.intake.layout import Covered, Segments, Span, merged
from analysis.media.intake.unread import Reach, unread_bytes
from analysis.media.opening import Bytes, opened

COPIED = frozenset({"h264", "vp9", "av1"})
"""Codecs that Chromium, Firefox and Safari play inside mp4; others are encoded anew."""
LONGEST_PACKET_SECONDS = 30.0
"""A packet that says it lasts longer is not believed: FLAC's longest, at 8 kHz, lasts eight."""
MANY_SHARE = 0.5
"""When more of what a file lists is not shown, it is worth a word; cutting one hides less, on purpose."""
LONGER = 2
"""A track runs on by itself when it lasts so many times as long as the others."""


@dataclass(frozen=True, slots=True)
class Listed:
    """How many "pictures" or "pieces of sound" the file lists, and how many of them can be read."""

    what: str
    listed: int
    read: int


@dataclass(frozen=True, slots=True)
class Coarse:
    """A stream, "pictures" or "sound", whose packets lie so far apart on average."""

    stream: int
    what: str
    apart_seconds: float


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found."""

    segments: list[list[Span]]
    pictures: int
    rate: float
    copied: bool
    says_seconds: float
    """How long it says it is; 0 when it does not."""
    unread_bytes: int
    """Behind what could be read."""
    missing: tuple[Listed, ...]
    coarse: tuple[Coarse, ...]
    """Its streams whose clock can hardly be right."""
    left_out: Coarse | None = None
    """The one of them that is not used."""

    @property
    def seconds(self) -> float:
        """How much there is."""
        return sum(end - start for spans in self.segments for start, end in spans)

    @property
    def lasts_seconds(self) -> float:
        """From its first to its last."""
        return sum(spans[-1][1] - spans[0][0] for spans in self.segments if spans)


class _Track:
    """One stream as it goes by."""

    def __init__(self, stream: Any, listed: bool) -> None:
        self.is_picture = stream.type == "video"
        whole_pieces = self.is_picture or (stream.codec_context.frame_size or 0) > 1
        self._listed = (stream.frames or 0) if listed and whole_pieces else 0
        self.count = 0
        self.in_order = True
        self._last: int | None = None
        self._first_seconds = self._latest_seconds = self._before = 0.0
        self._far = 0

    def add(self, packet: Any, shown_seconds: float) -> None:
        if not self.count:
            self._first_seconds = self._latest_seconds = shown_seconds
        self._far += self.count > 0 and abs(shown_seconds - self._before) > LONGEST_PACKET_SECONDS
        self._before = shown_seconds
        self.count += 1
        self._first_seconds = min(self._first_seconds, shown_seconds)
        self._latest_seconds = max(self._latest_seconds, shown_seconds)
        later = packet.dts is not None and (self._last is None or packet.dts > self._last)
        self.in_order &= packet.pts is not None and later
        self._last = packet.dts

    @property
    def lasts_seconds(self) -> float:
        return self._latest_seconds - self._first_seconds

    @property
    def apart_seconds(self) -> float:
        return self.lasts_seconds / max(1, self.count - 1)

    def is_coarse(self, others: Iterable[_Track]) -> bool:
        """Whether it runs on by itself, mostly with nothing in it: pictures beside a talk may be few."""
        longest = max((other.lasts_seconds for other in others if other is not self), default=0.0)
        return self._far > (self.count - 1) * MANY_SHARE and self.lasts_seconds > LONGER * longest

    def missing(self) -> Iterator[Listed]:
        if self._listed - self.count > MANY_SHARE * self._listed:
            yield Listed("pictures" if self.is_picture else "pieces of sound", self._listed, self.count)


def scanned(path: Path, named: str, place: Bytes | None, video: int | None, audio: int | None) -> Scan:
    """Read through the streams of one recording."""
    covered: defaultdict[tuple[int, int], Covered] = defaultdict(Covered)
    clock, reach = Segments(), Reach()
    with opened(path, named, place) as container:
        streams = [container.streams[index] for index in (video, audio) if index is not None]
        tracks = {stream.index: _Track(stream, "mp4" in container.format.name) for stream in streams}
        says = (container.duration or 0) / 1e6
        ends = (container.start_time or 0) / 1e6 + says if says else float("inf")
        for packet in until_broken(container.demux(streams)):
            times = seconds_of(packet)
            reach.add(packet)
            if times is None or not packet.size:
                continue
            segment = clock.number(packet.stream.index, times[0])
            lasts = float((packet.duration or 0) * packet.time_base)
            covered[segment, packet.stream.index].add(times[1], _until(times[1], lasts, ends))
            tracks[packet.stream.index].add(packet, times[1])
        codec = container.streams[video].codec_context.name if video is not None else ""
    segments = _by_segment(covered)
    seconds = sum(end - start for spans in segments for start, end in spans)
    pictures = tracks.get(-1 if video is None else video)
    return Scan(
        segments=segments,
        pictures=pictures.count if pictures else 0,
        rate=pictures.count / seconds if pictures and seconds >= 1 else 0.0,
        copied=codec in COPIED and pictures is not None and pictures.in_order,
        says_seconds=says,
        unread_bytes=unread_bytes(path, place, reach),
        missing=tuple(one for track in tracks.values() for one in track.missing()),
        coarse=tuple(
            Coarse(index, "pictures" if track.is_picture else "sound", track.apart_seconds)
            for index, track in tracks.items()
            if track.is_coarse(tracks.values())
        ),
    )


def _until(shown: float, lasts: float, ends: float) -> float:
    """Until when a packet lasts: a long one not beyond the end that the file names."""
    until = shown + min(lasts, LONGEST_PACKET_SECONDS)
    return until if lasts <= MAX_GAP_SECONDS else min(until, max(shown + MAX_GAP_SECONDS, ends))


def _by_segment(covered: dict[tuple[int, int], Covered]) -> list[list[Span]]:
    last = max((segment for segment, _ in covered), default=0)
    return [
        merged(span for (segment, _), one in covered.items() if segment == number for span in one.spans)
        for number in range(last + 1)
    ]
