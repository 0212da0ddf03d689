"""Pictures of a live recording that are too large: known by their header, and never decoded.

A picture of 16,000 by 16,000 pixels is 430 kB on the way and 384 MB decoded, several times over.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from analysis.media.bounds import MAX_LIVE_PIXELS

_MARGIN_PIXELS = 600_000
"""What H.264 may lay out around a picture of `MAX_LIVE_PIXELS`: whole blocks and aligned rows."""
_KEY_FRAME_START = b"\x9d\x01\x2a"
_TIME_BASE = Fraction(1, 90_000)


@dataclass(frozen=True, slots=True)
class TooLarge:
    """Stands in for a picture that was not decoded."""

    width: int
    height: int
    pts: int
    time_base: Fraction = _TIME_BASE

    @property
    def time(self) -> float:
        """The sender's second."""
        return float(self.pts * self.time_base)


class Encoded(Protocol):
    """One picture as it arrived, whole."""

    data: bytes
    timestamp: int


class Decoder(Protocol):
    """Takes pictures as they arrive; `codec` is PyAV's."""

    codec: Any

    def decode(self, encoded_frame: Any) -> list[Any]:
        """The decoded pictures, usually one."""


def vp8_size(data: bytes) -> tuple[int, int] | None:
    """Width and height that a VP8 key frame announces (RFC 6386, 9.1); None of any other picture."""
    if len(data) < 10 or data[0] & 1 or data[3:6] != _KEY_FRAME_START:
        return None
    return (data[6] | data[7] << 8) & 0x3FFF, (data[8] | data[9] << 8) & 0x3FFF


class BoundedVp8:
    """A VP8 decoder that is given no picture larger than is recorded."""

    def __init__(self, decoder: Decoder) -> None:
        """`decoder` is asked for all others."""
        self._decoder = decoder
        self._size = (0, 0)

    def decode(self, encoded_frame: Encoded) -> list[Any]:
        """As the decoder does; a picture that is too large, and what builds on it, is only named."""
        self._size = vp8_size(encoded_frame.data) or self._size
        if _is_too_large(*self._size):
            return [TooLarge(*self._size, encoded_frame.timestamp)]
        return self._decoder.decode(encoded_frame)


class BoundedH264:
    """An H.264 decoder that lays out no picture larger than is recorded."""

    def __init__(self, decoder: Decoder) -> None:
        """Before its first picture."""
        self._decoder = decoder
        decoder.codec.options = {"max_pixels": str(MAX_LIVE_PIXELS + _MARGIN_PIXELS)}

    def decode(self, encoded_frame: Encoded) -> list[Any]:
        """As the decoder does; a picture that it refuses for its size is named."""
        import av

        codec = self._decoder.codec
        try:
            return self._decoder.decode(encoded_frame)
        except av.FFmpegError:
            if not _is_too_large(codec.width, codec.height):
                raise
            return [TooLarge(codec.width, codec.height, encoded_frame.timestamp)]


def bounded(codec_name: str, decoder: Any) -> Any:
    """The decoder of a live track ("VP8", "H264", or a codec of sound) held to what is recorded."""
    held = {"vp8": BoundedVp8, "h264": BoundedH264}.get(codec_name.lower())
    return held(decoder) if held else decoder


def _is_too_large(width: int, height: int) -> bool:
    return width * height > MAX_LIVE_PIXELS
