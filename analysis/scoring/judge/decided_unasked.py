"""Answers decided without asking a model: nothing said, another language, noise, the question repeated."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from analysis.reading.lexicon import word_set
from analysis.scoring.judge.scores import Stamp
from data.domain import Answer, Assessment, Criterion, KeyPointResult, Score
from data.rubrics import criteria_for, is_invited, load_rubric

SHORTEST_JUDGED_WORDS = 5
LEAST_KNOWN_WORDS = 0.15
"""English speech has 40-60 % function words, a list of technical terms is in the rubric's own vocabulary;
typed noise has neither. Measured on the constructed examples in the tests."""
LEAST_LATIN = 0.5
COPIED_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Gate:
    """Why no model is asked. `level` is 1 when only the question was said, None when unscorable."""

    level: int | None
    reason: str


def assessment_of(answer: Answer, decided: Gate, stamp: Stamp) -> Assessment:
    """What such an answer is worth."""
    scores = tuple(score_of(criterion, answer, decided, stamp) for criterion in criteria_for(answer.question))
    points = tuple(
        KeyPointResult(point, "missed" if decided.level else "cannot_tell")
        for point in answer.question.key_points
    )
    return Assessment(scores, points, (), (decided.reason,))


def score_of(criterion: Criterion, answer: Answer, decided: Gate, stamp: Stamp) -> Score:
    """The same by one criterion: level 1 only where the question asks."""
    invited = is_invited(answer.question, criterion.id)
    level = decided.level if invited else None
    return Score(
        criterion=criterion.id,
        level=level,
        scorer=stamp.scorer,
        scorer_version=stamp.version,
        rubric_version=stamp.rubric,
        low=level,
        high=level,
        reason=None if level else (decided.reason if decided.level is None else "Not asked."),
        missing_for_next=criterion.anchors[1].clauses[0].text if level else "",
    )


def gate(answer: Answer) -> Gate | None:
    """The decision in code, or None when the judge is needed."""
    text = unicodedata.normalize("NFKC", answer.candidate_text)
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return Gate(None, "Not scored: nothing was said.")
    if sum(_is_latin(char) for char in letters) / len(letters) < LEAST_LATIN:
        return Gate(None, "Not scorable: the answer is not in English, the language of the rubric.")
    words = re.findall(r"[a-z0-9]+", text.lower())
    if len(words) >= SHORTEST_JUDGED_WORDS and _known_share(words, answer) < LEAST_KNOWN_WORDS:
        return Gate(None, "Not scorable: the transcript is not intelligible.")
    if _is_copied(words, answer):
        return Gate(1, "The answer repeats the question.")
    return None


def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith("LATIN")


def _known_share(words: list[str], answer: Answer) -> float:
    known = word_set("function_words") | _vocabulary(answer)
    return sum(word in known or word.isdigit() for word in words) / len(words)


def _vocabulary(answer: Answer) -> frozenset[str]:
    """The words of the question, its key points and the rubric, four letters or longer."""
    question = answer.question
    texts = [
        question.title,
        question.in_full,
        question.outline,
        *(point.text for point in question.key_points),
    ]
    for criterion in load_rubric().criteria:
        for anchor in criterion.anchors:
            texts += [anchor.example, *(clause.text for clause in anchor.clauses)]
    return frozenset(re.findall(r"[a-z0-9]{4,}", " ".join(texts).lower()))


def _is_copied(words: list[str], answer: Answer) -> bool:
    asked = [answer.question.in_full, *(turn.text for turn in answer.turns if turn.speaker == "interviewer")]
    source = _runs(re.findall(r"[a-z0-9]+", " ".join(asked).lower()))
    said = _runs(words)
    return bool(said) and len(said & source) / len(said) >= COPIED_SHARE


def _runs(words: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(words, words[1:], words[2:], strict=False))
