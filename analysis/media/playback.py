"""Puts the index of our own recordings in front, and finishes those that a crash left behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.media.opening import opened
from analysis.media.probing import probe, used_streams

if TYPE_CHECKING:
    from av.container import InputContainer

FASTSTART = {"movflags": "faststart"}


def for_playback(source: Path, target: Path) -> Path:
    """Write a recording of ours as an mp4 with its index in front, so that a browser seeks in it at once.

    Nothing is encoded anew. `target` appears only when whole. RehearseError when `source` cannot be read.
    """
    growing = target.with_name(target.name + ".making")
    try:
        with opened(source) as container:
            _copy(container, growing)
        growing.replace(target)
    finally:
        growing.unlink(missing_ok=True)
    return target


def recover(part_path: Path) -> Path:
    """Finish the `<name>.part` of a recorder that was killed; returns the finished file.

    Raises RehearseError, and leaves the part where it is, when nothing in it can be played.
    """
    target = part_path.with_suffix("") if part_path.suffix == ".part" else part_path
    if target == part_path or (target.exists() and not part_path.exists()):
        return target
    probe(part_path)
    for_playback(part_path, target)
    part_path.unlink()
    return target


def _copy(container: InputContainer, target: Path) -> None:
    import av

    streams = used_streams(container)
    with av.open(str(target), "w", format="mp4", options=dict(FASTSTART)) as output:
        copies: dict[int, Any] = {s.index: output.add_stream_from_template(s) for s in streams}
        for packet in container.demux(streams):
            if packet.size:
                packet.stream = copies[packet.stream_index]
                output.mux(packet)
