"""Questions so much alike that a candidate would answer the same twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.authoring.finding import Finding, found
from analysis.reading.embeddings import Floats, embed
from data.domain import Question

ALIKE_POINTS, ALIKE_TEXT = 0.53, 0.66
"""From here on two questions are not asked in one interview. Of 8,256 pairs of the bank's first 129 questions
five came to it; the median pair has 0.22 and 0.21."""
SAME_POINTS, SAME_TEXT = 0.68, 0.8
"""From here on one of the two should go."""


@dataclass(frozen=True, slots=True)
class _Vectors:
    question: Question
    text: Floats
    points: Floats


def alike(questions: Sequence[Question]) -> Iterator[Finding]:
    """Pairs that must be kept apart and do not say so, and pairs that are one question."""
    for one, other in combinations([_vectors(question) for question in questions], 2):
        text = float(one.text @ other.text)
        points = _mutual(one.points @ other.points.T)
        told = f"is much like {other.question.id} ({points:.2f} by key points, {text:.2f} by text)"
        if points >= SAME_POINTS or text >= SAME_TEXT:
            yield found(one.question, "alike", f"{told}: keep one of the two")
        elif (points >= ALIKE_POINTS or text >= ALIKE_TEXT) and not one.question.is_apart(other.question):
            yield found(one.question, "alike", f"{told}: vary it, or name it here", "apart")


def unknown_apart(questions: Sequence[Question]) -> Iterator[Finding]:
    """Names in `apart` that no question has."""
    known = {question.id for question in questions}
    for question in questions:
        for at, name in enumerate(question.apart):
            if name not in known or name == question.id:
                yield found(question, "form", f"{name!r} is not another question", "apart", at)


def _vectors(question: Question) -> _Vectors:
    points = [point.text for point in question.key_points]
    whole, *parts = (one.whole for one in embed([f"{question.title}. {question.text}", *points]))
    return _Vectors(question, whole, np.stack(parts) if parts else np.zeros((1, len(whole)), np.float32))


def _mutual(likeness: Floats) -> float:
    """How near each point of either comes to its nearest of the other, on average."""
    return float(likeness.max(axis=0).mean() + likeness.max(axis=1).mean()) / 2
