"""Makes our recording out of a stranger's: mono sound, the picture copied or encoded anew, one clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.media.demuxing import flushed, frames_of, seconds_of, until_broken
from analysis.media.intake import notes
from analysis.media.intake.layout import Segments
from analysis.media.intake.look import Look
from analysis.media.intake.tracks_out import Clock, Copied, Pictures, Sounds
from analysis.media.opening import opened
from analysis.media.playback import FASTSTART
from analysis.media.probing import probe

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer

BEYOND_SECONDS = 30.0
"""Streams are not in step in a file: reading on for so long after the end finds what belongs before it."""
UNNOTICED = 2
"""Damaged packets that are not worth a word: decoders fail on the first ones of many good files ..."""
UNNOTICED_SECONDS = 0.5
UNNOTICED_SHARE = 0.02
"""... unless they last longer, or are more of all there are."""


def make(path: Path, target: Path, named: str, looked: dict[str, Any]) -> dict[str, Any]:
    """Runs in the worker: writes `target` from what `look` found; facts, and what was not decoded."""
    import av

    found = Look.of(looked)
    with av.open(str(target), "w", format="mp4", options=dict(FASTSTART)) as output:
        making = _Making(output, found)
        for number, part in enumerate(found.parts):
            with opened(path, named, part.place) as container:
                making.take(number, container)
        making.close()
    return {"facts": asdict(probe(target)) | {"path": None}, "lost": list(making.lost(named))}


class _Making:
    """The file being made."""

    def __init__(self, output: OutputContainer, found: Look) -> None:
        heard = any(part.audio is not None for part in found.parts)
        self._output = output
        self._found = found
        self._layout = found.layout
        self._sound = Sounds(output, found.longest_seconds) if heard else None
        shown = any(part.video is not None for part in found.parts)
        # All tracks before anything is written: the first recording may have no picture.
        self._picture: Pictures | Copied | None = self._anew() if shown and not found.copied else None
        self._packets = 0
        self._damaged = 0
        self._damaged_seconds = 0.0

    def take(self, number: int, container: InputContainer) -> None:
        """Take one recording of the file."""
        part, segments = self._found.parts[number], Segments()
        streams: list[Any] = [container.streams[i] for i in (part.video, part.audio) if i is not None]
        if part.video is not None:
            streams[0].thread_type = "AUTO"
            self._picture = self._picture or Copied(self._output, streams[0], self._found.seconds)
        clocks = {stream.index: self._clock(number, 0) for stream in streams}
        for packet in until_broken(container.demux(streams)):
            index, times = packet.stream.index, seconds_of(packet)
            if times is not None:
                clock = self._clock(number, segments.number(index, times[0]))
                if clock.args != clocks[index].args:
                    self._show(packet.stream, flushed(packet.stream), clocks[index])
                    clocks[index] = clock
                if clock(times[1]) > self._found.seconds + BEYOND_SECONDS:
                    return
            self._packet(packet, clocks[index])

    def lost(self, named: str) -> Iterator[str]:
        """What of the file is not in what was made, in sentences."""
        much = self._damaged > max(UNNOTICED, UNNOTICED_SHARE * self._packets)
        long = self._damaged_seconds > UNNOTICED_SECONDS
        few = self._damaged > UNNOTICED_SHARE * self._packets and self._packets > UNNOTICED
        if much or long or (self._damaged and few):
            yield notes.damaged(self._damaged, named)
        if isinstance(self._picture, Pictures):
            yield from notes.too_near(self._picture.left_out, self._picture.shown, named)
        if self._sound is not None:
            yield from notes.slow_clock(self._sound.behind_seconds, named)

    def close(self) -> None:
        """Write what is held back."""
        for track in (self._picture, self._sound):
            if track is not None:
                track.close()

    def _clock(self, part: int, segment: int) -> partial[float]:
        return partial(self._layout.place, part, segment)

    def _anew(self) -> Pictures:
        size = self._found.size or (640, 480)
        return Pictures(self._output, size, self._found.turn_degrees, self._found.seconds)

    def _packet(self, packet: Any, clock: Clock) -> None:
        if isinstance(self._picture, Copied) and packet.stream.type == "video":
            self._picture.write(packet, clock)
            return
        frames = frames_of(packet)
        self._packets += 1
        if frames is None:
            self._damaged += 1
            self._damaged_seconds += float((packet.duration or 0) * (packet.time_base or 0))
        self._show(packet.stream, frames or [], clock)

    def _show(self, stream: Any, frames: list[Any], clock: Clock) -> None:
        track = self._picture if stream.type == "video" else self._sound
        for frame in frames:
            if isinstance(track, Pictures | Sounds):
                track.write(frame, clock)
