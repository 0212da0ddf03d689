"""What a recording begins with, in bytes: looked for anywhere in a file, or only where another one ends."""

from __future__ import annotations

import mmap
import struct

EBML = b"\x1aE\xdf\xa3"
HEADER_BYTES = 64
"""Within so much of its beginning a Matroska or WebM file says that it is one."""
OGG_HEAD = struct.Struct("<4sBBqIIIB")
MARKS = ((EBML, 0), (b"OggS\x00\x02", 0), (b"RIFF", 0), (b"FLV\x01", 0), (b"ftyp", 4))
"""What may stand anywhere, and how many bytes into the recording it stands."""
LONGEST_FTYP_BYTES = 1024
ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
TS_PACKETS = ((0, 188), (4, 192))
"""Where the first sync byte stands, and how far the next."""
TS_SYNC = 0x47
IN_A_ROW = 4
"""Frames or packets of a stream without a header that must follow each other."""
KILOBITS = (
    (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
)
"""Of MP3: of its later versions with half the rate, and of the first."""
RATES = (44_100, 48_000, 32_000)


def begins_anywhere(head: bytes) -> bool:
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


def begins_behind(data: mmap.mmap, place: int) -> bool:
    """Whether one begins at `place`, where another ends: also of a kind that has no mark of its own."""
    head = data[place : place + HEADER_BYTES]
    if head[:4] in (b"fLaC", b"caff") or head[:16] == ASF or head[:3] == b"ID3":
        return True
    if head[:4] == b"FORM" and head[8:11] == b"AIF":
        return True
    packets = any(
        all(_byte(data, place + first + step * number) == TS_SYNC for number in range(IN_A_ROW))
        for first, step in TS_PACKETS
    )
    return packets or _is_row_of_frames(data, place)


def _byte(data: mmap.mmap, place: int) -> int | None:
    return data[place] if place < len(data) else None


def _is_row_of_frames(data: mmap.mmap, place: int) -> bool:
    """Whether frames of MP3 or of AAC stand here, each as long as it says."""
    for _ in range(IN_A_ROW):
        head = data[place : place + 6]
        size = _frame_bytes(head) if len(head) == 6 else 0
        if not size:
            return False
        place += size
    return True


def _frame_bytes(head: bytes) -> int:
    """How long the frame is that begins so; 0 when none does."""
    if head[0] != 0xFF or head[1] < 0xE0:
        return 0
    if head[1] & 0xF6 == 0xF0:
        size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        return size if size > 7 else 0
    version, layer, kilobits, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or kilobits in (0, 15) or rate == 3:
        return 0
    whole, hertz = version == 3, RATES[rate] // (1, 2, 4)[(3, 2, 0).index(version)]
    return (144 if whole else 72) * 1000 * KILOBITS[whole][kilobits - 1] // hertz + (head[2] >> 1 & 1)
