"""Any sound as mono, however its format changes on the way, and without channels that cancel each other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import av

Sound = npt.NDArray[np.float32]

CANCELLED = 1.5
"""With so many times the power of their mean in half their difference, two channels cancel each other."""
EQUAL = 0.5
"""The first channel is taken unless its power is less than this share of the other: no to and fro."""
MEMORY_SECONDS = 0.5
"""Over which the channels are compared, so that the choice does not jump."""


class Mono:
    """Turns frames of one track into mono samples in -1..1 at one rate."""

    def __init__(self, rate: int) -> None:
        """`rate` is in samples a second."""
        self.rate = rate
        self._kind: tuple[str, str, int] | None = None
        self._resampler: av.AudioResampler | None = None
        self._downmix = _Downmix(rate)

    def samples(self, frame: av.AudioFrame) -> Iterator[Sound]:
        """The sound of a frame, with what was held back of those before."""
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            yield from self.rest()
            self._kind, self._resampler = kind, self._fitting(frame)
        # The resampler would judge by its stamps; where the sound lies is the caller's to say.
        frame.pts = None
        yield from self._resampled(frame)

    def rest(self) -> Iterator[Sound]:
        """What is still held back."""
        yield from self._resampled(None)
        self._kind = self._resampler = None

    def _resampled(self, frame: av.AudioFrame | None) -> Iterator[Sound]:
        if self._resampler is None:
            return
        for piece in self._resampler.resample(frame):
            if piece.samples:
                yield self._downmix(cast(Sound, piece.to_ndarray()))

    def _fitting(self, frame: av.AudioFrame) -> av.AudioResampler:
        import av

        layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
        return av.AudioResampler(format="fltp", layout=layout, rate=self.rate)


class _Downmix:
    """Two channels as one: their mean, or the louder where they cancel."""

    def __init__(self, rate: int) -> None:
        self._memory = MEMORY_SECONDS * rate
        self._powers = np.zeros(4)

    def __call__(self, channels: Sound) -> Sound:
        if len(channels) == 1:
            return cast(Sound, channels[0])
        mean = np.asarray(channels.mean(axis=0), np.float32)
        left, right, both, apart = self._remembered(channels)
        if apart <= CANCELLED * both:
            return mean
        return cast(Sound, channels[0] if left >= EQUAL * right else channels[1])

    def _remembered(self, channels: Sound) -> tuple[float, float, float, float]:
        """Powers of left, right, their mean and half their difference, over the last half second.

        Of the steps between samples: a hum that both channels have must not hide a voice that cancels.
        """
        fade = math.exp(-channels.shape[1] / self._memory)
        left, right = np.diff(channels, axis=1, prepend=channels[:, :1])
        now = [
            float(np.mean(np.square(one))) for one in (left, right, (left + right) / 2, (left - right) / 2)
        ]
        self._powers = fade * self._powers + (1 - fade) * np.array(now)
        power_left, power_right, of_mean, apart = map(float, self._powers)
        return power_left, power_right, of_mean, apart
