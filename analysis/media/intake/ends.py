"""Where a recording ends, by the sizes that its pieces name. What names none has no such end."""

from __future__ import annotations

import mmap
import struct

from analysis.media.intake.beginnings import EBML, HEADER_BYTES, OGG_HEAD, begins_anywhere

OGG_BEGINS = 2
STREAMED = (0, 0xFFFFFFFF)
"""Sizes of a RIFF file whose writer did not know its length."""
FLV_HEAD_BYTES, FLV_TAG_BYTES, FLV_TAGS = 13, 11, (8, 9, 18)
MATROSKA_OPENED = {0x18538067, 0x1F43B675}
"""Segment and cluster: their inside is gone through, as their size is often not known."""
MATROSKA_PASSED = {
    *(0x1A45DFA3, 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1941A469, 0x1043A770, 0x1254C367),
    *(0xEC, 0xBF, 0xE7, 0x5854, 0xA7, 0xAB, 0xA3, 0xA0, 0xAF),
}
"""What else stands at the top, in a segment and in a cluster."""


def end_of(data: mmap.mmap, place: int) -> int | None:
    """Where the recording that begins at `place` ends at the latest; None where nothing says so."""
    head = data[place : place + HEADER_BYTES]
    if not begins_anywhere(head):
        return None
    if head[:4] == b"OggS":
        return _end_of_ogg(data, place)
    if head[:4] == b"RIFF":
        size = int.from_bytes(head[4:8], "little")
        return None if size in STREAMED else min(len(data), place + 8 + size + size % 2)
    if head[:4] == EBML:
        return _end_of_matroska(data, place)
    return _end_of_flv(data, place) if head[:4] == b"FLV\x01" else _end_of_mp4(data, place)


def _end_of_ogg(data: mmap.mmap, place: int) -> int:
    """A recording begins with the first pages of its streams; they stand side by side."""
    began = True
    while place + OGG_HEAD.size <= len(data):
        mark, _, kind, _, _, _, _, segments = OGG_HEAD.unpack_from(data, place)
        if mark != b"OggS":
            return place
        begins = bool(kind & OGG_BEGINS)
        if begins and not began:
            return place
        began = begins
        body = place + OGG_HEAD.size
        place = body + segments + sum(data[body : body + segments])
    return len(data)


def _end_of_mp4(data: mmap.mmap, place: int) -> int:
    first = True
    while place + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, place)
        if size == 1 and place + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, place + 8)
        if size == 0 and kind == b"mdat":
            return len(data)
        begins = not first and begins_anywhere(data[place : place + HEADER_BYTES])
        if begins or size < 8 or place + size > len(data):
            return place if not first else place + 8
        first = False
        place += size
    return len(data)


def _end_of_matroska(data: mmap.mmap, place: int) -> int:
    first = True
    while place < len(data):
        id_bytes = _length(data[place], 4)
        size_at = place + id_bytes
        if not id_bytes or size_at >= len(data):
            return place
        kind = int.from_bytes(data[place:size_at], "big")
        size_bytes = _length(data[size_at], 8)
        inside = size_at + size_bytes
        if not size_bytes or (kind == int.from_bytes(EBML, "big") and not first):
            return place
        first = False
        if kind in MATROSKA_OPENED:
            place = inside
            continue
        named = int.from_bytes(data[size_at:inside], "big") & (1 << 7 * size_bytes) - 1
        if kind not in MATROSKA_PASSED or inside + named > len(data):
            return place
        place = inside + named
    return len(data)


def _length(first: int, most: int) -> int:
    """How many bytes a number of Matroska has that begins with this one; 0 for more than `most`."""
    length = 9 - first.bit_length()
    return length if length <= most else 0


def _end_of_flv(data: mmap.mmap, place: int) -> int:
    place += FLV_HEAD_BYTES
    while place + FLV_TAG_BYTES <= len(data):
        size = int.from_bytes(data[place + 1 : place + 4], "big")
        if data[place] not in FLV_TAGS or place + FLV_TAG_BYTES + size > len(data):
            return place
        place += FLV_TAG_BYTES + size + 4
    return min(place, len(data))
