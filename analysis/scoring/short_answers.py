"""A grade 0-1 for a short written answer beside its reference answer, as graded question sets have them."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from analysis.reading.embeddings import merge
from analysis.reading.fitted import load_model
from analysis.reading.lexicon import word_set
from analysis.reading.placed import Said, said
from analysis.reading.screening import GateName, screen

RARITY_POWER = 2.0
GIVEN_WORD_WEIGHT = 0.1
ENOUGH_SIMILARITY = 0.75
"""Two words this close count as the same: beyond it the vectors tell contexts apart, not meanings."""
PRECISION_SHARE = 0.3
SHORTNESS_SHARE = 0.03
FEWEST_OWN_WORDS = 2
"""An answer in a whole sentence repeats the question and adds what was asked for in as many words."""
_WORTHLESS = frozenset({"dont_know", "injection", "copied", "stuffed"})
"""Gates that give no marks; a short written answer of common words alone ("empty") is graded as it is."""


def grade(question: str, reference: str, answer: str) -> float | None:
    """The share of full marks, or None without a reference, or when the answer is not in English."""
    wanted, asked = said(reference, remember=True), said(question, remember=True)
    given = said(answer)
    if not wanted:
        return None
    if not given:
        return 0.0
    screened = screen(given, asked, wanted, spoken=False)
    if screened.gate == "foreign":
        return None
    if screened.gate in _WORTHLESS and not _has_own_notation(given, asked, screened.gate):
        return 0.0
    return load_model().grades.value({"closeness": closeness(wanted, asked, given)})


def _has_own_notation(given: Sequence[Said], asked: Sequence[Said], gate: GateName | None) -> bool:
    """True for figures the question has not (sums look like lists), or common words of its own in an echo."""
    heard = {word for one in asked for word in one.sentence.words}
    own = {word for one in given for word in one.sentence.words} - heard
    if gate == "copied" and len(own - word_set("function_words")) >= FEWEST_OWN_WORDS:
        return True
    return any(len(word) == 1 or any(char.isdigit() for char in word) for word in own - {"a", "i"})


def closeness(wanted: Sequence[Said], asked: Sequence[Said], given: Sequence[Said]) -> float:
    """Aligned recall of the reference, some precision of the answer, less for an answer much shorter."""
    reference, answer = (merge([one.embedded for one in parts]) for parts in (wanted, given))
    similarity = np.sqrt(np.clip(reference.vectors @ answer.vectors.T, 0.0, ENOUGH_SIMILARITY))
    known = {root for one in asked for root in one.embedded.stems}
    recall = _weighted(similarity.max(axis=1), reference.stems, reference.rarity, known)
    precision = _weighted(similarity.max(axis=0), answer.stems, answer.rarity, known)
    shortness = min(0.0, math.log((len(answer.words) + 3) / (len(reference.words) + 3)))
    return recall + PRECISION_SHARE * precision + SHORTNESS_SHARE * shortness


def _weighted(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    roots: Sequence[str],
    rarity: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    known: Collection[str],
) -> float:
    demoted = np.array([GIVEN_WORD_WEIGHT if root in known else 1.0 for root in roots])
    weights = rarity**RARITY_POWER * demoted + 1e-4
    return float(weights @ values / weights.sum())
