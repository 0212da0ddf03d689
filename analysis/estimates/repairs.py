"""Numbers that a speaker takes back: of "about seven, no wait, about seventy" only the seventy was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from analysis.estimates.quantity import Quantity

_TAKEN_BACK = (
    r"no|nope|wait|sorry|actually|oops|rather|correction|i mean|scratch that|make (?:that|it)|more like"
    r"|my (?:mistake|bad)|that'?s (?:wrong|not right)|let me (?:redo|correct|fix) (?:that|it)|i misspoke"
)
_HESITANT = r"u[hm]+|e+r+m?|hm+|oh|ah|well|ok(?:ay)?|or"
_GOING_ON = (
    r"so|and|not|it'?s|that'?s|that is|it is|it should be|should be|about|around|roughly|like|an?|the|say"
    r"|we have|there are"
)
_REPAIR = re.compile(
    rf"\W*(?:(?:{_HESITANT})\b\W*)*(?:(?:{_TAKEN_BACK})\b\W*)+"
    rf"(?:(?:{_HESITANT}|{_TAKEN_BACK}|{_GOING_ON})\b\W*)*",
    re.IGNORECASE,
)
_LONGEST = 60


def without_repaired(text: str, quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """The quantities that stand; one that replaces another takes its place in the sentence."""
    kept: list[Quantity] = []
    for quantity in quantities:
        if kept and _takes_back(text[kept[-1].end : quantity.start]) and _is_like(kept[-1], quantity):
            quantity = replace(quantity, sentence=kept.pop().sentence)
        kept.append(quantity)
    return tuple(kept)


def _takes_back(between: str) -> bool:
    return len(between) <= _LONGEST and _REPAIR.fullmatch(between) is not None


def _is_like(before: Quantity, quantity: Quantity) -> bool:
    """True for the same kind of number, or for one that broke off before its unit."""
    return before.is_bare or (before.data, before.time) == (quantity.data, quantity.time)
