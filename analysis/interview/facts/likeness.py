"""How well each fact of a question answers what was asked: features of a pair, weighed as learned. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.interview.listener.learned import learned
from analysis.interview.listener.signs import NUMBER
from analysis.interview.listener.subjects import Subjects, shipped_subjects
from analysis.reading.embeddings import Embedded, Floats, embed
from analysis.reading.stemming import stem
from data.domain import FACT_SUBJECTS, Fact, Question

SUBJECT_IN_WORDS: Mapping[str, str] = {
    "users": "how many users and customers, who uses it",
    "volume": "how much, how many a day, average load and total amount",
    "read_write": "reads against writes, how often it is read or changed",
    "peak": "peak load, busiest time, worst hour",
    "latency": "how fast, how soon, deadline in seconds",
    "item_size": "size of one item, bytes, how large, how long",
    "retention": "how long it is kept, deleted, history, expiry",
    "consistency": "may it be stale, exact, duplicate, same for all",
    "availability": "availability, uptime, outage, may it be down",
    "loss": "may something be lost, durability",
    "order": "order, sequence, dependence",
    "regions": "regions, countries, data centres, where",
    "stack": "existing technology, provider, database, language",
    "budget": "cost, money, team",
    "growth": "growth over the years",
    "privacy": "personal data, law, who may see it",
    "out_of_scope": "out of scope, not part, done elsewhere",
}
"""What a fact filed under a subject may be asked with; put before its text when it is embedded."""
NEIGHBOURS: tuple[frozenset[str], ...] = (
    frozenset({"users", "volume", "peak", "read_write", "growth"}),
    frozenset({"latency", "consistency"}),
    frozenset({"loss", "availability", "consistency", "order"}),
    frozenset({"item_size", "volume"}),
    frozenset({"privacy", "other", "regions"}),
    frozenset({"stack", "budget", "other", "out_of_scope"}),
    frozenset({"retention", "loss", "latency"}),
)
"""Subjects between which authors and candidates draw the line differently."""
SHARPNESS = 12.0
"""By how much likeness is multiplied where it is weighed against others."""
FITTING = 0.2
FILED = 0.85
"""How much the subject a fact is filed under says about it; the rest is what its words say."""
RARE_WORD, FEW_STEMS, MOST_WORTH, IN_TITLE_WORTH = 0.3, 2, 3.0, 0.4
LEADS: Mapping[int, int] = {0: 1, 2: 3, 8: 10, 21: 22, 24: 25, 26: 27, 28: 29, 30: 31, 32: 33}
"""The columns that say how far another one is above the best of the other facts."""
Column = NDArray[np.floating[Any]]
_TIME = re.compile(
    r"\b(?:milliseconds?|ms|seconds?|minutes?|hours?|days?|weeks?|months?|years?|ever)\b", re.I
)
_BYTES = re.compile(r"\b(?:bytes?|kilobytes?|megabytes?|gigabytes?|terabytes?|[kmgt]b)\b", re.I)
_SCOPE = re.compile(r"\b(?:scope|first version|elsewhere|another|outside|not part)\b", re.I)
_HOW_MANY = re.compile(r"\bhow (?:many|much)\b", re.I)
_WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")
_COMMON = frozenset(
    _WORD.findall(
        "a about after all also am an and any are as at be been by can could did do does each every for from "
        "had has have how i if in into is it its let may me my need of on one or our per please shall should "
        "so some than that the their them then there they this to us was we were what when where which who "
        "will with would you your much many get got not no yes or just like thing"
    )
)
_AT = {subject: at for at, subject in enumerate(FACT_SUBJECTS)}
_NEAR = np.array(
    [
        [float(a == b or any({a, b} <= group for group in NEIGHBOURS)) for b in FACT_SUBJECTS]
        for a in FACT_SUBJECTS
    ],
    np.float32,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the features are taken with.

    `asked_before`: for the text of a fact how others have asked for it. `turned`: what is added to the
    likeness of two directions of meaning, so that a question lies near its answer (384 x 384).
    """

    subjects: Subjects
    asked_before: Mapping[str, tuple[str, ...]]
    turned: Floats


def likelihoods(asked: str, question: Question) -> tuple[float, ...]:
    """For each fact of the question how likely it is (0-1) that it answers this; 1 less their sum: none."""
    if not question.facts:
        return ()
    model = learned()
    known = Known(shipped_subjects(), model.asked_before, model.turned)
    shares = model.answers.shares(pair_features(asked, question, known))
    wanted = known.subjects.of(asked, embed([asked])[0])
    return tuple(
        share if fact.text in known.asked_before or _is_of(fact, wanted) else 0.0
        for share, fact in zip(shares, question.facts, strict=True)
    )


def _is_of(fact: Fact, wanted: Mapping[str, float]) -> bool:
    """Whether a fact nobody has asked for before is filed under what is asked about."""
    return fact.about == "other" or wanted[fact.about] >= FITTING


def pair_features(asked: str, question: Question, known: Known) -> Floats:
    """A row for each fact."""
    subjects = known.subjects
    facts = question.facts
    ask = embed([asked])[0]
    texts = embed([fact.text for fact in facts], remember=True)
    filed = embed([_filed_text(fact) for fact in facts], remember=True)
    wanted = _vector(subjects.of(asked, ask))
    told = np.stack(
        [_told(fact, subjects.of(fact.text, one)) for fact, one in zip(facts, texts, strict=True)]
    )
    cosines = np.array([ask.whole @ one.whole for one in texts])
    filed_cosines = np.array([ask.whole @ one.whole for one in filed])
    covered = np.array([_covered(ask, one) for one in texts])
    agreed = told @ wanted
    columns = [
        cosines,
        _lead(cosines),
        covered,
        _lead(covered),
        np.array([_covered(one, ask) for one in texts]),
        *_shared_words(asked, question),
        agreed,
        np.sqrt(agreed),
        _lead(agreed),
        (told @ _NEAR) @ wanted,
        *_fitting_values(asked, facts, wanted),
        *_of_the_question(asked, wanted, len(facts)),
        filed_cosines,
        _lead(filed_cosines),
        *_like_asked_before(asked, ask, facts, known.asked_before),
        *_near_in_meaning(ask, facts, known),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _like_asked_before(
    asked: str, ask: Embedded, facts: Sequence[Fact], asked_before: Mapping[str, tuple[str, ...]]
) -> tuple[Column, ...]:
    """How near it is to what others asked for this fact: in meaning, word by word, in its stems."""
    known = [asked_before.get(fact.text, ()) for fact in facts]
    every = list(dict.fromkeys(text for texts in known for text in texts))
    embedded = dict(zip(every, embed(every, remember=True), strict=True))
    stems = set(_stems(asked))
    whole, words, shared = (np.zeros(len(facts)) for _ in range(3))
    for at, texts in enumerate(known):
        for text in texts:
            one, roots = embedded[text], set(_stems(text))
            whole[at] = max(whole[at], float(ask.whole @ one.whole))
            words[at] = max(words[at], min(_covered(ask, one), _covered(one, ask)))
            shared[at] = max(shared[at], len(stems & roots) / (len(stems | roots) + 1))
    known_at_all = np.array([float(bool(texts)) for texts in known])
    return (known_at_all, whole, _lead(whole), words, _lead(words), shared, _lead(shared))


def meanings(fact: Fact, asked_before: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The texts that stand for a fact: its own, the same with its subject, how others asked for it."""
    return (fact.text, _filed_text(fact), *asked_before.get(fact.text, ()))


def _near_in_meaning(ask: Embedded, facts: Sequence[Fact], known: Known) -> tuple[Column, ...]:
    """The nearest of the texts that stand for a fact, by plain and by learned likeness."""
    plain, turned = np.zeros(len(facts)), np.zeros(len(facts))
    towards = ask.whole @ known.turned / SHARPNESS
    for at, fact in enumerate(facts):
        texts = embed(meanings(fact, known.asked_before), remember=True)
        wholes = np.stack([one.whole for one in texts])
        alike = wholes @ ask.whole
        plain[at], turned[at] = alike.max(), (alike + wholes @ towards).max()
    return plain, _lead(plain), turned, _lead(turned)


def among(rows: Floats, kept: Sequence[int]) -> Floats:
    """The features of some of the facts, as if the question had no others."""
    fewer = rows[list(kept)].copy()
    for value, lead in LEADS.items():
        fewer[:, lead] = _lead(fewer[:, value])
    return fewer


def _filed_text(fact: Fact) -> str:
    words = SUBJECT_IN_WORDS.get(fact.about)
    return f"{words}: {fact.text}" if words else fact.text


def _vector(shares: Mapping[str, float]) -> Floats:
    return np.array([shares[subject] for subject in FACT_SUBJECTS], np.float32)


def _told(fact: Fact, by_words: Mapping[str, float]) -> Floats:
    shares = _vector(by_words)
    if fact.about == "other":
        return shares
    shares = (1.0 - FILED) * shares
    shares[_AT[fact.about]] += FILED
    return shares


def _covered(one: Embedded, other: Embedded) -> float:
    """How well the rare words of one text are matched by words of the other."""
    rare = one.rarity > RARE_WORD
    if not rare.any() or not other.words:
        return 0.0
    best = (one.vectors @ other.vectors.T).max(axis=1)
    return float((best * one.rarity * rare).sum() / (one.rarity * rare).sum())


def _lead(values: Column) -> Column:
    """How far each value is above the best of the others."""
    if len(values) == 1:
        return values
    return np.array([value - np.delete(values, at).max() for at, value in enumerate(values)])


def _shared_words(asked: str, question: Question) -> tuple[Floats, Floats, Floats]:
    """Stems that a fact has in common with the question; one that few facts have is worth more."""
    stems = list(dict.fromkeys(_stems(asked)))
    title = set(_stems(question.title))
    told = [set(_stems(fact.text)) for fact in question.facts]
    worth = {
        root: (IN_TITLE_WORTH if root in title else 1.0) / max(1, sum(root in one for one in told))
        for root in stems
    }
    shared = [[root for root in stems if root in one] for one in told]
    sums = np.array([sum(worth[root] for root in one) for one in shared])
    share = np.array([min(len(one), MOST_WORTH) / (len(stems) + 1) for one in shared])
    return np.minimum(sums, MOST_WORTH), np.minimum(sums, 1.0), share


def _stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text.lower()) if word not in _COMMON]


def _fitting_values(asked: str, facts: Sequence[Fact], wanted: Floats) -> tuple[Column, ...]:
    """Whether a fact has the kind of value that is asked for: a time, a number, bytes."""
    times, bytes_, scope = (
        np.array([float(bool(one.search(fact.text))) for fact in facts]) for one in (_TIME, _BYTES, _SCOPE)
    )
    numbers = np.array([float(bool(NUMBER.search(fact.text))) for fact in facts])
    lasting = float(wanted[_AT["latency"]] + wanted[_AT["retention"]])
    counted = float(sum(wanted[_AT[name]] for name in ("volume", "users", "peak", "growth")))
    how_many = float(bool(_HOW_MANY.search(asked)))
    return (
        lasting * times,
        lasting * (1.0 - times),
        counted * numbers,
        how_many * (1.0 - numbers),
        float(wanted[_AT["item_size"]]) * bytes_,
        scope,
    )


def _of_the_question(asked: str, wanted: Floats, count: int) -> tuple[Floats, ...]:
    few = len(set(_stems(asked))) <= FEW_STEMS
    return tuple(np.full(count, value) for value in (wanted.max(), wanted[_AT["other"]], float(few)))
