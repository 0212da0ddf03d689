"""What the interviewer assumes where the facts end: said as such, kept, and the same all round. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.domain import FactSubject, Question


@dataclass(frozen=True, slots=True)
class Assumption:
    """What was assumed in this round, and what it is about."""

    about: FactSubject
    text: str


VALUES: Mapping[FactSubject, str] = {
    "peak": "the peak is about four times the average",
    "read_write": "there are about ten reads for every write",
    "latency": "a user may wait about a second",
    "item_size": "one item is a few kilobytes",
    "retention": "data are kept for a year",
    "availability": "it may be down for about forty minutes a month",
    "growth": "the load doubles every two years",
    "regions": "we begin with one region",
}
"""Plain values that decide no design. Where a wrong one would, nothing is assumed: the candidate decides."""


def assume(
    about: FactSubject, question: Question, given: Sequence[Assumption]
) -> tuple[Assumption | None, bool]:
    """What we assume about it, and whether that is new; None when the candidate has to say.

    Nothing is invented beside a fact on the same subject: it might say something else.
    """
    for one in given:
        if one.about == about:
            return one, False
    if about not in VALUES or any(fact.about == about for fact in question.facts):
        return None, False
    return Assumption(about, VALUES[about]), True
