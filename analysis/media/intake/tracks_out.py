"""The tracks of a recording that is being made from a stranger's."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.media.bounds import APART_SECONDS, MAX_RATE
from analysis.media.mono import Mono, Sound
from analysis.media.stream_clock import VIDEO_RATE, SampleTimeline, video_ticks
from analysis.media.writer import AUDIO_RATE, Scaler, add_audio, add_video

if TYPE_CHECKING:
    import av
    from av.container import OutputContainer

Clock = Callable[[float], float]
"""Seconds on the stranger's clock to seconds on ours."""

LONGEST_SIDE = 1280
"""Pixels of a picture that is encoded anew."""
TOLERANCE_SECONDS = 0.1
"""Sound is laid end to end as long as it is not farther from its time than this."""


class Sounds:
    """The sound: mono, gaps as silence, up to `longest_seconds`."""

    def __init__(self, output: OutputContainer, longest_seconds: float) -> None:
        """Add the track to the file."""
        self._output = output
        self._stream = add_audio(output, AUDIO_RATE)
        self._mono = Mono(AUDIO_RATE)
        self._timeline = SampleTimeline(AUDIO_RATE, TOLERANCE_SECONDS)
        self._most = round(longest_seconds * AUDIO_RATE)
        self.behind_seconds = 0.0
        """How far sound was laid behind its time, at most: what overlaps by the file's clock is not cut."""

    def write(self, frame: av.AudioFrame, clock: Clock) -> None:
        """Take one frame of a stranger's sound."""
        at = self._timeline.seconds if frame.time is None else max(0.0, clock(frame.time))
        for samples in self._mono.samples(frame):
            self._lay(samples, at)
            at += samples.size / AUDIO_RATE

    def close(self) -> None:
        """Write what is held back."""
        for samples in self._mono.rest():
            self._lay(samples, self._timeline.seconds)
        if self._timeline.position:
            self._output.mux(self._stream.encode(None))

    def _lay(self, samples: Sound, at_seconds: float) -> None:
        if at_seconds * AUDIO_RATE >= self._most:
            return
        behind = self._timeline.seconds - at_seconds
        if behind > TOLERANCE_SECONDS:
            self.behind_seconds = max(self.behind_seconds, behind)
        for piece in self._timeline.place(samples, max(at_seconds, self._timeline.seconds)):
            self._encode(piece[: max(0, self._most - self._timeline.position)])

    def _encode(self, samples: Sound) -> None:
        import av

        if not samples.size:
            return
        pcm = np.clip(samples * 32_767.0, -32_768, 32_767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(pcm[np.newaxis], format="s16", layout="mono")
        frame.sample_rate, frame.time_base = AUDIO_RATE, Fraction(1, AUDIO_RATE)
        frame.pts = self._timeline.claim(samples.size)
        self._output.mux(self._stream.encode(frame))


class Copied:
    """The picture as it came, moved to our clock."""

    def __init__(self, output: OutputContainer, source: av.VideoStream, longest_seconds: float) -> None:
        """Add the track to the file."""
        self._output = output
        self._stream = output.add_stream_from_template(source)
        self._longest = longest_seconds

    def write(self, packet: av.Packet[Any], clock: Clock) -> None:
        """Take one packet of the stranger's picture."""
        if not packet.size or packet.pts is None or packet.dts is None or packet.time_base is None:
            return
        base = float(packet.time_base)
        at = clock(packet.pts * base)
        if at >= self._longest:
            return
        if packet.duration:
            packet.duration = max(1, min(packet.duration, round((self._longest - at) / base)))
        shift = round(at / base) - packet.pts
        packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
        packet.stream = self._stream
        self._output.mux(packet)

    def close(self) -> None:
        """Nothing is held back."""


class Pictures:
    """The picture encoded anew: upright, of a bounded size and rate."""

    def __init__(
        self, output: OutputContainer, size: tuple[int, int], turn_degrees: int, longest_seconds: float
    ) -> None:
        """Add the track to the file; `size` is before the picture is turned."""
        self._output = output
        self._turn = turn_degrees
        self._longest = longest_seconds
        self._scaler: Scaler | None = None
        shrink = min(1.0, LONGEST_SIDE / max(size))
        self._size = (_even(size[0] * shrink), _even(size[1] * shrink))
        shown = self._size if turn_degrees % 180 == 0 else self._size[::-1]
        self._stream = add_video(output, *shown, Fraction(1, VIDEO_RATE))
        self._last = -1.0
        self.shown = 0
        self.left_out = 0
        """Pictures that lie at the instant of the one before, or earlier."""

    def write(self, frame: av.VideoFrame, clock: Clock) -> None:
        """Take one picture."""
        at = self._last + 1 / MAX_RATE if frame.time is None else max(0.0, clock(frame.time))
        if at >= self._longest:
            return
        if at < self._last + APART_SECONDS:
            self.left_out += at <= self._last
            return
        self._last = at
        self.shown += 1
        if self._scaler is None or not self._scaler.takes(frame):
            self._scaler = Scaler(frame, *self._size)
        fitted = _turned(self._scaler.fit(frame), self._turn)
        fitted.pts, fitted.time_base = video_ticks(at), Fraction(1, VIDEO_RATE)
        self._output.mux(self._stream.encode(fitted))

    def close(self) -> None:
        """Write what is held back."""
        if self._last >= 0:
            self._output.mux(self._stream.encode(None))


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)


def _turned(frame: av.VideoFrame, degrees: int) -> av.VideoFrame:
    """The picture turned clockwise; FFmpeg's own transpose also obeys the mark it should replace."""
    import av

    if not degrees:
        return frame
    pixels = np.rot90(frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False), -degrees // 90)
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
