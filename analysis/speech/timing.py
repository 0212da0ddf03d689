"""Word times: snapped to where the voice really starts and stops."""

from __future__ import annotations

from data.domain import Interval, Word

NEAR_SECONDS = 0.4
"""Whisper's word times are off by up to this; a voice edge within it is the better witness."""


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


def _at(voiced: tuple[Interval, ...], spoken: float) -> float:
    """The clock time at which `spoken` seconds of voice have passed."""
    for span in voiced:
        if spoken <= span.seconds:
            return span.start_seconds + spoken
        spoken -= span.seconds
    return voiced[-1].end_seconds if voiced else 0.0


def _snapped(word: Word, voiced: tuple[Interval, ...]) -> Word:
    """Move an edge that lies in silence to the voice edge inside the word, when that is near."""
    start, end = word.start_seconds, word.end_seconds
    if start is None or end is None:
        return word
    inside = [span for span in voiced if span.end_seconds > start and span.start_seconds < end]
    if inside and 0 < inside[0].start_seconds - start <= NEAR_SECONDS:
        start = inside[0].start_seconds
    if inside and 0 < end - inside[-1].end_seconds <= NEAR_SECONDS:
        end = inside[-1].end_seconds
    return Word(word.text, start, end, word.confidence)


def _spoken(word: Word, voiced: tuple[Interval, ...]) -> bool:
    if word.start_seconds is None or word.end_seconds is None:
        return True
    return any(
        word.start_seconds < span.end_seconds + NEAR_SECONDS
        and word.end_seconds > span.start_seconds - NEAR_SECONDS
        for span in voiced
    )
