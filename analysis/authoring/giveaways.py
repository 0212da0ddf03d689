"""Whether what an interviewer says gives a key point away before anybody said it.

By words: stems of the point that the question has not. By meaning: the reader that looks for key points in
an answer finds it in the interviewer's line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.authoring.finding import Finding, Path, found
from analysis.reading.heard import HEARD, hear_by_words
from analysis.reading.leaks import leaked_words, stems
from analysis.reading.placed import place
from data.domain import Answer, KeyPoint, Question, Turn

MOST_SHARED_STEMS = 2
SHARE, SHARE_OF_GIVEN = 1 / 3, 1 / 2
"""Of a key point's content words, in one line: in six written-out designs a third hint (the content itself)
has up to 0.58, everything else at most 0.33."""
LIKENESS, LIKENESS_OF_GIVEN = HEARD, 0.9
"""From here on a key point is heard: there, in half of the third hints and in none of 175 probes, other
hints, challenges and twists. Facts state what key points work with, so for them it is more, of words too."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Something the interviewer may say, and the key points it must not give away."""

    path: Path
    text: str
    points: tuple[KeyPoint, ...]
    strict: bool = False
    """Not one new word of the point may be in it."""
    given: bool = False
    """It states what the point works with."""


def told_by_words(question: Question) -> Iterator[Finding]:
    """Lines with the words of a key point in them."""
    heard = f"{question.title} {question.text}"
    for line in _lines(question):
        for point in line.points:
            shared = leaked_words(line.text, (point,), heard)
            share = SHARE_OF_GIVEN if line.given else SHARE
            most = 0 if line.strict else max(MOST_SHARED_STEMS, share * len(stems(point.text)))
            if len(shared) > most:
                yield _given_away(question, line, point, f"by {', '.join(sorted(shared))}")


def told_by_meaning(question: Question) -> Iterator[Finding]:
    """Lines in which a key point is heard."""
    lines = list(_lines(question))
    spoken = [Turn(at + 1, "candidate", line.text) for at, line in enumerate(lines)]
    asked = Turn(0, "interviewer", f"{question.title}. {question.text}")
    placed = place(Answer(question, (asked, *spoken)))
    for line, turn in zip(lines, spoken, strict=True):
        likeness = LIKENESS_OF_GIVEN if line.given else LIKENESS
        alone = replace(placed, said=tuple(one for one in placed.said if one.turn is turn))
        for heard in hear_by_words(alone) if alone.said else ():
            if heard.strength >= likeness and heard.point.key_point in line.points:
                yield _given_away(question, line, heard.point.key_point, f"in meaning ({heard.strength:.2f})")


def _lines(question: Question) -> Iterator[_Line]:
    for at, point in enumerate(question.key_points):
        yield _Line(("key_points", at, "probe"), point.probe, (point,), strict=True)
        for step, hint in enumerate(point.hints[:2]):
            yield _Line(("key_points", at, "hints", step), hint, (point,))
    every = question.key_points
    for at, one in enumerate(question.misconceptions):
        yield _Line(("misconceptions", at, "challenge"), one.challenge, every)
    if question.twist:
        yield _Line(("twist", "text"), question.twist.text, every)
    for at, fact in enumerate(question.facts):
        yield _Line(("facts", at), fact.text, every, given=True)
    for at, seen in enumerate(question.observations):
        yield _Line(("observations", at, "shows"), seen.shows, every, given=True)


def _given_away(question: Question, line: _Line, point: KeyPoint, how: str) -> Finding:
    number = question.key_points.index(point) + 1
    return found(question, "giveaway", f"gives key point {number} away {how}: “{line.text}”", *line.path)
