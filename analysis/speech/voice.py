"""Cleaning a recording's sound and finding where somebody speaks in it."""

from __future__ import annotations

import numpy as np

from analysis.speech.transcribe import RATE, VOICE_FRAME, Samples, voice_shares
from data.domain import Interval

STARTS = (0.9, 0.55)
GOES_ON = (0.5, 0.15)
LOUD_DECIBELS = 6.0
"""How sure silero must be that a voice starts, or goes on: at the noise floor, and this much above it (in
between, linearly). With one threshold for all (0.5) it takes breaths and room noise for speech and
drawn-out vowels for silence. Chosen on pauses of at least 250 ms in aligned speech, clean and with noise, in
whole recordings and parts of them (`analysis.evaluate pauses`)."""

FLOOR_PERCENTILE = 5

MIN_SILENCE_FRAMES = 3
"""Frames of 32 ms: a gap up to 100 ms is part of a word (a stop consonant)."""

MIN_VOICE_FRAMES = 2

HIGH_PASS_HZ = (60.0, 90.0)
"""Nothing below the first, all above the second: rumble and hum hide speech from the network."""

SPEECH_LEVEL = 0.1
"""Root mean square the louder tenth of a chunk is brought to (-20 dB of full scale)."""

MAX_GAIN = 30.0
"""Quiet microphones are lifted by at most this, so that silence does not become noise."""

SILENT_PEAK = 0.002
"""A recording that never exceeds this (-54 dB) has nothing to listen to."""


NARROW_DECIBELS = -43.0
"""Sound of 4.4-7.5 kHz this far below that of 0.3-3.4 kHz was never there: telephones and some headsets cut
at 4 kHz. Measured: -50 and less at 8 kHz, -38 and more in wide-band recordings, also after 24 kbit/s Opus."""


def find_voice(samples: Samples) -> tuple[Interval, ...]:
    """Return the voiced intervals of a recording (mono, 16 kHz, -1..1), in seconds."""
    if peak(samples) < SILENT_PEAK:
        return ()
    return voice_in(clean(samples))


def voice_in(cleaned: Samples) -> tuple[Interval, ...]:
    """Return the voiced intervals of audio that went through `clean`."""
    if len(cleaned) < RATE // 20:
        return ()
    shares = voice_shares(cleaned)
    loud = _loudness(cleaned, len(shares))
    spans = _spans(shares, _between(STARTS, loud), _between(GOES_ON, loud))
    seconds = VOICE_FRAME / RATE
    end = len(cleaned) / RATE
    return tuple(Interval(start * seconds, min(stop * seconds, end)) for start, stop in spans)


def clean(samples: Samples) -> Samples:
    """Take out rumble below 60-90 Hz and bring speech to one level."""
    if len(samples) == 0:
        return samples
    return _level(_high_pass(samples))


def peak(samples: Samples) -> float:
    """Return the largest absolute sample, 0 for no samples."""
    return float(np.max(np.abs(samples))) if len(samples) else 0.0


def is_narrow(samples: Samples) -> bool:
    """Whether the louder half of a sound (mono, 16 kHz) has nothing above 4 kHz."""
    frames = samples[: len(samples) // VOICE_FRAME * VOICE_FRAME].reshape(-1, VOICE_FRAME)
    if len(frames) == 0:
        return False
    power = np.abs(np.fft.rfft(frames * np.hanning(VOICE_FRAME), axis=1)) ** 2
    energy = power.sum(axis=1)
    mean = power[energy >= np.median(energy)].mean(axis=0)
    hertz = np.fft.rfftfreq(VOICE_FRAME, 1 / RATE)
    high = mean[(hertz > 4400) & (hertz < 7500)].sum()
    low = mean[(hertz > 300) & (hertz < 3400)].sum()
    return bool(10 * np.log10((high + 1e-20) / (low + 1e-20)) < NARROW_DECIBELS)


def _loudness(cleaned: Samples, frames: int) -> Samples:
    """For each frame, 0 at the recording's noise floor to 1 well above it."""
    padded = np.pad(cleaned, (0, frames * VOICE_FRAME - len(cleaned))).reshape(frames, VOICE_FRAME)
    decibels = 10 * np.log10(np.mean(np.square(padded), axis=1) + 1e-12)
    above = decibels - np.percentile(decibels, FLOOR_PERCENTILE)
    return np.asarray(np.clip(above / LOUD_DECIBELS, 0.0, 1.0), np.float32)


def _between(ends: tuple[float, float], share: Samples) -> Samples:
    return np.asarray(ends[0] + (ends[1] - ends[0]) * share, np.float32)


def _spans(shares: Samples, starts: Samples, goes_on: Samples) -> list[tuple[int, int]]:
    """Frame positions of the voiced stretches, with gaps of a few frames closed."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    gap: int | None = None
    for place, share in enumerate(shares):
        if share >= starts[place]:
            start, gap = place if start is None else start, None
        elif start is not None and (gap is not None or share < goes_on[place]):
            gap = place if gap is None else gap
            if place + 1 - gap >= MIN_SILENCE_FRAMES:
                found.append((start, gap))
                start = gap = None
    if start is not None:
        found.append((start, len(shares) if gap is None else gap))
    return [span for span in found if span[1] - span[0] >= MIN_VOICE_FRAMES]


def _high_pass(samples: Samples) -> Samples:
    """Zero-phase: the spectrum times a raised-cosine ramp, padded so that the ends do not meet."""
    size = 1 << (len(samples) + RATE // 10 - 1).bit_length()
    spectrum = np.fft.rfft(samples, size)
    low, high = HIGH_PASS_HZ
    share = np.clip((np.fft.rfftfreq(size, 1 / RATE) - low) / (high - low), 0.0, 1.0)
    spectrum *= 0.5 - 0.5 * np.cos(np.pi * share)
    filtered: Samples = np.asarray(np.fft.irfft(spectrum, size)[: len(samples)], np.float32)
    return filtered


def _level(samples: Samples) -> Samples:
    frame = RATE // 50
    whole = samples[: len(samples) // frame * frame].reshape(-1, frame)
    if len(whole) == 0:
        return samples
    loud = float(np.percentile(np.sqrt(np.mean(np.square(whole), axis=1)), 90))
    gain = min(SPEECH_LEVEL / max(loud, 1e-9), MAX_GAIN)
    leveled: Samples = np.asarray(np.clip(samples * gain, -1.0, 1.0), np.float32)
    return leveled
