"""Finds the recordings in a file that is several, one copied behind the other, also of different kinds."""

from __future__ import annotations

import heapq
import mmap
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from analysis.media.intake.beginnings import EBML, HEADER_BYTES, MARKS, begins_anywhere, begins_behind
from analysis.media.intake.ends import end_of
from analysis.media.opening import Bytes

MAX_PARTS = 400


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
    mark = next(marks, None)
    while place is not None:
        yield place
        behind = end_of(data, place)
        earliest = place + 1 if behind is None or _is_sought(data, place) else behind
        while mark is not None and mark < earliest:
            mark = next(marks, None)
        is_next = behind is not None and behind < (len(data) if mark is None else mark)
        place = behind if is_next and behind is not None and begins_behind(data, behind) else mark


def _is_sought(data: mmap.mmap, place: int) -> bool:
    """Whether the next one is looked for from here on: sizes are wrong where one of these was cut off."""
    return data[place : place + 4] in (EBML, b"FLV\x01")


def _marked(data: mmap.mmap, mark: bytes, offset: int) -> Iterator[int]:
    place = data.find(mark)
    while place >= 0:
        if place >= offset and begins_anywhere(data[place - offset : place - offset + HEADER_BYTES]):
            yield place - offset
        place = data.find(mark, place + 1)
