"""Which streams of a recording can be decoded at all: what a header says is not enough."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from analysis.media.bounds import MAX_PIXELS
from analysis.media.demuxing import frames_of, until_broken
from analysis.media.probing import clockwise, mirrored

if TYPE_CHECKING:
    from av.container import InputContainer

TRIES = 100
"""Packets of one stream that may be damaged before it counts as one that cannot be decoded."""
MAX_PACKETS = 5000


@dataclass(frozen=True, slots=True)
class Unread:
    """A stream that is not carried over: "picture" or "sound", and what it is."""

    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The streams that can be decoded, by index; size, turn and mirror are the first picture's."""

    pictures: tuple[int, ...]
    sounds: tuple[int, ...]
    size: tuple[int, int] | None
    turn_degrees: int
    mirrored: bool
    unread: tuple[Unread, ...]


def survey(container: InputContainer) -> Survey:
    """Decode the beginning of every stream."""
    from av.stream import Disposition

    shown = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    named = {stream.index: _what(stream) for stream in (*shown, *container.streams.audio)}
    wanted = [s for s in (*shown, *container.streams.audio) if _may_be_decoded(s)]
    first = _first_frames(container, wanted)
    pictures = tuple(stream.index for stream in shown if stream.index in first)
    sounds = tuple(stream.index for stream in container.streams.audio if stream.index in first)
    unread = [Unread("picture", named[stream.index]) for stream in shown if stream.index not in first]
    unread += [Unread("sound", named[s.index]) for s in container.streams.audio if s.index not in first]
    picture = first[pictures[0]] if pictures else None
    mirror = mirrored(picture) if picture else False
    return Survey(
        pictures=pictures,
        sounds=sounds,
        size=(picture.width, picture.height) if picture else None,
        turn_degrees=clockwise(picture, mirror) if picture else 0,
        mirrored=mirror,
        unread=tuple(unread),
    )


def _may_be_decoded(stream: Any) -> bool:
    codec = stream.codec_context
    if codec is None:
        return False
    return stream.type != "video" or _pixels(stream) <= MAX_PIXELS


def _pixels(stream: Any) -> int:
    return int((stream.codec_context.width or 0) * (stream.codec_context.height or 0))


def _what(stream: Any) -> str:
    codec = stream.codec_context
    if codec is None:
        return "of a kind that is not known here"
    if stream.type == "video" and _pixels(stream) > MAX_PIXELS:
        return f"pictures of {codec.width:,} x {codec.height:,} pixels; up to 4096 x 2304 are read"
    return str(codec.name)


def _first_frames(container: InputContainer, streams: list[Any]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    tries = dict.fromkeys((stream.index for stream in streams), 0)
    packets = container.demux(streams) if streams else iter(())
    for packet in islice(until_broken(packets), MAX_PACKETS):
        index = packet.stream.index
        if index not in found and tries[index] < TRIES:
            decoded = frames_of(packet)
            tries[index] += decoded is None
            found |= {index: decoded[0]} if decoded else {}
        if all(index in found or tries[index] >= TRIES for index in tries):
            break
    return found
