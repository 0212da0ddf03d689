"""When a point is aligned but denied: negation of what it affirms, or the opposite term about the same thing.

Rules, not understanding: they find "we do not replicate" and "synchronous" for "asynchronous". What is wrong
in other words passes unseen, and the assessment says so. A right answer must never be told that it
contradicts, so in doubt nothing is denied.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.reading.claims import (
    SCOPE_WORDS,
    clause_around,
    compares,
    describes,
    implicit,
    is_content,
    negated,
    supposed,
)
from analysis.reading.embeddings import Embedded, Floats, merge
from analysis.reading.lexicon import word_set
from analysis.reading.opposites import has_opposite
from analysis.reading.placed import Said
from analysis.reading.sentences import stem

ALIGNED = 0.55
"""Similarity from which two words are taken to speak of the same thing.

Chosen on strong answers and on key points turned round by rule: lower values deny answers that are right.
"""
SAME_WORD = 0.75
"""The same, where the point negates and the answer affirms: points say "not" in passing, answers need not."""
GOVERNED_SHARE = 0.5
CLAUSE_SHARE = 0.6
FEWEST_ALIGNED = 3
PAIR_ALIGNED = 0.8
"""Similarity from which two words are enough: "workers need not be idempotent"."""
NEAR_WORDS = 4
"""How far around a clause a word may stand that says "not" by itself."""

TOTAL_WORDS = 3
"""How soon after a negator "all" must come for "not all"."""
_TOTALS = frozenset({"all", "always", "each", "every", "everybody", "everyone", "everything", "everywhere"})
_OF_NOUNS = frozenset({"no", "without", "none"})
"""They deny a noun only: "needs no ring" is about needing, so the word before counts as well."""


def is_denied(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    """True when the evidence says the opposite of the point it is aligned with."""
    return _is_negated(point, evidence) or has_opposite(point, evidence, answer)


def _is_negated(point: Sequence[Said], evidence: Sequence[Said]) -> bool:
    """True when words under a negation on one side are affirmed by the same words on the other."""
    wanted, said = _read(point), _read(evidence)
    similarity = wanted.text.vectors @ said.text.vectors.T
    return _turns_round(wanted, said, similarity, ALIGNED) or _turns_round(
        said, wanted, similarity.T, SAME_WORD, claimed=True
    )


@dataclass(frozen=True, slots=True)
class _Clause:
    """The stretch around one negation, as places of words.

    `governed` are the content words the negation reaches, `key` those that must be aligned in any case.
    `total`: "not all" is denied, which leaves some.
    """

    governed: tuple[int, ...]
    content: tuple[int, ...]
    key: tuple[int, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class _Side:
    """The words of a point or an answer; nothing reaches over the end of a sentence.

    `described`: words of a sentence about a way that it may not take.
    """

    text: Embedded
    negated: tuple[bool, ...]
    supposed: tuple[bool, ...]
    described: tuple[bool, ...]
    clauses: tuple[_Clause, ...]


def _read(parts: Sequence[Said]) -> _Side:
    denied: list[bool] = []
    conditions: list[bool] = []
    described: list[bool] = []
    clauses: list[_Clause] = []
    for one in parts:
        words = one.embedded.words
        own = supposed(words)
        clauses += _clauses(one.embedded, len(denied), own)
        denied += negated(words)
        conditions += own
        described += [describes(words)] * len(words)
    return _Side(
        merge([one.embedded for one in parts]),
        tuple(denied),
        tuple(conditions),
        tuple(described),
        tuple(clauses),
    )


def _turns_round(
    affirming: _Side, denying: _Side, similarity: Floats, least: float, claimed: bool = False
) -> bool:
    """True when a negation of `denying` governs words that `affirming` says without one.

    `claimed`: what is affirmed must be a claim, not a case that is talked about.
    """
    affirmed = {root for root, under in zip(denying.text.stems, denying.negated, strict=True) if not under}
    for clause in denying.clauses:
        nearest = {j: int(similarity[:, j].argmax()) for j in clause.content}
        close = {j: i for j, i in nearest.items() if similarity[i, j] >= least}
        if not set(clause.key) <= close.keys() or denying.text.stems[clause.governed[0]] in affirmed:
            continue
        if claimed and any(affirming.described[close[j]] and not denying.described[j] for j in clause.key):
            continue
        alike = [float(similarity[i, j]) for j, i in close.items()]
        if _covers(clause, close, alike) and not _may_agree(affirming, denying, clause, close):
            return True
    return False


def _covers(clause: _Clause, close: Collection[int], alike: Sequence[float]) -> bool:
    """True when enough of the clause has a partner on the other side, or both words of a short one."""
    governed = sum(j in close for j in clause.governed)
    enough = len(close) >= max(FEWEST_ALIGNED, CLAUSE_SHARE * len(clause.content))
    same = len(close) == len(clause.content) == 2 and min(alike) >= PAIR_ALIGNED
    return (enough or same) and governed > GOVERNED_SHARE * len(clause.governed)


def _may_agree(affirming: _Side, denying: _Side, clause: _Clause, close: Mapping[int, int]) -> bool:
    """True when the affirming side is negated as well, only supposed, not of all, or has another "not"."""
    partners = close.values()
    if any(affirming.negated[i] for i in partners) or any(affirming.supposed[close[j]] for j in clause.key):
        return True
    if clause.total and _TOTALS.isdisjoint(_around(affirming.text.words, partners)):
        return True
    return _implied(denying.text.words, clause.content) != _implied(affirming.text.words, partners)


def _clauses(text: Embedded, offset: int, conditions: Sequence[bool]) -> list[_Clause]:
    """A clause for each negation that governs a content word, at its places in the whole text.

    What is denied in a condition is not denied, and "not more than" denies a degree.
    """
    found = []
    for at, word in enumerate(text.words):
        if word in word_set("negators") and not conditions[at] and not _is_noun(text.words, at):
            start, end = clause_around(text.words, at)
            content = tuple(i for i in range(start, end) if i != at and is_content(text, i))
            governed = tuple(i for i in content if at < i <= at + SCOPE_WORDS)
            before = [i for i in content if i < at][-1:] if word in _OF_NOUNS else []
            if governed and not compares(text.words, end):
                found.append(
                    _Clause(
                        governed=tuple(offset + i for i in governed),
                        content=tuple(offset + i for i in content),
                        key=tuple(offset + i for i in (*before, governed[0])),
                        total=not _TOTALS.isdisjoint(text.words[at : at + TOTAL_WORDS + 1]),
                    )
                )
    return found


def _is_noun(words: Sequence[str], at: int) -> bool:
    """True for the "no" of "a quick no is cheaper"."""
    return words[at] == "no" and at + 1 < len(words) and words[at + 1] in word_set("function_words")


def _implied(words: Sequence[str], places: Collection[int]) -> frozenset[str]:
    """The words around these places that say "not" by themselves."""
    return implicit({stem(word) for word in _around(words, places)})


def _around(words: Sequence[str], places: Collection[int]) -> Sequence[str]:
    return words[max(0, min(places) - NEAR_WORDS) : max(places) + NEAR_WORDS + 1]
