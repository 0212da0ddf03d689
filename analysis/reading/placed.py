"""What was asked and what was said, cut into sentences with their vectors: one pass over an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.reading import embeddings
from analysis.reading.embeddings import Embedded, embed, merge
from analysis.reading.sentences import Line, Sentence, lines_of, sentences
from analysis.reading.worded import BESIDE_IT, MAKES_IT, TURNS_IT, Worded, worded
from data.domain import Answer, KeyPoint, Turn
from data.wordings import WordingKind, wordings_of

_SIDES: dict[WordingKind, int] = {
    "said": MAKES_IT,
    "plain": MAKES_IT,
    "wrong": TURNS_IT,
    "related": BESIDE_IT,
}
_QUESTIONS_REMEMBERED = 16
"""About three megabytes of vectors each."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of an answer with its vectors and the turn it is in."""

    sentence: Sentence
    embedded: Embedded
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A key point, its sentences, and all of them as one."""

    key_point: KeyPoint
    parts: tuple[Said, ...]
    merged: Embedded


@dataclass(frozen=True, slots=True)
class Placed:
    """An answer as it is compared.

    `asked`: the question and every line of the interviewer; `given`: their word stems. `points`: the key
    points that have words; `worded`: what people say of them, where examples were written. `lines`: what the
    candidate said, as often as it was said; `said`: the same and the comments of written code, each sentence
    once.
    """

    answer: Answer
    asked: tuple[Said, ...]
    given: frozenset[str]
    points: tuple[Point, ...]
    worded: Worded | None
    lines: tuple[Line, ...]
    said: tuple[Said, ...]


def place(answer: Answer, comments: Sequence[Turn] = ()) -> Placed:
    """Cut everything first, then embed it; only what belongs to the question is remembered."""
    key_points = answer.question.key_points
    spoken = (turn.text for turn in answer.turns if turn.speaker == "interviewer")
    asked = [one for text in (answer.question.text, *spoken) for one in _of_question(text)]
    wanted = [_of_question(point.text) for point in key_points]
    lines = lines_of(answer.candidate_turns)
    once: dict[str, Line] = {}
    for line in (*lines, *lines_of(comments)):
        once.setdefault(line.sentence.text, line)
    known = [one.text for one in (*asked, *(one for parts in wanted for one in parts))]
    vectors = dict(zip(known, embed(known, remember=True), strict=True))
    heard = zip(once.values(), embed(list(once)), strict=True)
    asking = tuple(Said(one, vectors[one.text]) for one in asked if vectors[one.text].words)
    pointed = (tuple(Said(one, vectors[one.text]) for one in parts) for parts in wanted)
    with_words = (tuple(one for one in parts if one.embedded.words) for parts in pointed)
    return Placed(
        answer=answer,
        asked=asking,
        given=frozenset(root for one in asking for root in one.embedded.stems),
        points=tuple(
            Point(key_point, parts, merge([one.embedded for one in parts]))
            for key_point, parts in zip(key_points, with_words, strict=True)
            if parts
        ),
        worded=_worded(answer.question.id, tuple(point.text for point in key_points)),
        lines=lines,
        said=tuple(Said(line.sentence, words, line.turn) for line, words in heard if words.words),
    )


@lru_cache(maxsize=1024)
def _of_question(text: str) -> tuple[Sentence, ...]:
    return sentences(text)


def forget() -> None:
    """Drop what is remembered of questions; benchmarks start from nothing."""
    _worded.cache_clear()
    embeddings.forget()


@lru_cache(maxsize=_QUESTIONS_REMEMBERED)
def _worded(question_id: str, points: tuple[str, ...]) -> Worded | None:
    """The examples of what people say of each key point; None where there are none at all."""
    known = [wordings_of(question_id, point) for point in points]
    if not any(known):
        return None
    own = [(at, MAKES_IT, point) for at, point in enumerate(points)]
    examples = [(at, _SIDES[one.kind], one.text) for at, lines in enumerate(known) for one in lines]
    return _embedded_wordings([*own, *examples])


def _embedded_wordings(told: Sequence[tuple[int, int, str]]) -> Worded:
    parts = [_of_question(text) for _, _, text in told]
    vectors = dict(zip(every := [one.text for part in parts for one in part], embed(every), strict=True))
    merged = (merge([vectors[one.text] for one in part]) for part in parts)
    return worded([(at, side, words) for (at, side, _), words in zip(told, merged, strict=True)])
