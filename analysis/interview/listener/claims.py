"""What was said of the design: whole clauses with a part, an amount or an action, and how near each line of
the question bank is to them. By meaning; nothing here judges whether a claim holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from analysis.estimates import find_quantities
from analysis.interview.listener.clauses import (
    LONGEST_WHOLE_WORDS,
    acts,
    has_verb,
    is_own,
    is_telling,
    phrases,
    whole_clauses,
)
from analysis.interview.listener.components import components
from analysis.interview.listener.stances import of_the_talk
from analysis.interview.listener.understood import Claim, ClaimKind, Near
from analysis.reading.embeddings import Floats, embed
from analysis.reading.leaks import stems
from analysis.reading.sentences import sentences
from data.domain import KeyPoint, Question
from data.wordings import wordings_of

ABOUT_IT = 0.33
"""Likeness to a key point or its question from which a clause is about the design. Asides of the written
candidates have .10 to .30, their decisions mostly .40 and more."""
SAME_POINT = 0.58
"""Likeness of a follow-up to a key point or its question from which it asks for that point."""
TRUE_KINDS = ("said", "plain")
LARGEST_BARE = 12
"""A bare number up to here counts or compares; it estimates nothing."""
_CHOICE = re.compile(
    r"\b(?:instead of|rather than|rather|prefer|better than|in place of|choose|chose|decided|go with)\b",
    re.I,
)
_STEPS = re.compile(r"\b(?:then|after|before|first|until|once)\b", re.I)
_BELIEF = re.compile(
    r"\b(?:not|never|nothing|nobody|no|cannot|enough|impossible|always|only|same|exactly|cheap|easily|\w+n['’]t)\b",
    re.I,
)
"""Says firmly how something is, or is not."""
_ARTICLE = re.compile(r"an? ", re.I)
"""Begins what is no figure of an estimate: "a minute"."""
_ANAPHORA = re.compile(r"^(?:it|that|this|they|these|those|there|he|she|you)(?:['’]\w+)?\b", re.I)
"""Opens a clause that needs the one before it; such a clause is taken up last."""


def claims(text: str, question: Question) -> tuple[Claim, ...]:
    """What is worth asking about, the most telling first."""
    found = [claim for clause in _pieces(text) if (claim := _claim(clause, question)) is not None]
    if not found:
        return ()
    likeness = _likeness([claim.text for claim in found], _bank(question)).max(axis=1)
    talk = of_the_talk([claim.text for claim in found])
    worth = {
        replace(claim, likeness=float(near)): float(near) - 0.15 * bool(_ANAPHORA.match(claim.text))
        for claim, near in zip(found, likeness, strict=True)
        if near >= ABOUT_IT and claim.text not in talk
    }
    return tuple(sorted(worth, key=lambda claim: -worth[claim]))


def is_about(clause: str, question: Question) -> bool:
    """Whether a clause is about what a strong answer speaks of, and not about the talk itself."""
    near = float(_likeness([clause], _bank(question)).max())
    return near >= ABOUT_IT and not of_the_talk([clause])


def nearness(text: str, question: Question) -> Mapping[str, Near]:
    """For each open question of the bank how near what was said comes to it, and to what it looks for."""
    pieces = _pieces(text)
    said = [*pieces, *(line.text for line in sentences(text))]
    asked: list[tuple[str, str | None, Sequence[str]]]
    asked = [(point.probe, point.id, _ways_to_say(point, question)) for point in question.key_points]
    asked += [(line, _point_of(line, question), (line,)) for line in question.follow_ups]
    if not said or not asked:
        return {}
    whole = _likeness(said, [line for line, _, _ in asked])
    nearest = _nearest(said, [answers for _, _, answers in asked])
    clauses = len(pieces)
    found = {}
    for at, ((line, point, _), answered) in enumerate(zip(asked, nearest, strict=True)):
        likeness = whole[:, at]
        best = int(likeness[:clauses].argmax()) if clauses else 0
        clause, near = (said[best], float(likeness[best])) if clauses else ("", 0.0)
        found[line] = Near(float(likeness.max()), clause, near, point, answered)
    return found


def _ways_to_say(point: KeyPoint, question: Question) -> tuple[str, ...]:
    """A key point, and how people say it."""
    told = (one.text for one in wordings_of(question.id, point.text) if one.kind in TRUE_KINDS)
    return (point.text, *told)


def _point_of(line: str, question: Question) -> str | None:
    """The key point that a follow-up asks for in other words, if it does."""
    if not question.key_points:
        return None
    texts = [text for point in question.key_points for text in (point.probe or point.text, point.text)]
    likeness = _likeness([line], texts)[0]
    best = int(likeness.argmax())
    return question.key_points[best // 2].id if likeness[best] >= SAME_POINT else None


def told(said: str, question: Question) -> Mapping[str, float]:
    """How nearly (0-1) each key point, by its id, and each follow-up has been spoken of. No score."""
    lines = [line.text for line in sentences(said)]
    if not lines:
        return {}
    names = [*(point.id for point in question.key_points), *question.follow_ups]
    ways = [_ways_to_say(point, question) for point in question.key_points]
    ways += [(line,) for line in question.follow_ups]
    return dict(zip(names, _nearest(lines, ways), strict=True))


def _nearest(said: Sequence[str], groups: Sequence[Sequence[str]]) -> list[float]:
    """For each group of texts how near anything that was said is to any of them."""
    if not groups:
        return []
    best = _likeness(said, [text for group in groups for text in group]).max(axis=0)
    ends = np.cumsum([len(group) for group in groups])
    return [float(best[end - len(group) : end].max()) for group, end in zip(groups, ends, strict=True)]


def amounts(text: str) -> Iterator[str]:
    """The amounts in a text as they were said; a bare "two" or "ten times" is none."""
    for one in find_quantities(text):
        if not one.is_bare or one.kind == "share" or one.value > LARGEST_BARE:
            yield text[one.start : one.end]


def _with_unit(text: str) -> Iterator[str]:
    found = (text[one.start : one.end] for one in find_quantities(text) if not one.is_bare)
    return (amount for amount in found if not _ARTICLE.match(amount))


def _pieces(text: str) -> list[str]:
    """What can be said back."""
    every = dict.fromkeys((*whole_clauses(text, LONGEST_WHOLE_WORDS), *whole_clauses(text), *phrases(text)))
    return [clause for clause in every if is_telling(clause)]


def _claim(clause: str, question: Question) -> Claim | None:
    parts, amount = components(clause), next(_with_unit(clause), "")
    belief = bool(_BELIEF.search(clause))
    amount = amount if amount.lower() not in question.in_full.lower() else ""
    if not stems(clause) - stems(question.in_full):
        return None
    part = next((one.name for one in parts if not _one_of_many(one.name, clause)), "")
    if not has_verb(clause) or _ANAPHORA.match(clause):
        return Claim(clause, "aside", part, amount)  # asked about only together with a line of the bank
    firm: ClaimKind = "action" if is_own(clause) else "belief"
    states = not (parts or amount or acts(clause))
    kind: ClaimKind = firm if (belief or states) and not amount else _kind(clause, part, amount)
    return Claim(clause, kind, part, amount)


def _one_of_many(name: str, clause: str) -> bool:
    """ "In each zone" names no part that could be gone."""
    noun = re.escape(name.split()[-1])
    return bool(
        re.search(rf"\b(?:each|every|per|all|any|no|one|same|which|of)\s+(?:\w+\s+)?{noun}", clause, re.I)
    )


def _kind(clause: str, part: str, amount: str) -> ClaimKind:
    if amount:
        return "number"
    if _CHOICE.search(clause):
        return "choice"
    if _STEPS.search(clause):
        return "steps"
    return "part" if part and acts(clause) else "action"


def _bank(question: Question) -> list[str]:
    return [line for point in question.key_points for line in (point.text, point.probe)] or [question.text]


def _likeness(said: Sequence[str], known: Sequence[str]) -> Floats:
    """One row for each of what was said, one column for each known text."""
    theirs = np.stack([one.whole for one in embed(list(known), remember=True)])
    likeness: Floats = np.stack([one.whole for one in embed(list(said))]) @ theirs.T
    return likeness
