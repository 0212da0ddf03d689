"""Cleaning a recording's sound and finding where somebody speaks in it."""

from __future__ import annotations

import numpy as np

from analysis.speech.transcribe import RATE, Samples, voice_spans
from data.domain import Interval

THRESHOLD = 0.5
MIN_SILENCE_MS = 100
"""Silero settings under which pauses of 250 ms were measured best (see `analysis.evaluate pauses`)."""

HIGH_PASS_HZ = (60.0, 90.0)
"""Nothing below the first, all above the second: rumble and hum hide speech from the network."""

SPEECH_LEVEL = 0.1
"""Root mean square the louder tenth of a chunk is brought to (-20 dB of full scale)."""

MAX_GAIN = 30.0
"""Quiet microphones are lifted by at most this, so that silence does not become noise."""

SILENT_PEAK = 0.002
"""A recording that never exceeds this (-54 dB) has nothing to listen to."""


def find_voice(samples: Samples) -> tuple[Interval, ...]:
    """Return the voiced intervals of a recording (mono, 16 kHz, -1..1), in seconds."""
    if peak(samples) < SILENT_PEAK:
        return ()
    return voice_in(clean(samples))


def voice_in(cleaned: Samples) -> tuple[Interval, ...]:
    """Return the voiced intervals of audio that went through `clean`."""
    if len(cleaned) < RATE // 20:
        return ()
    spans = voice_spans(cleaned, THRESHOLD, MIN_SILENCE_MS)
    return tuple(Interval(start / RATE, end / RATE) for start, end in spans)


def clean(samples: Samples) -> Samples:
    """Take out rumble below 60-90 Hz and bring speech to one level."""
    if len(samples) == 0:
        return samples
    return _level(_high_pass(samples))


def peak(samples: Samples) -> float:
    """Return the largest absolute sample, 0 for no samples."""
    return float(np.max(np.abs(samples))) if len(samples) else 0.0


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
