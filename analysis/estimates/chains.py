"""How a stated result may follow from what was said before: products and quotients whose units fit.

A chain has a cost: what it leaves out although it was said in the same breath, what it fetches from far
back, and what it bends (a rate read as an amount per its period). Cheap chains are what the speaker most
plausibly computed. The costs were set on the constructed set `analysis/evaluate/gold/capacity.jsonl` and on
corrupted copies of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from analysis.estimates.choices import affordable
from analysis.estimates.links import Sign
from analysis.estimates.quantity import Quantity
from analysis.estimates.unit_phrases import PERIOD_TOLERANCE

MOST_FETCHED, MOST_FETCHED_ALONE = 2, 3
MOST_COST, MOST_COMBINATIONS = 2.4, 20_000
"""Cheap forms leave cost no hold: a list of twelve percentages takes 2.8 s without this and 8 ms with it."""
MOST_WORK = 300_000
"""Of one answer: about a second. The dearest of 3,600 texts in `analysis/evaluate/gold` takes 122,000."""
DROP_FACTOR, DROP_SIGNED, DROP_MEASURE, DROP_BASE = 1.8, 2.2, 0.8, 0.6
BYSTANDER, ASIDE = 0.75, 1.75
FETCH, FETCH_PER_SENTENCE, FETCH_MOST = 0.25, 0.05, 0.5
FETCH_FACTOR, FETCH_INVERTED, FETCH_BESIDE_RESULT, FETCH_AGAIN = 0.5, 1.0, 0.5, 0.3
PERIOD_DROPPED, INVERTED, UNDIVIDED, COMPLEMENT, RESULT_PERIOD = 0.35, 0.5, 2.0, 1.0, 0.35
RATE_TIMES_RATE = 1.0
OPTIONAL, FETCH_USED, FETCH_WANTED, MEANT = 0.2, 0.4, 0.1, 0.1
SMALL_FACTOR = 1000
MOSTLY = 0.5
"""A share of half and more may be spoken of for what it leaves."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A quantity that may go into a result. `near`: in the same breath; `optional`: may be left out freely.

    `other` is the recomputed value where the stated one was a slip.
    """

    quantity: Quantity
    near: bool
    sign: Sign | None = None
    distance: int = 0
    optional: bool = False
    other: float | None = None
    is_base: bool = False
    """The result that this sentence goes on from."""
    is_work: bool = False
    """The six billion rows of "two thousand rows a second": work to do, no factor of a rate."""
    is_bystander: bool = False
    """The fifty thousand seats of so many people a second, counted from people."""
    is_aside: bool = False
    """It stands in a clause of its own, so that an exact result may do without it."""
    used: bool = False
    """It already went into a result, which is then more likely what was meant."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the words around a result say: shares of what is left, more on top, totals, shared loads."""

    complement: bool = False
    growth: bool = False
    loaded: bool = False
    """Machines are run at a share of what they can do."""
    summed: bool = False
    shared: bool = False
    signed: bool = False
    each: bool = False
    wanted: frozenset[str] = frozenset()
    per: str = ""
    """What the result is stated per ("per shard", "each")."""
    factors: bool = False
    """Copies, peaks or ratios are spoken of, so that a factor named long before may go in."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands with their exponents, the value they come to (bytes, seconds) and the cost of believing it."""

    parts: tuple[tuple[Quantity, int], ...]
    value: float
    cost: float
    kind: str = "product"
    whole: bool = True
    """False when something said in the same breath was left out."""
    sound: bool = False
    """True for a product that leaves out no count, share or sign of the same breath."""
    per: float | None = None
    """The seconds of the rate that was read as an amount: page views of a day."""
    marks: tuple[str, ...] = ()
    """What stands before each part, when it is no plain product or sum."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to read an operand: its value and exponents, or absent (value 1, `used` False)."""

    value: float
    data: int
    time: int
    cost: float
    exponent: int = 1
    used: bool = True
    dropped_period: float | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """An operand with the ways to read it."""

    operand: Operand
    forms: tuple[_Form, ...]

    @property
    def least_cost(self) -> float:
        return min((form.cost for form in self.forms), default=MOST_COST)


class Work:
    """What looking for chains may cost in all: operands that are tried together, each time they are."""

    def __init__(self, most: int = MOST_WORK) -> None:
        """Nothing was tried yet."""
        self._left = most

    @property
    def is_spent(self) -> bool:
        """Whether no more may be tried; what was being looked for when it ran out may be incomplete."""
        return self._left < 0

    def spend(self, operands: int) -> bool:
        """Whether so many more may be tried together."""
        self._left -= operands
        return not self.is_spent


def chains(result: Quantity, operands: Sequence[Operand], context: Context, work: Work) -> Iterator[Chain]:
    """Every chain below the cost limit whose unit is the result's, as long as there is `work` left."""
    read = [_Read(operand, tuple(_forms(operand, result, context))) for operand in operands]
    near = [one for one in read if one.operand.near]
    far = [one for one in read if not one.operand.near]
    alone = all(one.operand.optional for one in near)
    for count in range(min(MOST_FETCHED_ALONE if alone else MOST_FETCHED, len(far)) + 1):
        fetching = _fetch_cost([one.operand for one in near], count, alone)
        for fetched in combinations(far, count):
            if not work.spend(1 + len(near) + count):
                return
            yield from _products(result, (*near, *fetched), context, fetching, work)


def _fetch_cost(near: Sequence[Operand], count: int, alone: bool) -> float:
    """Fetching much costs more, and most where the sentence already goes on from a result."""
    if not count:
        return 0.0
    beside = FETCH_BESIDE_RESULT if any(operand.is_base for operand in near) else 0.0
    return beside * count + FETCH_AGAIN * (count - 1 if not alone else max(0, count - 2))


def _products(
    result: Quantity, read: Sequence[_Read], context: Context, fetching: float, work: Work
) -> Iterator[Chain]:
    operands, forms = [one.operand for one in read], [one.forms for one in read]
    least = sum(one.least_cost for one in read)
    if least + fetching > MOST_COST or math.prod(map(len, forms)) > MOST_COMBINATIONS:
        return
    for choice in affordable(forms, MOST_COST - fetching):
        if not work.spend(len(choice)):
            return
        cost = sum(form.cost for form in choice) + fetching
        used = [form for form in choice if form.used]
        if cost > MOST_COST or not used or sum(form.dropped_period is not None for form in used) > 1:
            continue
        data, time = sum(f.data for f in used), sum(f.time for f in used)
        extra = _result_cost(result, data, time, context)
        cost += RATE_TIMES_RATE if _multiplies_rates(choice, operands) else 0.0
        if extra is None or cost + extra > MOST_COST or _is_wrong_period(choice, operands):
            continue
        value = math.prod(form.value for form in used)
        parts = tuple((op.quantity, f.exponent) for op, f in zip(operands, choice, strict=True) if f.used)
        whole = all(form.used or form.cost < DROP_MEASURE for form in choice)
        sound = all(form.used or form.cost < DROP_FACTOR for form in choice)
        per = next((form.dropped_period for form in used if form.dropped_period), None)
        amount = value * _result_scale(result, time)
        yield Chain(parts, amount, cost + extra, whole=whole, sound=sound, per=per)


def _result_cost(result: Quantity, data: int, time: int, context: Context) -> float | None:
    """0 when the units fit, a little when the result's own period has to be read as an amount, else None."""
    if data != result.data:
        return None
    if time == result.time:
        return 0.0
    if result.period is not None and time == result.time + 1:
        return RESULT_PERIOD if result.period >= 3600 or context.signed else None
    if result.is_bare and data == 0 and time == -1 and not context.shared:
        return RESULT_PERIOD
    return None


def _result_scale(result: Quantity, time: int) -> float:
    """An amount becomes the result's rate when it is one amount per its period."""
    if result.period is not None and time == result.time + 1:
        return 1.0 / result.period
    return 1.0


def _multiplies_rates(choice: Sequence[_Form], operands: Sequence[Operand]) -> bool:
    """True for posts a day times messages a day, which nobody means."""
    pairs = zip(choice, operands, strict=True)
    rates = [o for f, o in pairs if f.used and f.exponent > 0 and o.quantity.period and not o.quantity.data]
    return len(rates) > 1


def _is_wrong_period(choice: Sequence[_Form], operands: Sequence[Operand]) -> bool:
    """True when a rate per day, read as an amount, is divided by a time that is not a day."""
    dropped = [form.dropped_period for form in choice if form.dropped_period]
    for form, operand in zip(choice, operands, strict=True):
        seconds = operand.quantity.value if operand.quantity.constant else None
        if form.used and form.exponent < 0 and seconds and dropped:
            return all(abs(seconds / period - 1) > PERIOD_TOLERANCE for period in dropped)
    return False


def _forms(operand: Operand, result: Quantity, context: Context) -> list[_Form]:
    """The ways an operand may go in, each with its cost."""
    quantity = operand.quantity
    base = OPTIONAL if operand.optional else 0.0 if operand.near else _distance_cost(operand, result, context)
    forms: list[_Form] = []
    values = [(quantity.value, 0.0)]
    if operand.other is not None:
        values.append((operand.other, 0.0))
    if quantity.percent:
        is_rest = context.complement and quantity.value >= MOSTLY
        values[0] = (quantity.value, COMPLEMENT - 0.05 if is_rest else 0.0)
        values.append((1 - quantity.value, 0.0 if is_rest else COMPLEMENT))
        values.append((1 + quantity.value, 0.0 if context.growth else 2 * COMPLEMENT))
    for value, cost in values:
        if value > 0:
            forms += _signed(operand, value, base + cost, result, context)
    for meant in quantity.also:
        forms += _signed(replace(operand, quantity=meant), meant.value, base + MEANT, result, context)
    if quantity.percent and context.loaded and quantity.value > 0:
        forms.append(_Form(1 / quantity.value, 0, 0, base, -1))
    if operand.near:
        asides = (BYSTANDER,) * operand.is_bystander + (ASIDE,) * operand.is_aside
        dropping = min((*asides, _drop_cost(operand)))
        forms.append(_Form(1.0, 0, 0, dropping, used=False))
    return forms


def _distance_cost(operand: Operand, result: Quantity, context: Context) -> float:
    quantity = operand.quantity
    cost = min(FETCH + FETCH_PER_SENTENCE * operand.distance, FETCH_MOST)
    is_factor = quantity.is_bare and (quantity.multiplier or quantity.value < SMALL_FACTOR)
    if context.wanted & {word.rstrip("s") for word in quantity.label.split()} or _is_named_alike(
        quantity, result
    ):
        return FETCH_WANTED
    cost += FETCH_USED if operand.used and not (context.shared or quantity.percent) else 0.0
    return cost + (FETCH_FACTOR if is_factor and not context.factors else 0.0)


def _is_named_alike(quantity: Quantity, result: Quantity) -> bool:
    """True for the devices of "so six million devices": the same things, counted the same way."""
    alike = (quantity.data, quantity.time) == (result.data, result.time)
    return alike and bool(result.label) and result.label.split()[0] == quantity.label.partition(" ")[0]


def _signed(operand: Operand, value: float, cost: float, result: Quantity, context: Context) -> list[_Form]:
    quantity = operand.quantity
    forms = []
    data, time = quantity.data, quantity.time
    if operand.sign != "divided":
        forms.append(_Form(value, data, time, cost))
        if quantity.period is not None:
            amount = value * quantity.period
            bent = cost + PERIOD_DROPPED
            forms.append(_Form(amount, data, time + 1, bent, dropped_period=quantity.period))
    if operand.sign != "times":
        extra = _inverting_cost(operand, result, context)
        forms.append(_Form(1 / value, -data, -time, cost + extra, -1))
        if quantity.is_bare and quantity.constant is not None:
            forms.append(_Form(1 / value, 0, -1, cost + extra, -1))
        if quantity.period is not None:
            amount = value * quantity.period
            forms.append(_Form(1 / amount, -data, -time - 1, cost + extra + PERIOD_DROPPED, -1))
    return forms


def _inverting_cost(operand: Operand, result: Quantity, context: Context) -> float:
    if operand.sign == "divided":
        return 0.0
    is_duration = result.time == 1 and result.data == 0
    usual = context.shared or is_duration
    if context.each and operand.near and operand.quantity.label:
        return 0.1
    if context.per and operand.quantity.is_bare and context.per in operand.quantity.label:
        return 0.0
    if _is_per(operand.quantity.label, result.label):
        return 0.0
    if not operand.near:
        return INVERTED if usual else FETCH_INVERTED + INVERTED
    return INVERTED if usual or not operand.quantity.is_bare else UNDIVIDED


def _is_per(label: str, counted: str) -> bool:
    """True for "20 threads per box" beside so many boxes."""
    found = re.search(r"\b(?:per|a|each) ([a-z]{3,})$", label, re.IGNORECASE)
    return found is not None and counted.lower().startswith(found.group(1).lower())


def _drop_cost(operand: Operand) -> float:
    """Conversion constants are left out freely: units already convert."""
    quantity = operand.quantity
    if operand.is_work or operand.is_base and operand.sign is None:
        return DROP_BASE
    if operand.optional or quantity.descriptive or quantity.constant is not None or _is_conversion(quantity):
        return 0.05
    if operand.sign is not None:
        return DROP_SIGNED
    return DROP_FACTOR if quantity.is_bare else DROP_MEASURE


def _is_conversion(quantity: Quantity) -> bool:
    """Times 365, divided by 24, by 8: a bare number that only converts."""
    known = (365, 360, 30, 31, 24, 60, 3600, 7, 52, 12, 8, 1024, 1000)
    return quantity.is_bare and not quantity.percent and not quantity.label and quantity.value in known
