"""An answer over time as strips for a report: speech, fillers, and where its quotes were said. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.reviewing.transcript_lines import quotes
from data.domain import AttemptResult

_NARROWEST = 0.004
"""Share of the strip below which a stretch would not be seen on paper."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the recording; both are shares of its length."""

    begin: float
    width: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of the picture, and what it shows in words."""

    title: str
    told: str
    stretches: tuple[Stretch, ...]


def strips_of(result: AttemptResult, *, fillers: bool) -> tuple[Strip, ...]:
    """Rows that share one time axis, the length of the recording; none for an answer that was typed."""
    if result.speech is None or not result.speech.voiced or result.speech.seconds <= 0:
        return ()
    return tuple(_strips(result, fillers))


def _strips(result: AttemptResult, fillers: bool) -> Iterator[Strip]:
    speech = result.speech
    assert speech is not None
    spoken = sum(part.seconds for part in speech.voiced)
    yield Strip(
        "Speech",
        f"{spoken:.0f} of {speech.seconds:.0f} s in {len(speech.voiced)} stretches",
        _stretches(((part.start_seconds, part.end_seconds) for part in speech.voiced), speech.seconds),
    )
    if fillers and speech.fillers:
        spans = ((one.start_seconds, one.end_seconds) for one in speech.fillers)
        yield Strip("Fillers", f"{len(speech.fillers)}", _stretches(spans, speech.seconds))
    placed = [one.evidence for one in quotes(result.assessment) if one.evidence.start_seconds is not None]
    if placed:
        spans = ((one.start_seconds or 0.0, one.end_seconds or one.start_seconds or 0.0) for one in placed)
        yield Strip("Quotes", f"{len(placed)}", _stretches(spans, speech.seconds))


def _stretches(spans: Iterable[tuple[float, float]], seconds: float) -> tuple[Stretch, ...]:
    inside = ((min(begin, seconds), min(end, seconds)) for begin, end in spans)
    return tuple(
        Stretch(round(begin / seconds, 4), round(max(_NARROWEST, (end - begin) / seconds), 4))
        for begin, end in inside
    )
