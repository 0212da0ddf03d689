"""What may go into which result, and when agreement is no accident."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from analysis.scoring.capacity.chains import Chain, Operand
from analysis.scoring.capacity.measured import Quantity

TELLING_COST, AS_CHEAP = 1.0, 0.4
SMALLEST_COUNT = 1000
SAME_LABEL_COST, OTHER_UNIT_COST = 1.6, 0.4
EXACT = 1.03
"""Two quantities that come to a stated number within 3 % do so by chance in few chains."""
MOST_OFF = 1e6
"""Megabytes for terabytes: what is off by more was computed from something else."""


def nearest(found: Sequence[Chain], result: Quantity) -> Chain | None:
    """Of the chains about as cheap as the cheapest, the one that comes closest to what was stated."""
    if result.value <= 0:
        return None
    cheap = [chain for chain in found if chain.cost <= found[0].cost + AS_CHEAP and chain.value > 0]
    best = min(cheap, key=lambda chain: abs(math.log(result.value / chain.value)), default=None)
    is_far = best is not None and abs(math.log(result.value / best.value)) > math.log(MOST_OFF)
    return None if is_far else best


def exactly(found: Sequence[Chain], result: Quantity) -> Chain | None:
    """A dearer pair that comes to just what was stated and leaves out no factor of the same breath."""
    if result.value <= 0:
        return None
    for chain in found:
        is_pair = chain.sound and len(chain.parts) == 2 and chain.value > 0
        if is_pair and 1 / EXACT <= result.value / chain.value <= EXACT:
            return chain
    return None


def is_telling(chain: Chain, result: Quantity) -> bool:
    """True when agreement is no accident: two quantities went in, or one in another unit."""
    if len(chain.parts) > 1:
        return chain.cost <= TELLING_COST
    quantity = chain.parts[0][0]
    if quantity.scale == result.scale or result.is_bare:
        return False
    same_label = bool(result.label) and result.label == quantity.label
    return chain.cost <= (SAME_LABEL_COST if same_label else OTHER_UNIT_COST)


def may_be_added(quantity: Quantity, result: Quantity) -> bool:
    """Durations and factors add to any result, the size or rate of one machine to their number."""
    return result.is_bare or not (quantity.data or quantity.period)


def may_take(result: Quantity, between: str) -> bool:
    """Only a duration is what something "takes", and only in a clause of its own."""
    return result.time == 1 and re.match(r"\s*,?\s*and\b", between, re.IGNORECASE) is None


def may_go_on(result: Quantity) -> bool:
    """Neither a duration nor a small bare number goes on a list of results: they are factors of the next."""
    is_duration = result.data == 0 and result.time == 1 and result.period is None
    is_small = result.is_bare and result.period is None and result.value < SMALLEST_COUNT
    return not is_duration and not is_small


def is_part(result: Quantity) -> bool:
    """True for "a quarter of the budget": nobody counts a fraction of a thing."""
    return result.is_bare and result.period is None and 0 < result.value < 1


def is_work(quantity: Quantity, near: Sequence[Quantity], result: Quantity) -> bool:
    """True for a count whose like is done so many a second nearby, when the result is such a rate."""
    if not quantity.is_bare or not quantity.label or result.period is None or result.data:
        return False
    return any(other.period is not None and other.label == quantity.label for other in near)


def is_time_share(result: Quantity) -> bool:
    """True for so many minutes, or minutes per month: what an availability leaves."""
    is_time = result.data == 0 and result.time == 1
    return is_time or result.period is not None and result.data == 0 and result.time == 0


def stated_per(said: str) -> str:
    """The shard of "3 TB per shard"."""
    found = re.search(r"\b(?:per|each|every|a)\s+([a-z]{3,})", said, re.IGNORECASE)
    return found.group(1).lower() if found else ""


def spoken_of_each(text: str, operands: Sequence[Operand]) -> frozenset[str]:
    """What the same breath speaks of one by one: the user of "2 KB per user", of "each user"."""
    near = [o.quantity for o in operands if o.near and not o.optional]
    said = " ".join(text[max(0, q.start - 25) : q.end + 12] for q in near)
    found = re.findall(r"\b(?:per|each|every)\s+([a-z]{3,})", said, re.IGNORECASE)
    return frozenset(word.lower().rstrip("s") for word in found)
