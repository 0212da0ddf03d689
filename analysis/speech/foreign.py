"""Stretches in which an engine was unsure word after word: it may have heard another language as English.

Found by the confidence of the words alone; whether it is another language is for the engine to say, when it
hears the stretch by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from analysis.speech.voiced_time import merged
from data.domain import Interval, Word

WINDOW_WORDS = 7
UNSURE = 0.65
"""Mean confidence of a window under which a stretch is listened to again. On 18 clips of English (read,
spoken, technical) one window in all was under it, of fillers only; German heard as English has 0.46."""
SHORTEST_SECONDS = 2.0
"""A shorter stretch is too little to know a language by."""
PAUSE_SECONDS = 0.2


def unsure(words: Sequence[Word]) -> tuple[Interval, ...]:
    """The stretches; none for words without times or confidence."""
    if any(word.start_seconds is None or word.confidence is None for word in words):
        return ()
    sure = np.array([word.confidence for word in words], np.float64)
    low = [_around(sure, at) < UNSURE for at in range(len(sure))]
    stretches: list[Interval] = []
    for is_low, places in groupby(range(len(sure)), key=lambda at: low[at]):
        run = list(places)
        start, end = words[run[0]].start_seconds or 0.0, words[run[-1]].end_seconds or 0.0
        if is_low and end - start >= SHORTEST_SECONDS:
            stretches.append(Interval(start, end))
    return tuple(stretches)


def is_sure(words: Sequence[Word]) -> bool:
    """Whether the engine believed these words, as a whole. An engine that gives no confidence is believed."""
    known = [word.confidence for word in words if word.confidence is not None]
    return not known or sum(known) / len(known) >= UNSURE


def to_pauses(stretch: Interval, voiced: Sequence[Interval]) -> Interval:
    """The stretch as far as the pauses around it: languages change between sentences more than in them."""
    touched = [
        span
        for span in merged(voiced, PAUSE_SECONDS)
        if span.start_seconds < stretch.end_seconds and span.end_seconds > stretch.start_seconds
    ]
    starts = (span.start_seconds for span in touched)
    ends = (span.end_seconds for span in touched)
    return Interval(min(starts, default=stretch.start_seconds), max(ends, default=stretch.end_seconds))


def without(words: Sequence[Word], stretch: Interval) -> tuple[Word, ...]:
    """The words that do not begin in it."""
    return tuple(
        word
        for word in words
        if not stretch.start_seconds <= (word.start_seconds or 0.0) < stretch.end_seconds
    )


def _around(sure: np.ndarray[tuple[int, ...], np.dtype[np.float64]], at: int) -> float:
    half = WINDOW_WORDS // 2
    return float(sure[max(0, at - half) : at + half + 1].mean())
