"""What must not earn a level: echoes, "I don't know", lists of terms, talk to the judge, other topics."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.reading.embeddings import RARE_WORD
from analysis.reading.lexicon import pattern, word_set
from analysis.reading.placed import Said

GateName = Literal["empty", "dont_know", "copied", "stuffed", "off_topic", "injection", "foreign"]

FEWEST_CONTENT_WORDS = 8
"""An interview answer with fewer different content words of its own cannot show level 2."""
FEWEST_BESIDE_FIGURES = 3
"""An estimate in two lines is an answer: two figures the question has not need few words beside them."""
ECHO_SHARE = 0.6
LIST_FUNCTION_SHARE = 0.2
"""Lists of terms have up to 0.15 function words and figures, notes in short sentences 0.25 and more."""
STUFFED_SHARE = 0.5
WRITTEN_LIST_SHARE = 0.1
"""Written answers in note form are common and right; only a bare list of terms falls below this."""
FOREIGN_SHARE = 0.12
"""English answers of the graded and constructed sets have up to .09 of such words; 31 answers of SAF that are
above it are German."""
OFF_TOPIC_SIMILARITY = 0.24
"""Constructed off-topic answers have .10-.21, answers of level 3 and 4 at least .48."""


@dataclass(frozen=True, slots=True)
class Screened:
    """The sentences left to score, and why the answer as a whole may earn nothing (`gate`)."""

    kept: tuple[Said, ...]
    gate: GateName | None = None
    notes: tuple[str, ...] = ()


def screen(
    answer: Sequence[Said], asked: Sequence[Said], points: Sequence[Said], spoken: bool = True
) -> Screened:
    """Leave out what cannot count and say when nothing is left.

    `asked` is everything the interviewer said; `points` the sentences of the key points. Short written
    answers (`spoken=False`, as in graded question sets) may be a list and need not have many words.
    """
    if not answer:
        return Screened((), "empty")
    if _is_foreign(answer):
        return Screened(tuple(answer), "foreign")
    honest = tuple(one for one in answer if not pattern("injection").search(one.sentence.text))
    injected = len(honest) < len(answer)
    notes = ("Sentences that address the scorer were left out.",) if injected else ()
    fewest = FEWEST_CONTENT_WORDS if spoken else 1
    given = {root for one in asked for root in one.embedded.stems}
    if len(own_words(honest, ())) < fewest and injected:
        return Screened(honest, "injection", notes)
    kept = tuple(one for one in honest if not _is_echo(one, asked))
    answered = tuple(one for one in kept if not pattern("dont_know").search(one.sentence.text))
    if len(answered) < len(kept) and len(own_words(answered, given)) < max(fewest, 4):
        return Screened(kept, "dont_know", notes)
    own, everything = len(own_words(kept, given)), len(own_words(honest, ()))
    if own < (FEWEST_BESIDE_FIGURES if spoken and _own_figures(kept, asked) >= 2 else fewest):
        copied = everything >= max(2 * own, 1 if spoken else 3)
        return Screened(kept, "copied" if copied else "empty", notes)
    if spoken and own < 0.25 * everything:
        return Screened(kept, "copied", notes)
    if _stuffed_share(kept, spoken) >= STUFFED_SHARE:
        return Screened(kept, "stuffed", notes)
    if spoken and _topic_similarity(kept, (*asked, *points)) < OFF_TOPIC_SIMILARITY:
        return Screened(kept, "off_topic", notes)
    return Screened(kept, None, notes)


def own_words(parts: Sequence[Said], given: Collection[str]) -> frozenset[str]:
    """Stems of the content words that were not in the question."""
    return frozenset(
        root
        for one in parts
        for root, rarity in zip(one.embedded.stems, one.embedded.rarity.tolist(), strict=True)
        if rarity > RARE_WORD and root not in given
    )


def _own_figures(parts: Sequence[Said], asked: Sequence[Said]) -> int:
    heard = {word for one in asked for word in one.sentence.words}
    return len({word for one in parts for word in one.sentence.words if word[:1].isdigit()} - heard)


def is_list(one: Said) -> bool:
    """True for a row of terms without anything said about them."""
    words = one.sentence.words
    return len(words) >= 5 and sum(map(_joins, words)) / len(words) < LIST_FUNCTION_SHARE


def _joins(word: str) -> bool:
    """True for what makes a statement of terms: a function word, a figure, a sign such as "="."""
    return (
        word in word_set("function_words") or not word.isalpha() and any(c in "0123456789<>=+" for c in word)
    )


def _is_foreign(parts: Sequence[Said]) -> bool:
    words = [word for one in parts for word in one.sentence.words]
    foreign = sum(word in word_set("foreign_words") for word in words)
    return len(words) >= 8 and foreign / len(words) > FOREIGN_SHARE


def _is_echo(one: Said, asked: Sequence[Said]) -> bool:
    trigrams = _trigrams(one.sentence.words)
    if len(trigrams) < 2:
        return False
    heard = {gram for other in asked for gram in _trigrams(other.sentence.words)}
    return len(trigrams & heard) / len(trigrams) >= ECHO_SHARE


def _trigrams(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def _stuffed_share(parts: Sequence[Said], spoken: bool) -> float:
    total = sum(len(one.sentence.words) for one in parts)
    if not spoken:
        joining = sum(_joins(word) for one in parts for word in one.sentence.words)
        return float(total >= 20 and joining / total < WRITTEN_LIST_SHARE)
    short = total >= 15
    listed = sum(
        len(one.sentence.words) for one in parts if is_list(one) or (short and len(one.sentence.words) < 4)
    )
    return listed / max(total, 1)


def _topic_similarity(parts: Sequence[Said], about: Sequence[Said]) -> float:
    """Mean similarity of the three sentences nearest to the question or one of its points."""
    topics = np.stack([one.embedded.whole for one in about])
    nearest = np.sort((np.stack([one.embedded.whole for one in parts]) @ topics.T).max(axis=1))
    return float(nearest[-3:].mean())
