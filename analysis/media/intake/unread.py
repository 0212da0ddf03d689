"""What lies in a file behind what could be read of it: another recording of a kind that is not found, say."""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.media.intake.ends import end_of
from analysis.media.opening import Bytes

if TYPE_CHECKING:
    from analysis.media.demuxing import AnyPacket

UNNOTICED_BYTES = 16_384
"""An index, the name of a song."""
LARGER = 4
"""A packet of sound so many times larger than all before has swallowed what is behind it."""
READ_BYTES = 1 << 20


@dataclass(slots=True)
class Reach:
    """How far into a recording its packets have come; None when they do not say where they are."""

    read_bytes: int | None = None
    _largest: int = 0

    def add(self, packet: AnyPacket) -> None:
        """One packet was read."""
        size = packet.size
        if packet.stream.type == "audio":
            size = min(size, LARGER * self._largest or size)
            self._largest = max(self._largest, packet.size)
        if packet.pos is not None:
            self.read_bytes = max(self.read_bytes or 0, packet.pos + size)


def unread_bytes(path: Path, part: Bytes | None, reached: Reach) -> int:
    """How much of a recording lies behind its last packet and behind its own end.

    0 for little, for nothing but zeros, and where that is not known.
    """
    if reached.read_bytes is None:
        return 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        start, end = part or (0, len(data))
        behind = max(start + reached.read_bytes, end_of(data, start) or 0)
        if end - behind <= UNNOTICED_BYTES or _is_zeros(data, behind, end):
            return 0
        return end - behind


def _is_zeros(data: mmap.mmap, place: int, end: int) -> bool:
    steps = range(place, end, READ_BYTES)
    return not any(data[step : min(step + READ_BYTES, end)].strip(b"\0") for step in steps)
