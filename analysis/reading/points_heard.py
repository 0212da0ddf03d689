"""Which key points an answer made, with the quote of each, and the quotes that carry a level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.reading.alignment import Match, Said, match, said, stems
from analysis.reading.contradiction import is_denied
from analysis.reading.depth import most_telling
from analysis.reading.fitted import load_model
from analysis.reading.quotes import SHORTEST_QUOTE_WORDS, count_words, evidence_at, span_at
from analysis.reading.screening import Screened
from data.domain import Answer, CoverageStatus, Evidence, KeyPoint, Turn

MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Point:
    """A key point and its sentences."""

    key_point: KeyPoint
    parts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What one pass over an answer (or over its volunteered part) found for one key point."""

    point: Point
    strength: float
    status: CoverageStatus
    evidence: Evidence | None


def heard_of(mine: Sequence[Found]) -> tuple[Evidence, ...]:
    """The quotes of the points that were made, the clearest first."""
    made = [one for one in mine if one.status in ("covered", "partly")]
    made.sort(key=lambda one: -one.strength)
    return tuple(dict.fromkeys(one.evidence for one in made if one.evidence))


def deciding(
    heard: Sequence[Evidence], mine: Sequence[Found], screened: Screened, asked: Sequence[Said]
) -> tuple[Evidence, ...]:
    """The quotes that carry a level: the clearest points, and the sentence that says most beside them."""
    if screened.gate or not screened.kept or not mine:
        return ()
    quoted = heard[: MOST_QUOTES - 1]
    left = [one for one in screened.kept if one.turn and not any(_covers(quote, one) for quote in quoted)]
    about = (*asked, *(part for one in mine for part in one.point.parts))
    telling = most_telling(left, stems(asked), about) if left else None
    more = (
        _cut_out(telling.turn, telling.sentence.start, telling.sentence.end)
        if telling and telling.turn
        else None
    )
    return (*quoted, *((more,) if more else heard[MOST_QUOTES - 1 : MOST_QUOTES]))


def _covers(quote: Evidence, one: Said) -> bool:
    return one.turn is not None and quote.turn == one.turn.index and _text(one) in quote.quote


def _text(one: Said) -> str:
    return one.turn.text[one.sentence.start : one.sentence.end] if one.turn else ""


def points_of(answer: Answer) -> list[Point]:
    """The key points of the question that have words."""
    points = [Point(point, said(point.text, remember=True)) for point in answer.question.key_points]
    return [point for point in points if point.parts]


def find(points: Sequence[Point], screened: Screened, asked: Sequence[Said]) -> tuple[Found, ...]:
    """What the kept sentences say of each point; nothing when a gate stopped the answer."""
    given = stems(asked)
    return tuple(_find_one(point, screened, given) for point in points)


def _find_one(point: Point, screened: Screened, given: frozenset[str]) -> Found:
    if screened.gate or not screened.kept:
        return Found(point, 0.0, "missed", None)
    best = match(point.parts, screened.kept, given)
    strength = load_model().coverage(best)
    status = load_model().status(strength)
    if status == "missed":
        return Found(point, strength, status, None)
    window = screened.kept[best.first : best.last + 1]
    evidence = _quote(best, screened.kept)
    if is_denied(point.parts, window, screened.kept):
        return Found(point, 0.0, "contradicted", evidence)
    return Found(point, strength, status if evidence else "cannot_tell", evidence)


def _quote(best: Match, kept: Sequence[Said]) -> Evidence | None:
    first, last = kept[best.first], kept[best.last]
    return _cut_out(first.turn, first.sentence.start, last.sentence.end) if first.turn else None


def _cut_out(turn: Turn, start: int, end: int) -> Evidence | None:
    """The turn's own words in this place, or None when they are too few to say something."""
    enough = count_words(turn.text[start:end]) >= SHORTEST_QUOTE_WORDS
    return evidence_at(turn, span_at(turn, start, end)) if enough else None
