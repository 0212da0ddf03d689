"""Word times: snapped to where the voice really starts and stops."""

from __future__ import annotations

from analysis.speech.chunks import Chunk
from data.domain import Interval, Word

NEAR_SECONDS = 0.4
"""Whisper's word times are off by up to this; a voice edge within it is the better witness."""

SPLIT_SECONDS = 0.2
"""A silence this long is between words, not in one."""


def settle(words: tuple[Word, ...], voiced: tuple[Interval, ...]) -> tuple[Word, ...]:
    """Drop words said where nobody spoke and snap word edges to voice edges close by."""
    return tuple(_snapped(word, voiced) for word in words if _spoken(word, voiced))


def spread(words: tuple[Word, ...], voiced: tuple[Interval, ...]) -> tuple[Word, ...]:
    """Give words without times an estimate: shared out over the voiced time by their length."""
    total = sum(len(word.text) for word in words) or 1
    spoken = sum(span.seconds for span in voiced)
    seen = 0
    placed = []
    for word in words:
        start = _at(voiced, spoken * seen / total)
        seen += len(word.text)
        placed.append(Word(word.text, start, _at(voiced, spoken * seen / total), word.confidence))
    return tuple(placed)


def on_clock(chunk: Chunk, words: tuple[Word, ...], estimate: bool = True) -> tuple[Word, ...]:
    """Move times to the recording's clock; spread words that have none over the chunk's speech."""
    if any(word.start_seconds is None or word.end_seconds is None for word in words):
        return spread(words, chunk.voiced) if estimate else words
    return tuple(
        Word(
            word.text,
            chunk.start_seconds + (word.start_seconds or 0.0),
            chunk.start_seconds + (word.end_seconds or 0.0),
            word.confidence,
        )
        for word in words
    )


def _at(voiced: tuple[Interval, ...], spoken: float) -> float:
    """The clock time at which `spoken` seconds of voice have passed."""
    for span in voiced:
        if spoken <= span.seconds:
            return span.start_seconds + spoken
        spoken -= span.seconds
    return voiced[-1].end_seconds if voiced else 0.0


def _snapped(word: Word, voiced: tuple[Interval, ...]) -> Word:
    """Keep the part of the word that has the most voice; edges in silence move to the voice.

    An engine that lets a word begin before a pause means the voice after it.
    """
    start, end = word.start_seconds, word.end_seconds
    if start is None or end is None:
        return word
    inside = [span for span in voiced if span.end_seconds > start and span.start_seconds < end]
    if not inside:
        return word
    shared = [min(span.end_seconds, end) - max(span.start_seconds, start) for span in inside]
    best = inside[shared.index(max(shared))]
    first = best if _apart(inside[0], best) else inside[0]
    last = best if _apart(best, inside[-1]) else inside[-1]
    return Word(
        word.text,
        max(start, first.start_seconds),
        min(end, last.end_seconds),
        word.confidence,
    )


def _apart(before: Interval, after: Interval) -> bool:
    return after.start_seconds - before.end_seconds >= SPLIT_SECONDS


def _spoken(word: Word, voiced: tuple[Interval, ...]) -> bool:
    if word.start_seconds is None or word.end_seconds is None:
        return True
    return any(
        word.start_seconds < span.end_seconds + NEAR_SECONDS
        and word.end_seconds > span.start_seconds - NEAR_SECONDS
        for span in voiced
    )
