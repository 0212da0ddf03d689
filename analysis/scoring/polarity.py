"""When a point is aligned but denied: negation of what it affirms, or the opposite term about the same thing.

Rules, not understanding: they find "we do not replicate" and "synchronous" for "asynchronous". What is wrong
in other words passes unseen, and the assessment says so. A right answer must never be told that it
contradicts, so in doubt nothing is denied.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.scoring.alignment import Said, merge
from analysis.scoring.embeddings import Embedded, Floats
from analysis.scoring.features import RARE_WORD
from analysis.scoring.lexicon import entries, pattern, word_set
from analysis.scoring.text import stem

ALIGNED = 0.55
"""Similarity from which two words are taken to speak of the same thing.

Chosen on strong answers and on key points turned round by rule: lower values deny answers that are right.
"""
SAME_WORD = 0.75
"""The same, where the point negates and the answer affirms: points say "not" in passing, answers need not."""
SCOPE_WORDS = 5
GOVERNED_SHARE = 0.5
CLAUSE_SHARE = 0.6
FEWEST_ALIGNED = 3
BESIDE_WORDS = 4
"""How far from a term and its opposite the words may stand that show that both speak of one thing."""

_BREAKS = frozenset(
    {
        *(
            "but",
            "because",
            "so",
            "since",
            "although",
            "though",
            "instead",
            "unless",
            "while",
            "just",
            "only",
        ),
        *("otherwise", "and", "then", "if", "when", "or", "which", "that", "than"),
    }
)
_OF_NOUNS = frozenset({"no", "without", "none"})
"""They deny a noun only: "needs no ring" is about needing, so the word before counts as well."""
_LINKS = frozenset({"and", "or", "that"})
"""Breaks over which a negation reaches on when nothing new begins: "not replicate or retry"."""


def is_denied(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    """True when the evidence says the opposite of the point it is aligned with."""
    return _is_negated(point, evidence) or _has_opposite(point, evidence, answer)


def negations(parts: Sequence[Said]) -> float:
    """Negating words per word."""
    words = [word for one in parts for word in one.sentence.words]
    return sum(word in word_set("negators") for word in words) / max(1, len(words))


def dismissals(parts: Sequence[Said]) -> int:
    """Sentences that wave a concern away or promise what no system keeps ("never fails", "no downside")."""
    return sum(bool(pattern("dismissals").search(one.sentence.text)) for one in parts)


def _is_negated(point: Sequence[Said], evidence: Sequence[Said]) -> bool:
    """True when words under a negation on one side are affirmed by the same words on the other."""
    wanted, said = merge(point), merge(evidence)
    similarity = wanted.vectors @ said.vectors.T
    return _turns_round(wanted, said, similarity, ALIGNED) or _turns_round(
        said, wanted, similarity.T, SAME_WORD
    )


def _turns_round(affirming: Embedded, denying: Embedded, similarity: Floats, least: float) -> bool:
    """True when a negation of `denying` governs words that `affirming` says without one."""
    negated, denied = _negated(affirming.words), _negated(denying.words)
    affirmed = {stem(word) for word, under in zip(denying.words, denied, strict=True) if not under}
    for clause in _clauses(denying):
        partners = {j: int(similarity[:, j].argmax()) for j in clause.content}
        close = {j: i for j, i in partners.items() if similarity[i, j] >= least}
        if not set(clause.key) <= close.keys() or any(negated[i] for i in close.values()):
            continue
        if stem(denying.words[clause.governed[0]]) in affirmed:
            continue
        if _implied(denying.words, clause.content) != _implied(affirming.words, close.values()):
            continue
        governed = sum(j in close for j in clause.governed)
        enough = len(close) >= max(FEWEST_ALIGNED, CLAUSE_SHARE * len(clause.content))
        if enough and governed > GOVERNED_SHARE * len(clause.governed):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Clause:
    """The stretch around one negation, as places of words.

    `governed` are the content words the negation reaches, `key` those that must be aligned in any case.
    """

    governed: tuple[int, ...]
    content: tuple[int, ...]
    key: tuple[int, ...]


def _clauses(text: Embedded) -> list[_Clause]:
    """A clause for each negation that governs a content word."""
    found = []
    for at, word in enumerate(text.words):
        if word in word_set("negators") and not _is_noun(text.words, at):
            start = max([0, *(i + 1 for i in range(at) if text.words[i] in _BREAKS)])
            end = next((i for i in range(at, len(text.words)) if text.words[i] in _BREAKS), len(text.words))
            content = tuple(i for i in range(start, end) if i != at and _is_content(text, i))
            governed = tuple(i for i in content if at < i <= at + SCOPE_WORDS)
            before = [i for i in content if i < at][-1:] if word in _OF_NOUNS else []
            if governed:
                found.append(_Clause(governed, content, (*before, governed[0])))
    return found


def _is_content(text: Embedded, at: int) -> bool:
    return bool(text.rarity[at] > RARE_WORD) and text.words[at] not in word_set("function_words")


def _is_noun(words: Sequence[str], at: int) -> bool:
    """True for the "no" of "a quick no is cheaper"."""
    return words[at] == "no" and at + 1 < len(words) and words[at + 1] in word_set("function_words")


def _implied(words: Sequence[str], places: Collection[int]) -> frozenset[str]:
    """The words around these places that say "not" by themselves."""
    near = words[max(0, min(places) - BESIDE_WORDS) : max(places) + BESIDE_WORDS + 1]
    return _implicit() & {stem(word) for word in near}


@cache
def _implicit() -> frozenset[str]:
    return frozenset(stem(word) for word in word_set("implicit_negators"))


def _negated(words: Sequence[str]) -> list[bool]:
    """For each word whether a negator stands up to five words before it, in the same clause."""
    marks: list[bool] = []
    left = 0
    for word in words:
        if word in word_set("negators"):
            left = SCOPE_WORDS
            marks.append(True)
            continue
        if word in _BREAKS and word not in _LINKS:
            left = 0
        marks.append(left > 0)
        left = max(0, left - 1)
    return marks


def _has_opposite(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    """True when the evidence has the opposite of a term of the point, affirmed, among the same words.

    An answer that also uses the point's own term compares both sides, which is no contradiction.
    """
    wanted = _stems(point)
    for mine, theirs in _opposites():
        if wanted & mine and not wanted & theirs and not _stems(answer) & mine:
            beside_mine = {word for one in point for word in _beside(one, mine)}
            if any(len(_beside(one, theirs) & beside_mine) >= 1 for one in evidence):
                return True
    return False


def _beside(one: Said, terms: frozenset[str]) -> set[str]:
    """Stems of the content words near these terms where they are affirmed."""
    words = one.embedded.words
    marks = _negated(words)
    near: set[str] = set()
    for at, word in enumerate(words):
        if stem(word) in terms and not marks[at]:
            for i in range(max(0, at - BESIDE_WORDS), min(len(words), at + BESIDE_WORDS + 1)):
                if i != at and _is_content(one.embedded, i):
                    near.add(stem(words[i]))
    return near


def _stems(parts: Sequence[Said]) -> set[str]:
    return {stem(word) for one in parts for word in one.sentence.words}


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    for entry in entries("opposites"):
        one, other = (frozenset(stem(word) for word in side.split("/")) for side in entry.split(":"))
        pairs += [(one, other), (other, one)]
    return tuple(pairs)
