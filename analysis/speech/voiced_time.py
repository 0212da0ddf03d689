"""Which of the voiced time has words, and which stretches an engine passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from data.domain import Interval, Word

NEAR_SECONDS = 0.3
"""Voice this close to a word counts as its own: the times of both are that uncertain."""

SKIPPED_SECONDS = 2.0
"""So much voice between two words was passed over: nobody draws out a word or a hesitation so long."""

STRETCHED_SECONDS = 1.5
"""So much voice in one word is that of several: of 484 words of English clips the longest had 1.24 s."""


def merged(spans: Iterable[Interval], gap: float = 0.0) -> list[Interval]:
    """Join intervals that touch or lie closer than `gap` seconds."""
    joined: list[Interval] = []
    for span in sorted(spans, key=lambda span: span.start_seconds):
        if joined and span.start_seconds - joined[-1].end_seconds <= gap:
            end = max(joined[-1].end_seconds, span.end_seconds)
            joined[-1] = Interval(joined[-1].start_seconds, end)
        else:
            joined.append(span)
    return joined


def within(voiced: Iterable[Interval], stretch: Interval) -> tuple[Interval, ...]:
    """The parts of `voiced` that lie inside `stretch`."""
    return tuple(
        Interval(max(span.start_seconds, stretch.start_seconds), min(span.end_seconds, stretch.end_seconds))
        for span in voiced
        if span.end_seconds > stretch.start_seconds and span.start_seconds < stretch.end_seconds
    )


def covered(words: Iterable[Word], voiced: tuple[Interval, ...]) -> float:
    """Return the share of voiced time that lies within or near a word; 1 without word times."""
    words = tuple(words)
    total = _seconds(voiced)
    if not total:
        return 1.0
    near = [
        Interval(span.start_seconds - NEAR_SECONDS, span.end_seconds + NEAR_SECONDS) for span in _spans(words)
    ]
    if not near:
        return 1.0 if words else 0.0
    return sum(_seconds(within(voiced, span)) for span in merged(near)) / total


def unheard(words: Iterable[Word], voiced: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Return the stretches between words (or before, after all of them) that hold `SKIPPED_SECONDS` of voice.

    Empty for words without times: nobody can say where they were spoken.
    """
    words = tuple(words)
    spans = merged(_spans(words))
    if not voiced or (words and not spans):
        return ()
    begins = [voiced[0].start_seconds, *(span.end_seconds for span in spans)]
    ends = [*(span.start_seconds for span in spans), voiced[-1].end_seconds]
    gaps = (Interval(begin, end) for begin, end in zip(begins, ends, strict=True))
    return tuple(gap for gap in gaps if _seconds(within(voiced, gap)) >= SKIPPED_SECONDS)


def stretched(words: Iterable[Word], voiced: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Return where single words lie that hold `STRETCHED_SECONDS` of voice: each stands for several."""
    return tuple(span for span in _spans(words) if _seconds(within(voiced, span)) >= STRETCHED_SECONDS)


def halves(voiced: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Cut a stretch of voice in two, in the silence nearest to its middle; empty without any."""
    start, end = voiced[0].start_seconds, voiced[-1].end_seconds
    silences = [(a.end_seconds + b.start_seconds) / 2 for a, b in pairwise(voiced)]
    if not silences:
        return ()
    cut = min(silences, key=lambda second: abs(second - (start + end) / 2))
    return Interval(start, cut), Interval(cut, end)


def _spans(words: Iterable[Word]) -> Iterator[Interval]:
    for word in words:
        if word.start_seconds is not None and word.end_seconds is not None:
            yield Interval(word.start_seconds, word.end_seconds)


def _seconds(spans: Iterable[Interval]) -> float:
    return sum(span.seconds for span in spans)
