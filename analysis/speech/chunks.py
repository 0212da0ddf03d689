"""Cutting a recording into chunks that a speech engine can take, at pauses, as the audio arrives.

The cuts depend on the audio alone, not on how it was handed over: a live answer and the same
recording read from disk give the same chunks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from analysis.speech.transcribe import RATE, Samples
from analysis.speech.voice import SILENT_PEAK, clean, is_narrow, peak, voice_in
from analysis.speech.voiced_time import within
from data.domain import Interval

CHUNK_SECONDS = 29.0
"""Just under Whisper's window of 30 s: each cut costs words around it. Three spontaneous clips of 25 to 27 s
had 14 errors in 182 words cut at 24 s and 9 uncut, and fillers near the cuts were missed."""

EARLIEST_CUT_SECONDS = 15.0
"""A cut before this would spend a whole encoder window on little speech."""

BEFORE_SECONDS = 10.0
"""How much of the audio before a chunk is looked at with it, to know level and noise floor."""

SHORTEST_GAP_SECONDS = 0.1


END_SILENCE_SECONDS = 0.2
"""As much of the silence after the last voice is handed to the engine."""


@dataclass(frozen=True)
class Chunk:
    """A stretch of the recording. `samples` are cleaned; `voiced` counts from the recording's start."""

    start_seconds: float
    samples: Samples
    voiced: tuple[Interval, ...]
    peak: float
    clipped_samples: int
    narrow: bool = False
    """Whether nothing above 4 kHz is in it."""

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / RATE

    @cached_property
    def spoken(self) -> Samples:
        """The samples an engine is given: silence after the last voice invites it to fill it with words.

        One array each time, so that an engine asked twice encodes it once.
        """
        last = self.voiced[-1].end_seconds - self.start_seconds + END_SILENCE_SECONDS
        return self.samples[: round(last * RATE)]

    def within(self, stretch: Interval) -> Chunk:
        """The part of it in `stretch`, seconds of the recording."""
        first, last = (
            round((edge - self.start_seconds) * RATE) for edge in (stretch.start_seconds, stretch.end_seconds)
        )
        start = self.start_seconds + first / RATE
        return replace(
            self,
            start_seconds=start,
            samples=self.samples[first:last],
            voiced=within(self.voiced, stretch),
        )


class Chunker:
    """Takes audio in any portions and gives chunks as soon as each is certain."""

    def __init__(self, start_samples: int = 0) -> None:
        """`start_samples` is where in the recording the first sample fed lies."""
        self._start = start_samples
        self._before: Samples = np.zeros(0, np.float32)
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
        """Return what is there as one chunk, if anything is; audio may go on after it (a flush)."""
        rest, self._parts, self._size = self._joined(), [], 0
        if not len(rest):
            return []
        cleaned, voiced = self._hearken(rest)
        return [self._chunk(rest, cleaned, voiced)]

    def _cut(self) -> Chunk:
        joined = self._joined()
        window = joined[: int(CHUNK_SECONDS * RATE)]
        cleaned, voiced = self._hearken(window)
        at = round(_cut_seconds(voiced, cleaned) * RATE)
        self._parts = [joined[at:]]
        self._size = len(joined) - at
        return self._chunk(window[:at], cleaned[:at], voiced)

    def _joined(self) -> Samples:
        return np.concatenate(self._parts) if self._parts else np.zeros(0, np.float32)

    def _hearken(self, raw: Samples) -> tuple[Samples, tuple[Interval, ...]]:
        """Clean the audio and find the voice in it, on the clock of its first sample.

        Both look at the seconds before as well: level and noise floor of a short rest would mislead.
        """
        before = len(self._before) / RATE
        longer = np.concatenate([self._before, raw])
        cleaned = clean(longer)
        voiced = voice_in(cleaned) if peak(longer) >= SILENT_PEAK else ()
        moved = (
            Interval(max(0.0, span.start_seconds - before), span.end_seconds - before) for span in voiced
        )
        return cleaned[len(self._before) :], tuple(span for span in moved if span.end_seconds > 0)

    def _chunk(self, raw: Samples, cleaned: Samples, voiced: tuple[Interval, ...]) -> Chunk:
        offset, end = self._start / RATE, len(raw) / RATE
        self._start += len(raw)
        self._before = np.concatenate([self._before, raw])[-int(BEFORE_SECONDS * RATE) :]
        shifted = tuple(
            Interval(offset + span.start_seconds, offset + min(span.end_seconds, end))
            for span in voiced
            if span.start_seconds < end
        )
        clipped = int(np.count_nonzero(np.abs(raw) >= 0.99))
        return Chunk(offset, cleaned, shifted, peak(raw), clipped, bool(shifted) and is_narrow(raw))


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
