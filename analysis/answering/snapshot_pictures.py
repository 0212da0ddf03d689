"""The pictures of a set-up, decoded in the limited worker: a browser may send anything for one."""

from __future__ import annotations

import io
import struct
from collections.abc import Generator, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from data.domain import RehearseError
from data.limited import Limits, stream_limited

MOST_BYTES = 2_000_000
"""Of one picture; a JPEG of 1920 x 1200 has less."""
MOST_PIXELS = 1920 * 1200
_HEAD = struct.Struct("<II")
_LIMITS = Limits(memory_bytes=600_000_000, cpu_seconds=20.0, wall_seconds=30.0)
_REMEDY = "Run the set-up again, or skip it."


def decoded(jpegs: Sequence[bytes]) -> Generator[NDArray[np.uint8]]:
    """Height x width x 3, one after the other. RehearseError when one is no JPEG, or too large a one."""
    if any(len(jpeg) > MOST_BYTES for jpeg in jpegs):
        raise _unread()
    work = "analysis.answering.snapshot_pictures:decoded_here"
    named = "What the camera sent for the set-up"
    for piece in stream_limited(work, list(jpegs), limits=_LIMITS, named=named, remedy=_REMEDY):
        height, width = _HEAD.unpack_from(piece)
        yield np.frombuffer(piece, np.uint8, offset=_HEAD.size).reshape(height, width, 3)


def decoded_here(jpegs: Sequence[bytes]) -> Iterator[bytes]:
    """The same in this process: each picture's height and width, then its colours."""
    from PIL import Image, UnidentifiedImageError

    for jpeg in jpegs:
        try:
            picture = Image.open(io.BytesIO(jpeg), formats=("JPEG",))
            if picture.width * picture.height > MOST_PIXELS:
                raise _unread()
            yield _HEAD.pack(picture.height, picture.width) + picture.convert("RGB").tobytes()
        except (UnidentifiedImageError, OSError) as error:
            raise _unread() from error


def _unread() -> RehearseError:
    return RehearseError("A picture from the camera could not be read.", _REMEDY)
