"""Cutting a recording into chunks that a speech engine can take, at pauses, as the audio arrives.

The cuts depend on the audio alone, not on how it was handed over: a live answer and the same
recording read from disk give the same chunks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.speech.transcribe import RATE, Samples
from analysis.speech.voice import SILENT_PEAK, clean, peak, voice_in
from data.domain import Interval

CHUNK_SECONDS = 24.0
"""Whisper's window is 30 s; shorter chunks leave it room and keep the wait after Finish short."""

EARLIEST_CUT_SECONDS = 10.0
"""A cut before this would spend a whole encoder window on little speech."""

SHORTEST_GAP_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the recording. `samples` are cleaned; `voiced` counts from the recording's start."""

    start_seconds: float
    samples: Samples
    voiced: tuple[Interval, ...]
    peak: float
    clipped_samples: int

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / RATE


class Chunker:
    """Takes audio in any portions and gives chunks as soon as each is certain."""

    def __init__(self, start_samples: int = 0) -> None:
        """`start_samples` is where in the recording the first sample fed lies."""
        self._start = start_samples
        self._parts: list[Samples] = []
        self._size = 0

    def feed(self, samples: Samples) -> list[Chunk]:
        """Add audio (mono, 16 kHz) and return the chunks it completed."""
        self._parts.append(samples)
        self._size += len(samples)
        chunks = []
        while self._size >= CHUNK_SECONDS * RATE:
            chunks.append(self._cut())
        return chunks

    def finish(self) -> list[Chunk]:
        """Return what is left as one last chunk, if anything is."""
        rest, self._parts, self._size = self._joined(), [], 0
        return [self._chunk(rest, clean(rest), None)] if len(rest) else []

    def _cut(self) -> Chunk:
        joined = self._joined()
        window = joined[: int(CHUNK_SECONDS * RATE)]
        cleaned = clean(window)
        voiced = _voice(window, cleaned)
        at = round(_cut_seconds(voiced, cleaned) * RATE)
        self._parts = [joined[at:]]
        self._size = len(joined) - at
        return self._chunk(window[:at], cleaned[:at], voiced)

    def _joined(self) -> Samples:
        return np.concatenate(self._parts) if self._parts else np.zeros(0, np.float32)

    def _chunk(self, raw: Samples, cleaned: Samples, voiced: tuple[Interval, ...] | None) -> Chunk:
        offset = self._start / RATE
        self._start += len(raw)
        end = len(raw) / RATE
        inside = _voice(raw, cleaned) if voiced is None else voiced
        shifted = tuple(
            Interval(offset + span.start_seconds, offset + min(span.end_seconds, end))
            for span in inside
            if span.start_seconds < end
        )
        clipped = int(np.count_nonzero(np.abs(raw) >= 0.99))
        return Chunk(offset, cleaned, shifted, peak(raw), clipped)


def _voice(raw: Samples, cleaned: Samples) -> tuple[Interval, ...]:
    return voice_in(cleaned) if peak(raw) >= SILENT_PEAK else ()


def _cut_seconds(voiced: tuple[Interval, ...], cleaned: Samples) -> float:
    """The middle of the longest gap in the later part of the window; without one, its quietest moment."""
    end = len(cleaned) / RATE
    if not voiced:
        return end
    edges = [*(edge for span in voiced for edge in (span.start_seconds, span.end_seconds)), end]
    gaps = [Interval(begin, until) for begin, until in zip(edges[1::2], edges[2::2], strict=True)]
    later = [
        gap for gap in gaps if gap.seconds >= SHORTEST_GAP_SECONDS and gap.end_seconds >= EARLIEST_CUT_SECONDS
    ]
    if later:
        best = max(later, key=lambda gap: gap.seconds)
        return (best.start_seconds + best.end_seconds) / 2
    return _quietest(cleaned)


def _quietest(cleaned: Samples) -> float:
    frame = RATE // 10
    tail = cleaned[int(EARLIEST_CUT_SECONDS * RATE) :]
    frames = tail[: len(tail) // frame * frame].reshape(-1, frame)
    index = int(np.argmin(np.mean(np.square(frames), axis=1)))
    return EARLIEST_CUT_SECONDS + (index + 0.5) * frame / RATE
