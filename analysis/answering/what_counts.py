"""What counts of what a scorer said: levels with quotes, and no point whose false version was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.reading.quotes import only_quoted
from data.domain import Assessment, KeyPointResult, Misconception, Question


def claims_at(question: Question, places: Sequence[int]) -> tuple[Misconception, ...]:
    """The known wrong claims at these places; a question that was changed since may have fewer."""
    known = question.misconceptions
    return tuple(known[place] for place in places if 0 <= place < len(known))


def what_counts(assessment: Assessment, question: Question, challenged: Sequence[int]) -> Assessment:
    """The assessment without what does not count, whoever said it. Pure.

    A level above 1 needs a quote, and nothing can be told of a point whose false version was tested.
    """
    scores = tuple(only_quoted(score) for score in assessment.scores)
    points = tuple(_told(one, _said_wrongly(question, challenged)) for one in assessment.key_points)
    return replace(assessment, scores=scores, key_points=points)


def _said_wrongly(question: Question, places: Sequence[int]) -> set[str]:
    points = question.key_points
    at = {one.contradicts for one in claims_at(question, places) if one.contradicts}
    return {point.id for number, point in enumerate(points, start=1) if number in at}


def _told(one: KeyPointResult, wrong: set[str]) -> KeyPointResult:
    heard = one.key_point.id in wrong and one.status in ("covered", "partly")
    return replace(one, status="cannot_tell") if heard else one
