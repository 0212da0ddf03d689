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
        self._powers = np.zeros(6)

    def __call__(self, channels: Sound) -> Sound:
        if len(channels) == 1:
            return cast(Sound, channels[0])
        mean = np.asarray(channels.mean(axis=0), np.float32)
        left, right, *compared = self._remembered(channels)
        if all(apart <= CANCELLED * both for both, apart in (compared[:2], compared[2:])):
            return mean
        return cast(Sound, channels[0] if left >= EQUAL * right else channels[1])

    def _remembered(self, channels: Sound) -> list[float]:
        """Powers over the last half second: left, right, then mean and half difference, twice.

        Once as they are and once of the steps between samples, so that neither a hum nor a noise that both
        channels have hides a voice that cancels.
        """
        fade = math.exp(-channels.shape[1] / self._memory)
        steps = np.diff(channels, axis=1, prepend=channels[:, :1])
        now = [
            *(float(np.mean(np.square(one))) for one in channels),
            *(float(np.mean(np.square(one))) for pair in (channels, steps) for one in _mean_and_apart(pair)),
        ]
        self._powers = fade * self._powers + (1 - fade) * np.array(now)
        return [float(power) for power in self._powers]


def _mean_and_apart(pair: Sound) -> tuple[Sound, Sound]:
    return (pair[0] + pair[1]) / 2, (pair[0] - pair[1]) / 2
