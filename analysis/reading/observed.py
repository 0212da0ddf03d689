"""Which observation of a question somebody asks to see: "show me the slow query log". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.reading.embeddings import Embedded, embed
from data.domain import Observation, Question

NEAR_ENOUGH = 0.5
"""From here on the words of an observation's name are among what was asked. Of 29 ways to ask, written by who
wrote the observations, 28 found theirs; eight remarks about other things came to 0.39 at most."""
CLOSE_SECOND = 0.06
"""What comes as near as this to the best is shown with it: "processor and memory" may be two."""
LITTLE_ELSE = 0.5
"""How much of a sentence that is no question must be the name. Of 406 sentences of worked answers and claims
six come to that, three of them requests; of "show me ..." in five forms most do."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_PLEASE = re.compile(r"\W*\bplease\W*$", re.I)


def asked_to_see(asked: str, question: Question, *, unasked: bool = False) -> tuple[Observation, ...]:
    """What the candidate asks for, in the question's order; nothing where it has none of that kind.

    `unasked`: it has not the form of a question, so it must speak of little else ("now the slow query log"):
    what says something about it asks for nothing.
    """
    there = question.observations
    if not there or not asked.strip():
        return ()
    (wanted,) = embed([asked.strip()])
    names = embed([one.ask for one in there], remember=True)
    if not wanted.words:
        return ()
    scores = [_named(name, wanted) for name in names]
    enough = max(NEAR_ENOUGH, max(scores) - CLOSE_SECOND)
    return tuple(
        one
        for one, name, score in zip(there, names, scores, strict=True)
        if score >= enough and not (unasked and _recall(wanted, name) < LITTLE_ELSE)
    )


def wants_to_see(said: str, question: Question) -> tuple[Observation, ...]:
    """What the last sentence asks to be shown without being a question: "the slow query log, please"."""
    if not question.observations or not said.strip():
        return ()
    last = _SENTENCE.split(said.strip())[-1]
    return asked_to_see(_PLEASE.sub("", last), question, unasked=True)


def shown_in(question: Question, lines: Iterable[str]) -> tuple[Observation, ...]:
    """What the interviewer's lines have shown so far, in the question's order."""
    told = "\n".join(lines)
    return tuple(one for one in question.observations if one.shows in told)


def _named(name: Embedded, wanted: Embedded) -> float:
    """How much of the name is in what was asked (0-1): its words by their nearest, and the whole."""
    return max(_recall(name, wanted), float(name.whole @ wanted.whole))


def _recall(some: Embedded, other: Embedded) -> float:
    """How much of some words is in the others, each by its nearest and weighed by its rarity (0-1)."""
    nearest = (some.vectors @ other.vectors.T).max(axis=1)
    weights = some.rarity + 0.05
    return float((weights * nearest).sum() / weights.sum())
