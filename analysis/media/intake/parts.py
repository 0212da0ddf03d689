"""Finds the recordings in a file that is several, one copied behind the other."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path

from analysis.media.opening import Bytes

MAX_PARTS = 100
EBML = b"\x1aE\xdf\xa3"
HEADER_BYTES = 64
"""Within so much of its beginning a Matroska or WebM file says that it is one."""
OGG_HEAD = struct.Struct("<4sBBqIIIB")
OGG_BEGINS = 2


def parts_of(path: Path) -> list[Bytes]:
    """Where each recording in the file lies; empty when there is one only."""
    if path.stat().st_size < HEADER_BYTES:
        return []
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        begins = [place for _, place in zip(range(MAX_PARTS), _begins(data), strict=False)]
        ends = [*begins[1:], len(data)]
    return list(zip(begins, ends, strict=True)) if len(begins) > 1 else []


def _begins(data: mmap.mmap) -> Iterator[int]:
    if data[:4] == EBML:
        return _matroska(data)
    if data[:4] == b"OggS":
        return _ogg(data)
    return _mp4(data) if data[4:8] == b"ftyp" else iter((0,))


def _matroska(data: mmap.mmap) -> Iterator[int]:
    place = 0
    while place >= 0:
        head = data[place : place + HEADER_BYTES]
        if b"webm" in head or b"matroska" in head:
            yield place
        place = data.find(EBML, place + 1)


def _ogg(data: mmap.mmap) -> Iterator[int]:
    """A recording begins with the first pages of its streams; they stand side by side."""
    place, began = 0, False
    while place + OGG_HEAD.size <= len(data):
        mark, _, kind, _, _, _, _, segments = OGG_HEAD.unpack_from(data, place)
        if mark != b"OggS":
            place = data.find(b"OggS", place + 1)
            if place < 0:
                return
            continue
        begins = bool(kind & OGG_BEGINS)
        if begins and not began:
            yield place
        began = begins
        body = place + OGG_HEAD.size
        place = body + segments + sum(data[body : body + segments])


def _mp4(data: mmap.mmap) -> Iterator[int]:
    place = 0
    while place + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, place)
        if size == 1 and place + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, place + 8)
        if kind == b"ftyp":
            yield place
        if size < 8:
            return
        place += size
