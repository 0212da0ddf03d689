"""A face that may be kept: NASA's public-domain portrait from scikit-image, in any frame size.

The camera and signal tests build their clips from it, with speech from espeak-ng.
"""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import av


@cache
def _portrait() -> NDArray[np.uint8]:
    from skimage import data

    return cast("NDArray[np.uint8]", data.astronaut())  # type: ignore[no-untyped-call]


def face_image(width: int = 640, height: int = 480, dx: int = 0, scale: float = 1.0) -> NDArray[np.uint8]:
    """Return an RGB frame (height, width, 3) of one person; `dx` pixels moves them to the right.

    `scale` 1 fills the frame's height with the portrait; smaller puts the person farther away.
    """
    from PIL import Image

    portrait = _portrait()
    side = max(1, round(height * scale))
    small = Image.fromarray(portrait).resize((side, side), Image.Resampling.BILINEAR)
    canvas = Image.new("RGB", (width, height), (96, 104, 112))
    canvas.paste(small, ((width - side) // 2 + dx, height - side))
    return np.asarray(canvas, dtype=np.uint8)


def panned(count: int, width: int = 640, height: int = 480, reach: int = 40) -> list[NDArray[np.uint8]]:
    """Return `count` frames in which the person sways left and right by up to `reach` pixels."""
    phases = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return [face_image(width, height, round(float(reach * np.sin(phase)))) for phase in phases]


def face_clip(
    path: Path, seconds: float = 4.0, fps: int = 15, size: tuple[int, int] = (320, 240), reach: int = 20
) -> Path:
    """Write a face as motion-JPEG, the form in which Chromium takes a fake camera; it loops."""
    return motion_jpeg(path, panned(round(seconds * fps), *size, reach=reach))


def motion_jpeg(path: Path, images: Sequence[NDArray[np.uint8]]) -> Path:
    """Write pictures as Chromium takes them for a fake camera, sharp enough to see where eyes look.

    It plays them at the rate it was asked for (an encoder's own rate control would blur them).
    """
    from PIL import Image

    with path.open("wb") as file:
        for image in images:
            Image.fromarray(image).save(file, "JPEG", quality=92)
    return path


def speech_wav(path: Path, text: str, words_per_minute: int = 150) -> Path:
    """Write `text` spoken by espeak-ng: mono, 22.05 kHz."""
    from tests import needs

    command = [
        *needs.installed(needs.VOICE),
        "-s",
        str(words_per_minute),
        "-w",
        str(path),
        text,
    ]
    subprocess.run(command, check=True, capture_output=True)
    return path


def recording(
    path: Path,
    seconds: float = 3.0,
    *,
    fps: int = 15,
    size: tuple[int, int] = (640, 480),
    video: bool = True,
    audio: bool = True,
    text: str = "",
    turned: int = 0,
    times: Sequence[float] | None = None,
    codecs: tuple[str, str] | None = None,
    images: Sequence[NDArray[np.uint8]] = (),
) -> Path:
    """Write a face, and a tone or `text` spoken, into whatever container `path` names (mp4, mov, webm, mkv).

    `turned` marks the picture as one to be shown turned by that many degrees, as phones do; `times` are the
    seconds of the frames when the rate is not steady; `images` are shown in turn instead of the swaying face.
    """
    times = times if times is not None else [index / fps for index in range(round(seconds * fps))]
    codecs = codecs or (("libvpx", "libopus") if path.suffix == ".webm" else ("libx264", "aac"))
    sound = _sound(path.with_suffix(".said.wav"), text, seconds) if audio else None
    shown = (
        [Picture(when, images[index % len(images)]) for index, when in enumerate(times)] if images else None
    )
    pictures = (shown or face_pictures(times, size)) if video else []
    _mux(path, codecs, pictures, sound)
    return _marked_as_turned(path, turned) if turned else path


def face_pictures(times: Sequence[float], size: tuple[int, int]) -> list[Picture]:
    """Frames of the swaying face at `times` seconds."""
    return [
        Picture(when, face_image(*size, dx=round(float(20 * np.sin(2 * np.pi * when / 4))))) for when in times
    ]


@dataclass(frozen=True)
class Picture:
    """An RGB frame and the second at which it is shown."""

    seconds: float
    pixels: NDArray[np.uint8]


def tone(seconds: float, rate: int = 48_000, hertz: float = 440.0) -> NDArray[np.int16]:
    """A quiet sine."""
    times = np.arange(round(seconds * rate)) / rate
    return (6000 * np.sin(2 * np.pi * hertz * times)).astype(np.int16)


def cut_short(path: Path, share: float = 0.5) -> Path:
    """Throw away the end of a file."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def onsets(path: Path) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Seconds at which it turns white, and at which it begins to beep."""
    from analysis import media

    shown = [(seconds, pixels.mean() > 128) for seconds, pixels in media.read_frames(path, 1000)]
    white = [now[0] for before, now in zip([(0.0, False), *shown], shown, strict=False) if now[1] > before[1]]
    sound = np.abs(media.read_audio(path)) > 0.02
    loud = np.flatnonzero(np.convolve(sound, np.ones(160), "full")[: sound.size] > 40)
    beeps = loud[np.insert(np.diff(loud) > 8_000, 0, True)] / 16_000
    return np.array(white), np.asarray(beeps, np.float64)


def _sound(path: Path, text: str, seconds: float, rate: int = 48_000) -> NDArray[np.int16]:
    if not text:
        return tone(seconds, rate)
    import av

    speech_wav(path, text)
    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
    with av.open(str(path)) as container:
        frames = [piece for frame in container.decode(audio=0) for piece in resampler.resample(frame)]
    path.unlink()
    return cast("NDArray[np.int16]", np.concatenate([frame.to_ndarray()[0] for frame in frames]))


def _mux(
    path: Path, codecs: tuple[str, str], pictures: Sequence[Picture], sound: NDArray[np.int16] | None
) -> None:
    import av

    with av.open(str(path), "w") as container:
        streams: list[Any] = []
        if pictures:
            video = cast(Any, container.add_stream(codecs[0], rate=30))
            video.height, video.width = pictures[0].pixels.shape[:2]
            video.pix_fmt, video.codec_context.time_base = "yuv420p", Fraction(1, 1000)
            streams.append(video)
        if sound is not None:
            streams.append(container.add_stream(codecs[1], rate=48_000, layout="mono"))
        frames = ([video_frame(picture) for picture in pictures], audio_frames(sound))
        for stream in streams:
            for frame in frames[stream.type == "audio"]:
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))


def video_frame(picture: Picture) -> av.VideoFrame:
    """A picture as PyAV has it, stamped in milliseconds."""
    import av

    frame = av.VideoFrame.from_ndarray(picture.pixels, format="rgb24")
    frame.pts, frame.time_base = round(picture.seconds * 1000), Fraction(1, 1000)
    return frame


def audio_frames(sound: NDArray[np.int16] | None, rate: int = 48_000) -> list[av.AudioFrame]:
    """Sound as PyAV has it: frames of 20 ms, stamped."""
    import av

    frames: list[av.AudioFrame] = []
    for start in range(0, 0 if sound is None else len(sound), rate // 50):
        piece = cast("NDArray[np.int16]", sound)[start : start + rate // 50]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece[np.newaxis]), "s16", "mono")
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        frames.append(frame)
    return frames


def marked_as_mirrored(path: Path, *, upside_down: bool = False) -> Path:
    """Mark the picture of an mp4 or mov as one to be shown mirrored, as phones do with the front camera.

    `upside_down` mirrors top and bottom instead, which is the same and a half turn.
    """
    data, one, size = path.read_bytes(), 1 << 16, 1 << 30
    plain = struct.pack(">9i", one, 0, 0, 0, one, 0, 0, 0, size)
    across, down = (one, -one) if upside_down else (-one, one)
    mark = struct.pack(">9i", across, 0, 0, 0, down, 0, 0, 0, size)
    track = data.index(b"tkhd")
    path.write_bytes(data[:track] + data[track:].replace(plain, mark, 1))
    return path


def _marked_as_turned(path: Path, degrees: int) -> Path:
    plain = path.with_name("plain" + path.suffix)
    path.rename(plain)
    from tests import needs

    command = [needs.program("ffmpeg", package="ffmpeg"), "-v", "error", "-y", "-i", str(plain), "-c", "copy"]
    subprocess.run([*command, "-metadata:s:v", f"rotate={degrees}", str(path)], check=True)
    plain.unlink()
    return path
