"""Which facts of a question answer what was asked: none rather than one that may be another. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.interview.facts.likeness import likelihoods
from analysis.interview.listener.question_forms import asks_openly, in_one_breath
from analysis.interview.listener.signs import ends_in_question, from_last_opening
from data.domain import Question

LIKELY, LIKELY_AMONG_FEW, MANY_FACTS = 0.6, 0.7, 8
"""From here on a fact is the answer; of few facts one always stands out, so it must be likelier."""
CERTAIN, CLOSE = 0.9, 0.08
"""Where the first is not certain, a second fact this likely is said too if both together are likely."""
MOST_FACTS = 3
UNLIKELY = 0.3
"""Below this no fact is about it."""


def facts_for(asked: str, question: Question) -> tuple[int, ...]:
    """Places of the facts that answer this, in the order asked; none when none is likely enough."""
    least = LIKELY if len(question.facts) >= MANY_FACTS else LIKELY_AMONG_FEW
    found = list(_best(likelihoods(asked, question), least))
    if not found and ends_in_question(asked):
        found = list(_best(likelihoods(from_last_opening(asked), question), least))
    parts = in_one_breath(asked)
    if len(parts) > 1:
        for part in parts:
            found += [at for at in _best(likelihoods(part, question), least)[:1] if at not in found]
    return tuple(found[:MOST_FACTS])


def _best(likely: Sequence[float], least: float) -> tuple[int, ...]:
    order = sorted(range(len(likely)), key=lambda at: -likely[at])
    if not order:
        return ()
    first = likely[order[0]]
    second = likely[order[1]] if len(order) > 1 else 0.0
    if first < CERTAIN and second >= CLOSE and first + second >= least:
        return tuple(order[:2])
    return tuple(order[:1]) if first >= least else ()


def leaves_some_open(asked: str, told: Sequence[int], question: Question) -> bool:
    """Whether one of several questions in one breath is answered by none of these facts."""
    parts = [part for part in in_one_breath(asked) if asks_openly(part)]
    return len(parts) > len(told) and any(not _best(likelihoods(part, question), UNLIKELY) for part in parts)
