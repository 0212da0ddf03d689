"""What may go into which result, and when agreement is no accident."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from analysis.estimates.chains import Chain, Operand
from analysis.estimates.quantity import Quantity

TELLING_COST, AS_CHEAP = 1.0, 0.4
SMALLEST_COUNT = 1000
SAME_LABEL_COST, OTHER_UNIT_COST = 1.6, 0.4
_NEW_CLAUSE = re.compile(r"[^,;]{0,30}?(?:[,;]|\b(?:and|but|so|while)\b)", re.IGNORECASE)
_TIED = re.compile(r"\b(?:each|every|per|times|of (?:them|these|those))\b|×|\*", re.IGNORECASE)
EXACT = 1.03
"""Two quantities that come to a stated number within 3 % do so by chance in few chains."""
MOST_OFF = 1e4
"""A wrong unit and a zero: what is off by more was computed from something else."""


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
        if chain.sound and len(chain.parts) == 2 and _is_exact(chain, result):
            return chain
    return None


def may_be_wrong(chain: Chain, result: Quantity) -> bool:
    """False for a number that is merely another one than the one before, in the same unit."""
    return len(chain.parts) > 1 or chain.parts[0][0].scale != result.scale


def is_telling(chain: Chain, result: Quantity) -> bool:
    """True when agreement is no accident: two quantities went in, or one in another unit."""
    exact = chain.whole and _is_exact(chain, result)
    if len(chain.parts) > 1:
        return exact or chain.cost <= TELLING_COST
    quantity = chain.parts[0][0]
    if quantity.scale == result.scale or result.is_bare:
        return False
    same_label = bool(result.label) and result.label == quantity.label
    return exact or chain.cost <= (SAME_LABEL_COST if same_label else OTHER_UNIT_COST)


def _is_exact(chain: Chain, result: Quantity) -> bool:
    return chain.value > 0 and 1 / EXACT <= result.value / chain.value <= EXACT


def may_be_added(quantity: Quantity, result: Quantity) -> bool:
    """Durations and factors add to any result, the size or rate of one machine to their number."""
    return result.is_bare or not (quantity.data or quantity.period)


def may_take(result: Quantity, between: str) -> bool:
    """Only a duration is what something "takes", and only in a clause of its own, not "a call takes"."""
    is_of_one = re.match(r"\W*(?:and|an?|each|every|one)\b", between, re.IGNORECASE) is not None
    return result.time == 1 and not is_of_one


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


def is_bystander(quantity: Quantity, near: Sequence[Quantity], result: Quantity) -> bool:
    """True for a count of other things than the result counts, where those are counted as well."""
    name, others = _name(result), [_name(other) for other in near if other.is_bare]
    is_count = quantity.is_bare and bool(_name(quantity)) and not quantity.descriptive
    return bool(name) and is_count and _name(quantity) != name and name in others


def is_aside(text: str, near: Sequence[Quantity], at: int, result: Quantity) -> bool:
    """True for a count in a clause of its own that nothing speaks of again: "we have 300 people, and"."""
    quantity, name = near[at], _name(near[at])
    if not name or not quantity.is_bare or quantity.descriptive or quantity.percent:
        return False
    behind = text[quantity.end : near[at + 1].start if at + 1 < len(near) else result.start]
    later = text[quantity.end : result.end].lower()
    return _NEW_CLAUSE.match(behind) is not None and not _TIED.search(behind) and name not in later


def _name(quantity: Quantity) -> str:
    return quantity.label.partition(" ")[0].lower().rstrip("s")


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
