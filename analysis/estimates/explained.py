"""How a stated number may follow from what was said: products, quotients, sums and powers whose units fit.

Every explanation has a cost: what it fetches from far back, what it leaves out although it was said in the
same breath, what it bends (a rate read as an amount, a bare number given a unit). Cheap ones are what a
speaker most plausibly computed. No word decides here; "times" before a number only says which way it goes in.
The costs were set on the constructed sets in `analysis/evaluate/gold`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations

from analysis.estimates.quantities import Quantity

MOST_COST, MOST_WORK, MOST_FETCHED = 2.1, 300_000, 2
"""Of an explanation; forms tried for one answer, about half a second; numbers fetched from further back."""
PERIOD_DROPPED, RESULT_PERIOD, ELIDED, UNIT_TAKEN, LEAD = 0.25, 0.2, 0.35, 0.15, 0.1
INVERTED, INVERTED_MEASURE, MENDED, RATE_TIMES_RATE = 0.35, 0.1, 0.01, 1.5
REST_OF, REST_OF_MOST, MORE_BY, ONE_MORE, COUNTED = 0.5, 0.05, 0.6, 0.5, 0.4
SUMMED, DIFFERENCE, POWER = 0.6, 0.8, 0.2
PERIOD_TOLERANCE = 0.25
LEFT_FREELY = 0.3
"""What may be left out at this cost leaves an explanation plain."""
AVAILABILITY, MOST = 0.98, 0.9
"""Shares that are spoken of for the little, or for the rest, that they leave."""
_DAYS = (3600.0, 86400.0, 86e3, 1e5)
_SUMMANDS, _SMALLEST_SUMMAND, _NEAREST_SUMMAND = 5, 0.1, 0.6
_LARGEST_BASE, _LARGEST_EXPONENT, _SMALLEST_POWER, _MOST_COPIES, _MOST_GROWTH = 128, 64, 1e5, 3, 20


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a quantity: its value in bytes and seconds, and what it costs to believe it.

    `exponent` 0: left out. `scale` leads back to the stated unit. `says`: how a formula writes it. `span`:
    the seconds it is of. `mended`: taken as it should have been where it was a slip. `is_guess`: it may bear
    a number out, not accuse.
    """

    value: float
    data: int = 0
    time: int = 0
    cost: float = 0.0
    scale: float = 1.0
    exponent: int = 1
    says: str = "{}"
    span: float | None = None
    mended: bool = False
    is_guess: bool = False

    def per(self, period: float, cost: float) -> Form:
        """The same as a rate."""
        scale, value = self.scale / period, self.value / period
        return replace(self, value=value, time=self.time - 1, cost=self.cost + cost, scale=scale)

    def turned(self, cost: float) -> Form:
        """As a divisor."""
        turned = replace(
            self, value=1 / self.value, data=-self.data, time=-self.time, exponent=-self.exponent
        )
        return replace(turned, cost=self.cost + cost)


@dataclass(frozen=True, slots=True)
class Operand:
    """A quantity that may go into a result. `using` and `omitting` are what either costs.

    `near`: in the same breath. `divides`: the words before it say so. `meant`: what it should have been,
    where it was itself a slip.
    """

    quantity: Quantity
    using: float
    omitting: float
    near: bool
    divides: bool = False
    meant: float | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Quantities with their exponents, the value they come to in the stated unit of the result, and the cost.

    `plain`: everything of the same breath went in. `carries`: a slip was taken as it should have been.
    `says`: how a formula writes each part.
    """

    parts: tuple[tuple[Quantity, int], ...]
    value: float
    cost: float
    kind: str = "product"
    says: tuple[str, ...] = ()
    plain: bool = True
    carries: bool = False


_Used = tuple[tuple[Quantity, Form], ...]


class Work:
    """What trying may cost in all."""

    def __init__(self, most: int = MOST_WORK) -> None:
        """Nothing was tried yet."""
        self._left = most

    @property
    def is_spent(self) -> bool:
        """Whether no more may be tried; what was being looked for may be incomplete."""
        return self._left < 0

    def spend(self) -> bool:
        """Whether one more may be tried."""
        self._left -= 1
        return self._left >= 0


def explanations(
    result: Quantity, operands: Sequence[Operand], before: Sequence[Quantity], work: Work
) -> list[Explanation]:
    """Every explanation below the cost limit whose unit is one of the result's, the cheapest first."""
    wanted = _readings(result, before)
    forms = [_forms(operand, before) for operand in operands]
    found = [*_products(wanted, operands, forms, work), *_sums(wanted, operands, forms)]
    return sorted([*found, *_powers(wanted, operands)], key=lambda one: one.cost)


def _readings(result: Quantity, before: Sequence[Quantity]) -> list[Form]:
    """What a stated number may mean: as said, per a period, as an amount, with the unit of its neighbours."""
    own = Form(result.value, result.data, result.time, 0.0, result.scale)
    found = [own]
    if result.lead is not None:
        found.append(own.per(result.lead, LEAD))
    elif result.period is not None:
        amount = own.per(1 / result.period, RESULT_PERIOD)
        found.append(replace(amount, time=result.time + 1, span=result.period))
    if result.is_number:
        found += [Form(result.value * s, d, t, UNIT_TAKEN, s) for s, d, t in _units(before, 3)]
    return found


def _units(quantities: Sequence[Quantity], most: int) -> list[tuple[float, int, int]]:
    """Scale, data and time of the units stated last."""
    stated = [(q.scale, q.data, q.time) for q in reversed(quantities) if not q.is_bare]
    return list(dict.fromkeys(stated))[:most]


def _forms(operand: Operand, before: Sequence[Quantity]) -> list[Form]:
    """The ways an operand may go in, each with its cost, the last of them that it is left out."""
    quantity = operand.quantity
    is_availability = quantity.kind == "share" and quantity.value > AVAILABILITY
    said = Form(quantity.value, quantity.data, quantity.time, REST_OF_MOST if is_availability else 0.0)
    found = [*_with_period(quantity, said), *_other_meanings(quantity, before)]
    if operand.meant is not None:
        found += _with_period(quantity, replace(said, value=operand.meant, cost=MENDED, mended=True))
    found = [replace(form, cost=form.cost + operand.using) for form in found if form.value > 0]
    found = [replace(form, span=form.value) if (form.data, form.time) == (0, 1) else form for form in found]
    turning = 0.0 if operand.divides else INVERTED if quantity.is_bare else INVERTED_MEASURE
    turned = [form.turned(turning) for form in found]
    kept = turned if operand.divides else [*found, *turned]
    return sorted([*kept, Form(1.0, cost=operand.omitting, exponent=0)], key=lambda form: form.cost)


def _with_period(quantity: Quantity, form: Form) -> Iterator[Form]:
    yield form
    if quantity.period is not None and quantity.kind != "constant":
        amount = form.per(1 / quantity.period, PERIOD_DROPPED)
        yield replace(amount, time=form.time + 1, scale=1.0, span=quantity.period)


def _other_meanings(q: Quantity, before: Sequence[Quantity]) -> Iterator[Form]:
    """What a quantity may stand for beside what its own words say."""
    if q.kind == "share":
        rest = 0.0 if q.value > AVAILABILITY else REST_OF_MOST if q.value >= MOST else REST_OF
        yield Form(1 - q.value, cost=rest, says="(1 − {})")
        yield Form(1 + q.value, cost=MORE_BY, says="(1 + {})")
    if "bit" in q.unit.lower() and (q.data, q.time, q.kind) == (1, 0, "amount"):
        yield Form(q.value, 1, -1, UNIT_TAKEN)
    if not q.is_bare or q.kind not in ("amount", "implied"):
        return
    if q.value in _DAYS:  # 86,400 seconds
        yield Form(q.value, 0, 1)
    if q.short:  # 10 K for 10 KB
        yield Form(q.value, 1, 0, UNIT_TAKEN)
    if q.is_number and q.value >= 1:
        again = {(b.scale, b.data, b.time) for b in before if b.stated == q.stated and b.value != q.value}
        taken = {unit: 2 * UNIT_TAKEN for unit in _units(before, 2)} | dict.fromkeys(again, 0.0)
        yield from (Form(q.value * s, d, t, cost, is_guess=cost > 0) for (s, d, t), cost in taken.items())
    if q.label and q.value <= _MOST_COPIES and q.value.is_integer():  # one replica: two of them
        yield Form(q.value + 1, cost=ONE_MORE, says="(1 + {})", is_guess=True)
    if q.period and q.unit:  # 500 hours a minute: 500 of them
        yield Form(q.stated / q.period, 0, -1, COUNTED)


def _products(
    wanted: Sequence[Form], operands: Sequence[Operand], forms: Sequence[Sequence[Form]], work: Work
) -> list[Explanation]:
    """Goes through the forms of operands; leaves a beginning that is too dear even with the cheapest rest."""
    found: list[Explanation] = []
    rest = [0.0]
    for options in reversed(forms):
        rest.append(rest[-1] + options[0].cost)
    rest.reverse()

    def go(at: int, used: _Used, plain: bool, value: float, cost: float, fetched: int) -> None:
        if at == len(operands):
            found.extend(_explained(wanted, used, plain, value, cost))
            return
        operand = operands[at]
        for form in forms[at]:
            if cost + form.cost + rest[at + 1] > MOST_COST or work.is_spent or not work.spend():
                return
            if not form.exponent:
                kept = plain and form.cost <= LEFT_FREELY
                go(at + 1, used, kept, value, cost + form.cost, fetched)
            elif operand.near or fetched < MOST_FETCHED:
                both, kept = (*used, (operand.quantity, form)), plain and not form.is_guess
                go(at + 1, both, kept, value * form.value, cost + form.cost, fetched + (not operand.near))

    go(0, (), True, 1.0, 0.0, 0)
    return found


def _explained(
    wanted: Sequence[Form], used: _Used, plain: bool, value: float, cost: float
) -> Iterator[Explanation]:
    """The explanations that these forms make: those that hit a reading of the result, or plainly miss it."""
    unit = (sum(form.data for _, form in used), sum(form.time for _, form in used))
    for form in wanted:
        is_hit = plain or 0.5 < value / form.value < 2
        if not used or (form.data, form.time) != unit or not is_hit:
            continue
        squared = sum(bool(q.period and not q.data and one.exponent > 0) for q, one in used) > 1
        price = cost + form.cost + (RATE_TIMES_RATE if squared else 0.0)
        spans = [one.span for _, one in used if one.span and one.exponent > 0]
        if price <= MOST_COST and _is_of(spans, form.span):
            parts, says = tuple((q, one.exponent) for q, one in used), tuple(one.says for _, one in used)
            carries = any(one.mended for _, one in used)
            yield Explanation(parts, value / form.scale, price, "product", says, plain, carries)


def _is_of(spans: Sequence[float], period: float | None) -> bool:
    """False for an hour's worth that is called a day's."""
    if not spans or period is None:
        return True
    return any(abs(span / period - 1) <= PERIOD_TOLERANCE for span in (math.prod(spans), *spans[:1]))


def _sums(
    wanted: Sequence[Form], operands: Sequence[Operand], forms: Sequence[Sequence[Form]]
) -> Iterator[Explanation]:
    """Sums and differences of like quantities, those that change the result by more than rounding does."""
    close = [pair for pair in zip(operands, forms, strict=True) if pair[0].using <= _NEAREST_SUMMAND]
    for form in wanted:
        alike: list[tuple[Operand, Form]] = []
        for operand, options in close[-_SUMMANDS:]:
            fits = [o for o in options if (o.data, o.time, o.exponent) == (form.data, form.time, 1)]
            if fits and operand.quantity.kind == "amount":
                alike.append((operand, fits[0]))
        for (one, first), (other, second) in combinations(alike, 2):
            left_out = sum(o.omitting for o, _ in close if o.near and o not in (one, other))
            cost, values = form.cost + first.cost + second.cost + left_out, (first.value, second.value)
            if min(values) < _SMALLEST_SUMMAND * sum(values):
                continue
            parts = ((one.quantity, 1), (other.quantity, 1))
            made = (sum(values) / form.scale, cost + SUMMED, "sum", (), left_out <= LEFT_FREELY)
            yield Explanation(parts, *made)
            parts = ((one.quantity, 1), (other.quantity, -1))
            less = abs(first.value - second.value) / form.scale
            yield Explanation(parts, less, cost + DIFFERENCE, "difference", plain=False)


def _powers(wanted: Sequence[Form], operands: Sequence[Operand]) -> Iterator[Explanation]:
    """Seven characters of base 62; what doubles every year, in three years; three in a row at 99.9 %."""
    for base, times in permutations(operands, 2):
        b, e = base.quantity, times.quantity
        if not 1 < e.stated <= _LARGEST_EXPONENT or not e.stated.is_integer() or e.kind != "amount":
            continue
        cost, parts = POWER + base.using + times.using, ((b, 1), (e, 1))
        is_base = b.is_bare and b.kind == "amount" and 2 <= b.value <= _LARGEST_BASE and b.value.is_integer()
        if b.kind == "share" and b.value > AVAILABILITY or is_base and e.is_bare:
            yield from _raised(wanted, parts, b.value**e.stated, cost, Form(1.0))
        if b.kind not in ("share", "factor") or e.stated > _MOST_GROWTH or e.data:
            continue
        grown = (1 + b.value if b.kind == "share" else b.value) ** e.stated
        for other in operands:
            q = other.quantity
            if other not in (base, times) and q.kind == "amount":
                every = ((q, 1), *parts)
                yield from _raised(wanted, every, grown, cost + other.using, Form(q.value, q.data, q.time))


def _raised(
    wanted: Sequence[Form], parts: tuple[tuple[Quantity, int], ...], power: float, cost: float, first: Form
) -> Iterator[Explanation]:
    """A power, or what it multiplies, in each unit of the result that it fits."""
    for form in wanted:
        is_telling = len(parts) > 2 or power < 1 or power >= _SMALLEST_POWER
        if is_telling and (form.data, form.time) == (first.data, first.time):
            yield Explanation(parts, power * first.value / form.scale, cost + form.cost, "power")
