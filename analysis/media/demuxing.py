"""Packets and frames of a file that may be broken anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import av

    AnyPacket = av.Packet[Any]


def until_broken(packets: Iterator[AnyPacket]) -> Iterator[AnyPacket]:
    """The packets up to where the file cannot be read on."""
    import av

    try:
        yield from packets
    except av.error.MemoryError:
        raise
    except av.error.FFmpegError:
        return


def frames_of(packet: AnyPacket) -> list[Any] | None:
    """What a packet decodes to; None when it is damaged."""
    import av

    try:
        return list(packet.decode())
    except av.error.MemoryError:
        raise
    except (av.error.FFmpegError, ValueError):
        return None


def flushed(stream: Any) -> list[Any]:
    """The frames a decoder still holds back; it can start anew afterwards."""
    import av

    codec = stream.codec_context
    try:
        return list(codec.decode(None))
    except (av.error.FFmpegError, ValueError):
        return []
    finally:
        codec.flush_buffers()


def seconds_of(packet: AnyPacket) -> tuple[float, float] | None:
    """When a packet is decoded, and when it is shown or heard; None without any time."""
    decoded = packet.pts if packet.dts is None else packet.dts
    if decoded is None or packet.time_base is None:
        return None
    base = float(packet.time_base)
    return decoded * base, (decoded if packet.pts is None else packet.pts) * base
