"""Recordings that are made to cost much, or that programs really write and players cope with."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from tests.media import Picture, audio_frames, recording, tone, video_frame

BUGS = Path(__file__).parent / "bugs"


def flashes_and_beeps(seconds: float, fps: int = 30) -> tuple[list[Picture], NDArray[np.int16]]:
    """A white picture and a beep of 100 ms at the start of each second, black and silent otherwise."""
    beeps = np.where(np.arange(round(seconds * 48_000)) % 48_000 < 4_800, tone(seconds), 0).astype(np.int16)
    shown = [
        Picture(i / fps, np.full((120, 160, 3), 255 if i % fps < 3 else 0, np.uint8))
        for i in range(round(seconds * fps))
    ]
    return shown, beeps


def jumping(
    path: Path, seconds: float, *, at: float, by: float, codecs: tuple[str, str] | None = None
) -> Path:
    """Flashes and beeps whose clock jumps ahead by `by` seconds at `at`."""
    import av

    shown, beeps = flashes_and_beeps(seconds)
    names = codecs or ("libx264", "aac")
    with av.open(str(path), "w") as container:
        video = cast(Any, container.add_stream(names[0], rate=30))
        video.width, video.height, video.pix_fmt = 160, 120, "yuv420p"
        video.codec_context.time_base = Fraction(1, 1000)
        audio = cast(Any, container.add_stream(names[1], rate=48_000, layout="mono"))
        later: list[tuple[float, Any, Any]] = [(one.seconds, video_frame(one), video) for one in shown]
        later += [(i * 0.02, frame, audio) for i, frame in enumerate(audio_frames(beeps))]
        for when, frame, stream in sorted(later, key=lambda one: one[0]):
            if when >= at:
                frame.pts = frame.pts + round(by / frame.time_base)
            container.mux(stream.encode(frame))
        for stream in (video, audio):
            container.mux(stream.encode(None))
    return path


def hours_of_silence(path: Path, hours: float) -> Path:
    """Opus that takes hardly any bytes: packets of 60 ms, each the same."""
    import av

    with av.open(str(path), "w") as container:
        stream = cast(
            Any,
            container.add_stream(
                "libopus", rate=48_000, layout="mono", options={"frame_duration": "60", "b": "6000"}
            ),
        )
        stream.encode(audio_frames(np.zeros(2880, np.int16))[0])
        content = b"\x18"  # 60 ms in which nothing was sent
        for number in range(round(hours * 3600 / 0.06)):
            packet = av.Packet(content)
            packet.stream, packet.time_base = stream, Fraction(1, 48_000)
            packet.pts = packet.dts = number * 2880
            packet.duration = 2880
            container.mux(packet)
    return path


def huge(path: Path, width: int, height: int) -> Path:
    """Two empty pictures of any size, in few bytes, and a second of sound."""
    import av

    with av.open(str(path), "w") as container:
        video = cast(Any, container.add_stream("libx264", rate=30, options={"preset": "ultrafast"}))
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        audio = cast(Any, container.add_stream("aac", rate=48_000, layout="mono"))
        picture = av.VideoFrame(width, height, "yuv420p")
        for number in range(2):
            picture.pts = number
            container.mux(video.encode(picture))
        for frame in audio_frames(tone(1.0)):
            container.mux(audio.encode(frame))
        for stream in (video, audio):
            container.mux(stream.encode(None))
    return path


def joined(path: Path, *parts: Path) -> Path:
    """The files copied behind each other."""
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def fast(path: Path, fps: int, seconds: float) -> Path:
    """A face at many pictures a second."""
    return recording(path, seconds, fps=fps, size=(160, 120))
