"""Finds the recordings in a file that is several, one copied behind the other, also of different kinds."""

from __future__ import annotations

import heapq
import mmap
import struct
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from analysis.media.opening import Bytes

MAX_PARTS = 400
EBML = b"\x1aE\xdf\xa3"
HEADER_BYTES = 64
"""Within so much of its beginning a Matroska or WebM file says that it is one."""
OGG_HEAD = struct.Struct("<4sBBqIIIB")
OGG_BEGINS = 2
MARKS = ((EBML, 0), (b"OggS\x00\x02", 0), (b"RIFF", 0), (b"FLV\x01", 0), (b"ftyp", 4))
"""What a recording begins with, and how many bytes into it."""
LONGEST_FTYP_BYTES = 1024
STREAMED = (0, 0xFFFFFFFF)
"""Sizes of a RIFF file whose writer did not know its length."""


def parts_of(path: Path) -> tuple[list[Bytes], bool]:
    """Where each recording in the file lies, none when there is one only; and whether there are more."""
    if path.stat().st_size < HEADER_BYTES:
        return [], False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        begins = list(islice(_begins(data), MAX_PARTS + 1))
        ends = [*begins[1:], len(data)]
    found = list(zip(begins, ends, strict=True))
    return (found[:MAX_PARTS] if len(found) > 1 else []), len(found) > MAX_PARTS


def _begins(data: mmap.mmap) -> Iterator[int]:
    place: int | None = 0
    marks = heapq.merge(*(_marked(data, mark, offset) for mark, offset in MARKS))
    while place is not None:
        yield place
        end = _end(data, place)
        place = next((mark for mark in marks if mark >= end), None)


def _marked(data: mmap.mmap, mark: bytes, offset: int) -> Iterator[int]:
    place = data.find(mark)
    while place >= 0:
        if place >= offset and _begins_here(data[place - offset : place - offset + HEADER_BYTES]):
            yield place - offset
        place = data.find(mark, place + 1)


def _begins_here(head: bytes) -> bool:
    """Whether a recording begins with these bytes; the same letters may stand inside one by chance."""
    if head[:4] == EBML:
        return b"webm" in head or b"matroska" in head
    if head[:4] == b"OggS":
        return len(head) >= OGG_HEAD.size and OGG_HEAD.unpack_from(head)[5] == 0
    if head[:4] == b"RIFF":
        return head[8:12] in (b"WAVE", b"AVI ")
    if head[:4] == b"FLV\x01":
        return head[5:9] == b"\x00\x00\x00\x09"
    return 8 <= int.from_bytes(head[:4], "big") <= LONGEST_FTYP_BYTES and head[4:8] == b"ftyp"


def _end(data: mmap.mmap, place: int) -> int:
    """Where the next recording may begin at the earliest."""
    head = data[place : place + HEADER_BYTES]
    if not _begins_here(head):
        return place + 1
    if head[:4] == b"OggS":
        return _end_of_ogg(data, place)
    if head[:4] == b"RIFF":
        size = int.from_bytes(head[4:8], "little")
        return place + 8 + (4 if size in STREAMED else size + size % 2)
    return _end_of_mp4(data, place) if head[4:8] == b"ftyp" else place + 1


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
        begins = not first and _begins_here(data[place : place + HEADER_BYTES])
        if begins or size < 8 or place + size > len(data):
            return place if not first else place + 8
        first = False
        place += size
    return len(data)
