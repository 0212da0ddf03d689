"""When a point is aligned but denied: negation of what it affirms, or the opposite term about the same thing.

"Accepts that a link may be missing" and "we refuse new links meanwhile" share an object and no claim: a term
counts only where it is claimed, governs no clause of its own, and shares with its opposite what it stands by.
What comes before what must be turned round on both sides.

Rules, not understanding: they find "we do not replicate" and "synchronous" for "asynchronous". What is wrong
in other words passes unseen, and the assessment says so. A right answer must never be told that it
contradicts, so in doubt nothing is denied.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from analysis.reading.claims import TOTALS, Clause, Side, Use, implicit, same_situation, side_of, uses
from analysis.reading.embeddings import Floats
from analysis.reading.lexicon import entries
from analysis.reading.placed import Said
from analysis.reading.stemming import stem

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
SHARED = 0.5
"""Share of the words beside a term that must stand beside its opposite as well."""


def is_denied(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    """True when the evidence says the opposite of the point it is aligned with."""
    return _is_negated(point, evidence) or _has_opposite(point, evidence, answer)


def _is_negated(point: Sequence[Said], evidence: Sequence[Said]) -> bool:
    """True when words under a negation on one side are affirmed by the same words on the other."""
    wanted, said = side_of(point), side_of(evidence)
    similarity = wanted.vectors @ said.vectors.T
    return _turns_round(wanted, said, similarity, ALIGNED) or _turns_round(
        said, wanted, similarity.T, SAME_WORD, claimed=True
    )


def _turns_round(
    affirming: Side, denying: Side, similarity: Floats, least: float, claimed: bool = False
) -> bool:
    """True when a negation of `denying` governs words that `affirming` says without one.

    `claimed`: what is affirmed must be a claim, not a case that is talked about.
    """
    affirmed = {root for root, under in zip(denying.stems, denying.negated, strict=True) if not under}
    for clause in denying.clauses:
        nearest = {j: int(similarity[:, j].argmax()) for j in clause.content}
        close = {j: i for j, i in nearest.items() if similarity[i, j] >= least}
        if not set(clause.key) <= close.keys() or denying.stems[clause.governed[0]] in affirmed:
            continue
        if claimed and any(affirming.described[close[j]] and not denying.described[j] for j in clause.key):
            continue
        alike = [float(similarity[i, j]) for j, i in close.items()]
        if _covers(clause, close, alike) and not _may_agree(affirming, denying, clause, close):
            return True
    return False


def _covers(clause: Clause, close: Collection[int], alike: Sequence[float]) -> bool:
    """True when enough of the clause has a partner on the other side, or both words of a short one."""
    governed = sum(j in close for j in clause.governed)
    enough = len(close) >= max(FEWEST_ALIGNED, CLAUSE_SHARE * len(clause.content))
    same = len(close) == len(clause.content) == 2 and min(alike) >= PAIR_ALIGNED
    return (enough or same) and governed > GOVERNED_SHARE * len(clause.governed)


def _may_agree(affirming: Side, denying: Side, clause: Clause, close: Mapping[int, int]) -> bool:
    """True when the affirming side is negated as well, only supposed, not of all, or has another "not"."""
    partners = close.values()
    if any(affirming.negated[i] for i in partners) or any(affirming.supposed[close[j]] for j in clause.key):
        return True
    if clause.total and TOTALS.isdisjoint(_around(affirming.words, partners)):
        return True
    return _implied(denying.words, clause.content) != _implied(affirming.words, partners)


def _implied(words: Sequence[str], places: Collection[int]) -> frozenset[str]:
    """The words around these places that say "not" by themselves."""
    return implicit({stem(word) for word in _around(words, places)})


def _around(words: Sequence[str], places: Collection[int]) -> Sequence[str]:
    return words[max(0, min(places) - NEAR_WORDS) : max(places) + NEAR_WORDS + 1]


def _has_opposite(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    """True when the evidence has the opposite of a term of the point, or its order, turned round.

    An answer that also uses the point's own term compares both sides, which is no contradiction.
    """
    return _turns_order(point, evidence, answer) or _has_other_term(point, evidence, answer)


def _has_other_term(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    wanted, heard = _words(point), _words(answer)
    for mine, theirs in _opposites():
        if wanted & mine and not wanted & theirs and not heard & mine:
            ours = list(uses(point, mine))
            if any(_of_one_thing(one, other) for one in ours for other in uses(evidence, theirs)):
                return True
    return False


def _of_one_thing(one: Use, other: Use) -> bool:
    """True when both stand by the same words in the same case.

    A "not" on one side alone, or a second opposite between them, leaves open whether they agree.
    """
    shared = one.beside & other.beside
    if one.denials != other.denials or not same_situation(one.situation, other.situation):
        return False
    if any(one.beside & mine and other.beside & theirs for mine, theirs in _opposites()):
        return False
    return bool(shared) and len(shared) >= SHARED * min(len(one.beside), len(other.beside))


def _turns_order(point: Sequence[Said], evidence: Sequence[Said], answer: Sequence[Said]) -> bool:
    """True when what the point puts first comes later in the evidence, and the other way round."""
    said, everywhere = list(_orders(evidence)), list(_orders(answer))
    for wanted in _orders(point):
        kept = any(wanted.before & one.before and wanted.after & one.after for one in everywhere)
        if not kept and any(_is_turned(wanted, one) for one in said):
            return True
    return False


def _is_turned(one: Use, other: Use) -> bool:
    turned = one.before & other.after and one.after & other.before
    return bool(turned) and same_situation(one.situation, other.situation)


def _orders(parts: Sequence[Said]) -> Iterator[Use]:
    """What comes before what, for each "before" and "after" that stands between two things."""
    yield from uses(parts, {"before"})
    for use in uses(parts, {"after"}):
        yield replace(use, before=use.after, after=use.before)


def _words(parts: Sequence[Said]) -> set[str]:
    """All words and their stems."""
    return {word for one in parts for word in (*one.embedded.words, *one.embedded.stems)}


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    for entry in entries("opposites"):
        one, other = (frozenset(map(_form, side.split("/"))) for side in entry.split(":"))
        pairs += [(one, other), (other, one)]
    return tuple(pairs)


def _form(word: str) -> str:
    """The stem, or the word itself where it would lose its meaning: a follower is not what follows."""
    return word if word.removesuffix("s").endswith("er") else stem(word)
