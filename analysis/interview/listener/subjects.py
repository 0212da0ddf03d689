"""What a question or a fact is about: shares of the subjects that facts are filed under. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.interview.listener.learned import Shares, learned
from analysis.reading.embeddings import Embedded, Floats
from analysis.reading.stemming import stem

WHOLE_WEIGHT, GRAM_WEIGHT = 3.0, 0.7
_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")


def grams(text: str) -> frozenset[str]:
    """Stems and pairs of neighbouring stems."""
    stems = [stem(word) for word in _WORD.findall(text.lower())]
    return frozenset((*stems, *(f"{one} {next_}" for one, next_ in zip(stems, stems[1:], strict=False))))


def known_grams(text: str, vocabulary: Mapping[str, int]) -> Floats:
    """Which of the known words and pairs of words are in a text."""
    known = np.zeros(len(vocabulary), np.float32)
    for gram in grams(text):
        if gram in vocabulary:
            known[vocabulary[gram]] = GRAM_WEIGHT
    return known


def subject_features(text: str, embedded: Embedded, vocabulary: Mapping[str, int]) -> Floats:
    """The meaning of the whole, and its known words."""
    return np.concatenate([embedded.whole * WHOLE_WEIGHT, known_grams(text, vocabulary)])


@dataclass(frozen=True, slots=True)
class Subjects:
    """How texts are told by subject."""

    shares: Shares
    vocabulary: Mapping[str, int]

    def of(self, text: str, embedded: Embedded) -> dict[str, float]:
        """How likely it is about each subject."""
        return self.shares.of(subject_features(text, embedded, self.vocabulary))


def shipped_subjects() -> Subjects:
    """As learned from all examples."""
    model = learned()
    return Subjects(model.subjects, model.vocabulary)
