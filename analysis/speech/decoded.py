"""What the local engine's decoder gives, made into words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from data.domain import Word
from data.domain.letters import visible

EARLY_SECONDS = 0.02
"""Whisper's attention runs ahead of the voice: its word starts come early by this (median)."""

TAIL_SECONDS = 1.0
"""Whisper decodes what is left after its last segment on its own, and on a tail shorter than this it
invents words ("Bye.", "I'm sorry" dozens of times) or spends many seconds looping."""

UNLIKELY = -1.0
"""Mean log probability under which a separately decoded rest is invented (Whisper's own threshold)."""


def joined(pieces: Iterable[Any]) -> Iterator[Word]:
    """Put together what belongs together: a piece without a space before it goes on the word before.

    Otherwise "10,000" would read "10 ,000" and "at-least-once" "at -least -once".
    """
    groups: list[list[Any]] = []
    for piece in pieces:
        if groups and not piece.word.startswith(" "):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in groups:
        text = visible("".join(piece.word for piece in group)).strip()
        if any(map(str.isalnum, text)):
            sure = min(float(piece.probability) for piece in group)
            end = float(group[-1].end)
            yield Word(text, min(float(group[0].start) + EARLY_SECONDS, end), end, sure)


def said(segments: Iterable[Any], seconds: float) -> Iterator[Any]:
    """Give the segments that were spoken; stop before a tail too short to hold any is decoded."""
    for segment in segments:
        if segment.seek == 0 or segment.avg_logprob >= UNLIKELY:
            yield segment
        if segment.end > seconds - TAIL_SECONDS:
            return
