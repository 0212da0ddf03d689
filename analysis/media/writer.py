"""The file of a recording that is still growing: fragmented mp4, readable to its last half second."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from analysis.media.mono import Mono
from analysis.media.stream_clock import VIDEO_RATE, SampleTimeline, video_ticks
from data.domain import RehearseError

if TYPE_CHECKING:
    import av
    from av.container import OutputContainer
    from av.filter import Graph

AUDIO_RATE = 48_000
"""Samples a second in the file: what WebRTC sends."""
SPEECH_RATE = 16_000
"""Samples a second for speech recognition."""
VIDEO_ENCODERS = ("libopenh264", "libx264", "libvpx-vp9")
"""In order of preference. x264 took 0.75 ms a frame of 640x480, VP9 3.0 ms on the same machine."""
ENCODER_OPTIONS = {
    "libopenh264": {"allow_skip_frames": "0"},
    "libx264": {"preset": "ultrafast", "tune": "zerolatency", "crf": "26", "bf": "0"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"},
}
CONTAINER_OPTIONS = {
    "movflags": "frag_keyframe+empty_moov+default_base_moof",
    "frag_duration": "500000",
    "flush_packets": "1",
    "max_interleave_delta": "1000000",
}
"""Half-second fragments, on disk when whole; a silent stream holds the other up for 1 s at most."""

Speech = npt.NDArray[np.float32]


class UnfitError(Exception):
    """A picture or sound that cannot be brought into the form of the file."""


class GrowingFile:
    """One fragmented mp4 under construction. Not thread-safe: the recorder's thread owns it."""

    def __init__(self, path: Path, *, video: bool, audio: bool, width: int, height: int) -> None:
        """Open `path` for writing, in a folder that is made when missing."""
        self._size = (width, height)
        self._scaler: Scaler | None = None
        self._container = _open(path)
        self._video = self._add_video() if video else None
        self._audio = add_audio(self._container, AUDIO_RATE) if audio else None
        self._timeline = SampleTimeline(AUDIO_RATE)
        self._mono = Mono(AUDIO_RATE)
        self._to_speech = _resampler("flt", SPEECH_RATE)
        self.video_frames = 0
        self.seconds = 0.0
        """End of the latest frame or sound written."""

    @property
    def audio_seconds(self) -> float:
        """How much sound has been written."""
        return self._timeline.seconds

    def write_video(self, frame: av.VideoFrame, seconds: float) -> None:
        """Encode one picture shown at `seconds`, fitted into the fixed size, or raise `UnfitError`."""
        if self._video is None:
            return
        with _unfit_when_refused():
            fitted = self._fitted(frame)
        fitted.pts, fitted.time_base = video_ticks(seconds), Fraction(1, VIDEO_RATE)
        self._container.mux(self._video.encode(fitted))
        self.video_frames += 1
        self.seconds = max(self.seconds, seconds)

    def write_audio(self, frame: av.AudioFrame, seconds: float) -> list[Speech]:
        """Encode sound heard at `seconds`; returns it, gaps filled, as 16 kHz mono in -1..1.

        `UnfitError` when it is of no known form.
        """
        if self._audio is None:
            return []
        heard: list[Speech] = []
        with _unfit_when_refused():
            whole = [_as_integers(mono) for mono in self._mono.samples(frame)]
        for samples in whole:
            for piece in self._timeline.place(samples, seconds):
                heard += self._append(self._audio, piece)
            seconds += samples.size / AUDIO_RATE
        self.seconds = max(self.seconds, self.audio_seconds)
        return heard

    def close(self) -> None:
        """Flush the encoders and finish the file."""
        if self._video is not None and self.video_frames:
            self._container.mux(self._video.encode(None))
        if self._audio is not None and self._timeline.position:
            self._container.mux(self._audio.encode(None))
        self._container.close()

    def _append(self, stream: av.AudioStream, samples: npt.NDArray[np.int16]) -> list[Speech]:
        import av

        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="s16", layout="mono")
        frame.sample_rate, frame.time_base = AUDIO_RATE, Fraction(1, AUDIO_RATE)
        frame.pts = self._timeline.claim(samples.size)
        self._container.mux(stream.encode(frame))
        frame.pts = None
        return [cast(Speech, piece.to_ndarray()[0]) for piece in self._to_speech.resample(frame)]

    def _add_video(self) -> av.VideoStream:
        stream = add_video(self._container, *self._size, Fraction(1, VIDEO_RATE))
        stream.codec_context.gop_size = 60
        stream.codec_context.thread_count = 1
        return stream

    def _fitted(self, frame: av.VideoFrame) -> av.VideoFrame:
        if (frame.width, frame.height) == self._size:
            return frame.reformat(format="yuv420p")
        if self._scaler is None or not self._scaler.takes(frame):
            self._scaler = Scaler(frame, *self._size)
        return self._scaler.fit(frame)


@contextmanager
def _unfit_when_refused() -> Iterator[None]:
    """FFmpeg says in many ways that it cannot make anything of a picture or sound."""
    import av

    try:
        yield
    except (av.FFmpegError, ValueError) as refusal:
        raise UnfitError(str(refusal)) from refusal


def _as_integers(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.int16]:
    return np.clip(np.rint(samples * 32_768), -32_768, 32_767).astype(np.int16)


class Scaler:
    """Fits pictures of one size and format into another, with black bars where the shape differs."""

    def __init__(self, frame: av.VideoFrame, width: int, height: int) -> None:
        """Build the filter chain for pictures like `frame`."""
        self._takes = (frame.width, frame.height, frame.format.name)
        self._graph = _letterbox(frame, width, height)

    def takes(self, frame: av.VideoFrame) -> bool:
        """Whether `frame` is of the kind this scaler was built for."""
        return self._takes == (frame.width, frame.height, frame.format.name)

    def fit(self, frame: av.VideoFrame) -> av.VideoFrame:
        """The picture, scaled and padded."""
        self._graph.vpush(frame)
        return self._graph.vpull()


def add_video(container: OutputContainer, width: int, height: int, time_base: Fraction) -> av.VideoStream:
    """Add an H.264 stream (VP9 where there is no H.264 encoder) to a file."""
    name = video_encoder()
    stream = cast("av.VideoStream", container.add_stream(name, rate=30, options=dict(ENCODER_OPTIONS[name])))
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.codec_context.time_base = time_base
    return stream


def add_audio(container: OutputContainer, rate: int) -> av.AudioStream:
    """Add a mono AAC stream to a file."""
    return container.add_stream("aac", rate=rate, layout="mono")


def video_encoder() -> str:
    """The first of `VIDEO_ENCODERS` that this build of PyAV has."""
    import av

    for name in VIDEO_ENCODERS:
        if name in av.codecs_available:
            return name
    raise RehearseError(
        "This build of PyAV has no video encoder.", "Install the av package from requirements.txt."
    )


def _letterbox(frame: av.VideoFrame, width: int, height: int) -> Graph:
    from av.filter import Graph

    graph = Graph()
    fit = f"w={width}:h={height}:force_original_aspect_ratio=decrease:force_divisible_by=2"
    chain = [
        graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, VIDEO_RATE)
        ),
        graph.add("scale", fit),
        graph.add("pad", f"w={width}:h={height}:x=-1:y=-1"),
        graph.add("format", "yuv420p"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*chain).configure()
    return graph


def _open(path: Path) -> OutputContainer:
    import av

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return av.open(str(path), "w", format="mp4", options=dict(CONTAINER_OPTIONS))
    except OSError as failure:
        raise write_error(path, failure) from failure


def write_error(path: Path, failure: OSError) -> RehearseError:
    """What to tell someone whose recording cannot be written."""
    return RehearseError(
        f"The recording cannot be written to {path.parent}: {failure.strerror or failure}.",
        "Free some disk space or choose a folder that can be written to, then record again.",
    )


def _resampler(sample_format: str, rate: int) -> av.AudioResampler:
    import av

    return av.AudioResampler(format=sample_format, layout="mono", rate=rate)
