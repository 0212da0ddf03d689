"""The dialogue as lines of words, with the words that a score or a key point quotes marked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.domain import Assessment, Evidence, Speaker, Turn, Word

UNSURE_BELOW = 0.5
"""Words the recogniser gave less than even odds are worth a look."""

LONGEST_LINE = 18
"""Words; a line ends earlier at the end of a sentence."""


@dataclass(frozen=True, slots=True)
class MarkedWord:
    """One word and the criteria whose quotes hold it ("C1", ...); no seconds when it was not timed."""

    text: str
    start_seconds: float | None
    marks: tuple[str, ...] = ()
    unsure: bool = False
    """Heard unclearly."""


@dataclass(frozen=True, slots=True)
class Line:
    """Some words of one turn, up to the end of a sentence. Seconds are None when they were not timed."""

    speaker: Speaker
    words: tuple[MarkedWord, ...]
    start_seconds: float | None
    end_seconds: float | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote and the criterion it speaks for."""

    criterion: str
    evidence: Evidence


def quotes(assessment: Assessment | None) -> tuple[Quoted, ...]:
    """Every quote behind a level or a key point, once a criterion and place."""
    if assessment is None:
        return ()
    found = [Quoted(score.criterion, quote) for score in assessment.scores for quote in score.evidence]
    found += [
        Quoted(point.key_point.competency, quote)
        for point in assessment.key_points
        if point.status in ("covered", "partly")
        for quote in point.quotes
    ]
    seen = {(quoted.criterion, quoted.evidence.turn, quoted.evidence.quote): quoted for quoted in found}
    return tuple(seen.values())


def marked_lines(turns: Sequence[Turn], assessment: Assessment | None = None) -> tuple[Line, ...]:
    """All turns as lines; the first turn of the interviewer, the question itself, is left out."""
    quoted = quotes(assessment)
    return tuple(
        line
        for turn in turns
        if not (turn.index == 0 and turn.speaker == "interviewer")
        for line in _lines(turn, [one for one in quoted if one.evidence.turn == turn.index])
    )


def passages(turns: Sequence[Turn]) -> tuple[Evidence, ...]:
    """What the candidate said, cut into lines that can be quoted; in order."""
    return tuple(
        passage for turn in turns if turn.speaker == "candidate" and turn.text for passage in _passages(turn)
    )


def _passages(turn: Turn) -> Iterator[Evidence]:
    words, places = _timed(turn), _places(turn.text)
    for first, last in _breaks(words):
        quote = turn.text[places[first][0] : places[last - 1][1]]
        line = _line(turn, words[first:last], [()] * (last - first))
        yield Evidence(quote, turn.index, turn.elicitation, line.start_seconds, line.end_seconds)


def _lines(turn: Turn, quoted: Sequence[Quoted]) -> Iterator[Line]:
    words = _timed(turn)
    marks = _marks(turn.text, quoted)
    for first, last in _breaks(words):
        yield _line(turn, words[first:last], marks[first:last])


def is_unsure(word: Word) -> bool:
    """Whether the recogniser was unsure of a word; typed words never are."""
    return word.confidence is not None and word.confidence < UNSURE_BELOW


def _breaks(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Places to cut at: at sentences, and a long sentence into equal parts."""
    first = 0
    for place, word in enumerate(words, start=1):
        if word.text.endswith((".", "?", "!")) or place == len(words):
            parts = -(-(place - first) // LONGEST_LINE)
            cuts = [first + (place - first) * part // parts for part in range(parts + 1)]
            yield from pairwise(cuts)
            first = place


def _line(turn: Turn, words: Sequence[Word], marks: Sequence[tuple[str, ...]]) -> Line:
    starts = [word.start_seconds for word in words if word.start_seconds is not None]
    ends = [word.end_seconds for word in words if word.end_seconds is not None]
    return Line(
        speaker=turn.speaker,
        words=tuple(
            MarkedWord(word.text, word.start_seconds, mark, is_unsure(word))
            for word, mark in zip(words, marks, strict=True)
        ),
        start_seconds=starts[0] if starts else turn.start_seconds,
        end_seconds=ends[-1] if ends else turn.end_seconds,
    )


def _timed(turn: Turn) -> tuple[Word, ...]:
    spoken = turn.text.split()
    if [word.text for word in turn.words] == spoken:
        return turn.words
    return tuple(Word(word) for word in spoken)


def _places(text: str) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        places.append((at, at + len(word)))
        at += len(word)
    return places


def _marks(text: str, quoted: Sequence[Quoted]) -> list[tuple[str, ...]]:
    spans = [
        (one.criterion, start, start + len(one.evidence.quote))
        for one in quoted
        if (start := text.find(one.evidence.quote)) >= 0
    ]
    return [
        tuple(dict.fromkeys(name for name, first, last in spans if first < end and begin < last))
        for begin, end in _places(text)
    ]
