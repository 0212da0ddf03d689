"""Which key points an answer's words speak of: place, match, heard. Pure.

Where a question has examples of what people say (`data/wordings`), each point looks for the one or two
neighbouring sentences that are most like those that make it and least like those that turn it round. Without
examples, as in sets of one's own, for those that carry most of its words, as near words in contextual MiniLM
vectors, and carry it better than any other point; a wrong claim in the same words is then heard as well. No
list of words or phrases takes part.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.reading.embeddings import Embedded, Floats
from analysis.reading.placed import Placed, Point, Said
from analysis.reading.quotes import cut_out
from analysis.reading.worded import Worded, has_examples, makes_it
from data.domain import CoverageStatus, Evidence

HEARD = 0.7
"""From here on nine of ten passages that do not turn the point round say it, in each batch of others.

Those that turn it round are heard nearly as often as those that say it, at every height.
"""
TOUCHED = 0.5
"""Below it the words are of something else; between the two it cannot be told."""
MADE, TOUCHED_ON = 0.5, -1.0
"""The same where there are examples, as log-odds: from here on 19 of 20 points heard were said, in twelve
answers written for choosing it, by another author than the examples."""
GIVEN_WORD_WEIGHT = 0.15
"""Weight of a word that the question or the interviewer had said already."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One key point: how clearly it was spoken of, in a word, and the passage where it was heard."""

    point: Point
    strength: float
    status: CoverageStatus
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class _Passage:
    """One sentence, or two neighbours of one turn, by their places."""

    first: int
    last: int


def hear(placed: Placed) -> tuple[Heard, ...]:
    """Every key point that has words, in order; nothing is heard where nothing was said."""
    told = placed.said
    if not told or not placed.points:
        return tuple(Heard(point, 0.0, "missed") for point in placed.points)
    known = placed.worded
    if known is None or len(placed.points) != len(placed.answer.question.key_points):
        return hear_by_words(placed)
    found = _by_examples(placed, known)
    if all(has_examples(known, at) for at in range(len(found))):
        return found
    by_words = hear_by_words(placed)
    return tuple(one if has_examples(known, at) else by_words[at] for at, one in enumerate(found))


def hear_by_words(placed: Placed) -> tuple[Heard, ...]:
    """By the words of the points alone; `strength` is 0-1 and somewhat more."""
    told = placed.said
    passages = _passages(told)
    carried = np.stack([_carried(point.merged, told, passages, placed.given) for point in placed.points])
    return _best(placed, passages, carried, carried + _ahead(carried), (TOUCHED, HEARD))


def _by_examples(placed: Placed, known: Worded) -> tuple[Heard, ...]:
    """By the examples; a point that has none is compared with its own text alone."""
    passages = _passages(placed.said)
    said = [one.embedded for one in placed.said]
    places = [(one.first, one.last) for one in passages]
    odds = makes_it(known, len(placed.points), said, places, placed.given)
    return _best(placed, passages, odds, odds, (TOUCHED_ON, MADE))


def _best(
    placed: Placed,
    passages: Sequence[_Passage],
    likeness: Floats,
    strengths: Floats,
    least: tuple[float, float],
) -> tuple[Heard, ...]:
    """The passage most like each point, and whether that is enough to be touched on or heard."""
    found = []
    for point, alike, strength in zip(placed.points, likeness, strengths, strict=True):
        best = int(alike.argmax())
        found.append(_heard(point, placed.said, passages[best], float(strength[best]), least))
    return tuple(found)


def _heard(
    point: Point, told: Sequence[Said], best: _Passage, strength: float, least: tuple[float, float]
) -> Heard:
    touched, heard = least
    if strength < heard:
        return Heard(point, strength, "missed" if strength < touched else "cannot_tell")
    evidence = _quoted(told, best)
    return Heard(point, strength, "covered" if evidence else "cannot_tell", evidence)


def _passages(told: Sequence[Said]) -> list[_Passage]:
    pairs = (at for at in range(len(told) - 1) if told[at].turn is told[at + 1].turn)
    return [*(_Passage(at, at) for at in range(len(told))), *(_Passage(at, at + 1) for at in pairs)]


def _carried(
    point: Embedded, told: Sequence[Said], passages: Sequence[_Passage], given: Collection[str]
) -> Floats:
    """How much of the point each passage has (0-1), every word of it weighed by its rarity."""
    weights = _weights(point, given)
    nearest = np.stack([(point.vectors @ one.embedded.vectors.T).max(axis=1) for one in told], axis=1)
    firsts, lasts = ([getattr(one, end) for one in passages] for end in ("first", "last"))
    whole: Floats = weights @ np.maximum(nearest[:, firsts], nearest[:, lasts]) / weights.sum()
    return whole


def _weights(point: Embedded, given: Collection[str]) -> Floats:
    """Never zero, so that every point can be missed."""
    told_already = [GIVEN_WORD_WEIGHT if root in given else 1.0 for root in point.stems]
    weights: Floats = point.rarity * np.array(told_already, np.float32) + np.float32(1e-4)
    return weights


def _ahead(carried: Floats) -> Floats:
    """By how much each passage has more of each point than of any other; nothing where there is one only."""
    if len(carried) == 1:
        return np.zeros_like(carried)
    others = np.stack([np.delete(carried, at, axis=0).max(axis=0) for at in range(len(carried))])
    ahead: Floats = carried - others
    return ahead


def _quoted(told: Sequence[Said], best: _Passage) -> Evidence | None:
    """The passage in the candidate's words, to the end of the thought: ":" and ";" do not end one."""
    first, last = best.first, best.last
    while first > 0 and _goes_on(told[first - 1], told[first]):
        first -= 1
    while last + 1 < len(told) and _goes_on(told[last], told[last + 1]):
        last += 1
    turn = told[first].turn
    return cut_out(turn, told[first].sentence.start, told[last].sentence.end) if turn else None


def _goes_on(one: Said, other: Said) -> bool:
    if one.turn is None or one.turn is not other.turn:
        return False
    between = one.turn.text[one.sentence.end : other.sentence.start].strip()
    return between in (":", ";")
