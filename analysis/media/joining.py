"""Joins the parts of a recording that was interrupted (a closed lid) into one file that plays through."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.media.opening import opened
from analysis.media.probing import probe, used_streams

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer


def join(parts: Sequence[Path], target: Path) -> Path:
    """Write recordings of one recorder one after the other into `target`; nothing is encoded anew.

    `target` appears only when whole and may be one of the parts. RehearseError when a part cannot be read.
    """
    import av

    growing = target.with_name(target.name + ".making")
    try:
        with opened(parts[0]) as first, av.open(str(growing), "w", format="mp4") as output:
            kinds: dict[str, Any] = {
                stream.type: output.add_stream_from_template(stream) for stream in used_streams(first)
            }
            begins = 0.0
            for part in parts:
                with opened(part) as container:
                    _append(container, output, kinds, begins)
                begins += probe(part).seconds
        growing.replace(target)
    finally:
        growing.unlink(missing_ok=True)
    return target


def _append(container: InputContainer, output: OutputContainer, kinds: dict[str, Any], begins: float) -> None:
    streams = [stream for stream in used_streams(container) if stream.type in kinds]
    for packet in container.demux(streams):
        if packet.size and packet.pts is not None and packet.dts is not None:
            shift = round(begins / float(packet.time_base or 1))
            packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
            packet.stream = kinds[packet.stream.type]
            output.mux(packet)
