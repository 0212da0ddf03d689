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
from analysis.estimates.units import HOUR

MOST_COST, MOST_WORK = 2.1, 300_000
"""Of an explanation; forms tried for one answer, about half a second."""
PERIOD_DROPPED, RESULT_PERIOD, ELIDED, UNIT_TAKEN, LEAD = 0.25, 0.2, 0.35, 0.15, 0.1
INVERTED, INVERTED_MEASURE, MENDED = 0.35, 0.1, 0.01
REST_OF, REST_OF_MOST, MORE_BY, ONE_MORE, COUNTED = 0.5, 0.05, 0.6, 0.5, 0.4
SUMMED, DIFFERENCE, POWER, GROUPED = 0.6, 0.8, 0.2, 0.3
PERIOD_TOLERANCE = 0.25
LEFT_FREELY = 0.3
"""What may be left out at this cost leaves an explanation plain."""
AVAILABILITY, MOST = 0.98, 0.9
"""Shares that are spoken of for the little, or for the rest, that they leave."""
_SUMMANDS, _SMALLEST_SUMMAND, _NEAREST_SUMMAND = 5, 0.1, 0.6
_LARGEST_BASE, _LARGEST_EXPONENT, _SMALLEST_POWER, _MOST_BITS, _MOST_COPIES = 128, 64, 1e5, 128, 3

Unit = tuple[float, int, int]
"""Scale, data and time."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a quantity: its value in bytes and seconds, and what it costs to believe it.

    `scale` leads back to the stated unit. `mended`: taken as it should have been where it was a slip. `says`
    is how a formula writes it.
    """

    value: float
    data: int
    time: int
    cost: float
    scale: float = 1.0
    exponent: int = 1
    mended: bool = False
    says: str = "{}"
    amount_of: float | None = None
    """The seconds of the rate that is read as an amount."""
    is_guess: bool = False
    """Whether it may only bear a number out, not accuse."""

    def per(self, period: float, cost: float) -> Form:
        """The same as a rate."""
        scale, value = self.scale / period, self.value / period
        return replace(self, value=value, time=self.time - 1, cost=self.cost + cost, scale=scale)

    def turned(self, cost: float) -> Form:
        """As a divisor."""
        value, data, time = 1 / self.value, -self.data, -self.time
        return replace(
            self, value=value, data=data, time=time, cost=self.cost + cost, exponent=-self.exponent
        )


@dataclass(frozen=True, slots=True)
class Operand:
    """A quantity that may go into a result. `using` and `omitting` are what either costs.

    `near`: in the same breath. `sign`: times, divided, plus or minus where the words before it say so.
    `meant`: what it should have been, where it was itself a slip.
    """

    quantity: Quantity
    using: float
    omitting: float
    near: bool
    sign: str = ""
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
    found = [*_Products(wanted, operands, forms, work).all(), *_sums(wanted, operands, forms)]
    found += [*_powers(result, operands)]
    return sorted(found, key=lambda one: one.cost)


def _readings(result: Quantity, before: Sequence[Quantity]) -> list[Form]:
    """What a stated number may mean: as said, per a period, as an amount, with the unit of its neighbours."""
    own = Form(result.value, result.data, result.time, 0.0, result.scale)
    found = [own]
    if result.lead is not None:
        found.append(own.per(result.lead, LEAD))
    elif result.period is not None:
        found.append(own.per(1 / result.period, RESULT_PERIOD))
        found[-1] = replace(found[-1], time=result.time + 1, amount_of=result.period)
    if result.is_number:
        found += [Form(result.value * s, d, t, UNIT_TAKEN, s) for s, d, t in _units(before, 3)]
    return found


def _units(quantities: Sequence[Quantity], most: int) -> list[Unit]:
    """The units stated last."""
    stated: list[Unit] = [(q.scale, q.data, q.time) for q in reversed(quantities) if not q.is_bare]
    return list(dict.fromkeys(stated))[:most]


def _forms(operand: Operand, before: Sequence[Quantity]) -> list[Form]:
    """The ways an operand may go in, each with its cost."""
    quantity = operand.quantity
    said = Form(quantity.value, quantity.data, quantity.time, 0.0)
    is_time = quantity.kind == "constant" and quantity.is_bare
    found = [*([] if is_time else _with_period(quantity, said)), *_other_meanings(quantity, before)]
    if operand.meant is not None:
        mended = replace(said, value=operand.meant, cost=MENDED, mended=True)
        found += _with_period(quantity, mended)
    found = [replace(form, cost=form.cost + operand.using) for form in found if form.value > 0]
    if operand.sign == "divided":
        return [form.turned(0.0) for form in found]
    turning = INVERTED if quantity.is_bare else INVERTED_MEASURE
    return found + [form.turned(turning) for form in found]


def _with_period(quantity: Quantity, form: Form) -> Iterator[Form]:
    yield form
    if quantity.period is not None and quantity.kind != "constant":
        amount = form.value * quantity.period
        yield replace(form, value=amount, time=form.time + 1, cost=form.cost + PERIOD_DROPPED)


def _other_meanings(q: Quantity, before: Sequence[Quantity]) -> Iterator[Form]:
    """What a quantity may stand for beside what its own words say."""
    if q.kind == "share":
        rest = 0.0 if q.value > AVAILABILITY else REST_OF_MOST if q.value >= MOST else REST_OF
        yield Form(1 - q.value, 0, 0, rest, says="(1 − {})")
        yield Form(1 + q.value, 0, 0, MORE_BY, says="(1 + {})")
    if q.kind == "constant" and q.is_bare:
        yield Form(q.value, 0, 1, 0.0)
    if q.is_bare and q.kind in ("amount", "implied"):
        yield from _of_a_number(q, before)
    elif (q.data, q.time) == (1, 0) and "bit" in q.unit.lower():
        yield Form(q.value, 1, -1, UNIT_TAKEN)


def _of_a_number(q: Quantity, before: Sequence[Quantity]) -> Iterator[Form]:
    """10 K for 10 KB, 64 for 64 GB, "with one replica" for two of them, 500 hours a minute for 500 things."""
    if q.short:
        yield Form(q.value, 1, 0, UNIT_TAKEN)
    if q.is_number and q.value >= 1:
        again = {(b.scale, b.data, b.time) for b in before if b.stated == q.stated and b.value != q.value}
        taken = {unit: 2 * UNIT_TAKEN for unit in _units(before, 2)} | dict.fromkeys(again, 0.0)
        yield from (Form(q.value * s, d, t, cost, is_guess=cost > 0) for (s, d, t), cost in taken.items())
    if q.label and q.value <= _MOST_COPIES and q.value.is_integer():
        yield Form(q.value + 1, 0, 0, ONE_MORE, says="(1 + {})", is_guess=True)


class _Products:
    """Goes through the forms of operands; leaves a beginning that is too dear even with the cheapest rest."""

    def __init__(
        self, wanted: Sequence[Form], operands: Sequence[Operand], forms: Sequence[Sequence[Form]], work: Work
    ) -> None:
        self._operands, self._work = operands, work
        self._wanted: dict[tuple[int, int], list[Form]] = {}
        for form in wanted:
            self._wanted.setdefault((form.data, form.time), []).append(form)
        self._rest = [0.0]
        for operand, options in zip(reversed(operands), reversed(forms), strict=True):
            self._rest.append(self._rest[-1] + min([operand.omitting, *(form.cost for form in options)]))
        self._rest.reverse()
        self._forms = [sorted(options, key=lambda form: form.cost) for options in forms]
        self._chosen: list[Form | None] = []
        self._found: list[Explanation] = []

    def all(self) -> list[Explanation]:
        self._go(1.0, 0, 0, 0.0)
        return self._found

    def _go(self, value: float, data: int, time: int, cost: float) -> None:
        """Try all that begins with what is chosen."""
        at = len(self._chosen)
        if at == len(self._operands):
            if (data, time) in self._wanted:
                self._explain(value, data, time, cost)
            return
        operand, room = self._operands[at], MOST_COST - cost - self._rest[at + 1]
        if self._work.is_spent:
            return
        if operand.omitting <= room and self._work.spend():
            self._chosen.append(None)
            self._go(value, data, time, cost + operand.omitting)
            self._chosen.pop()
        for form in self._forms[at]:
            if form.cost > room or self._work.is_spent or not self._work.spend():
                return
            self._chosen.append(form)
            self._go(value * form.value, data + form.data, time + form.time, cost + form.cost)
            self._chosen.pop()

    def _explain(self, value: float, data: int, time: int, cost: float) -> None:
        both = list(zip(self._operands, self._chosen, strict=True))
        parts = tuple((operand.quantity, form.exponent) for operand, form in both if form is not None)
        says = tuple(form.says for form in self._chosen if form is not None)
        plain = all(form is not None or operand.omitting <= LEFT_FREELY for operand, form in both)
        plain = plain and not any(form is not None and form.is_guess for form in self._chosen)
        carries = any(form is not None and form.mended for form in self._chosen)
        for form in self._wanted[data, time] if parts else ():
            is_other_span = form.amount_of is not None and not self._is_of(form.amount_of)
            if cost + form.cost <= MOST_COST and not is_other_span:
                made, price = value / form.scale, cost + form.cost
                self._found.append(Explanation(parts, made, price, plain=plain, carries=carries, says=says))

    def _is_of(self, period: float) -> bool:
        """False for an hour's worth that is called a day's."""
        spans = [form for form in self._chosen if form and (form.data, form.time) == (0, 1)]
        total = math.prod(form.value for form in spans)
        return not spans or abs(total / period - 1) <= PERIOD_TOLERANCE


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
                alike.append((operand, min(fits, key=lambda option: option.cost)))
        for picked in combinations(alike, 2):
            taken = [operand for operand, _ in picked]
            left_out = sum(o.omitting for o, _ in close if o.near and o not in taken)
            yield from _added(picked, form, left_out)


def _added(picked: Sequence[tuple[Operand, Form]], form: Form, left_out: float) -> Iterator[Explanation]:
    values = [option.value for _, option in picked]
    if min(values) < _SMALLEST_SUMMAND * sum(values):
        return
    parts = tuple((operand.quantity, 1) for operand, _ in picked)
    cost = form.cost + sum(option.cost for _, option in picked) + left_out
    yield Explanation(parts, sum(values) / form.scale, cost + SUMMED, "sum", plain=left_out <= LEFT_FREELY)
    if len(picked) == 2:
        parts = (parts[0], (parts[1][0], -1))
        value = abs(values[0] - values[1]) / form.scale
        yield Explanation(parts, value, cost + DIFFERENCE, "difference", plain=False)


def _powers(result: Quantity, operands: Sequence[Operand]) -> Iterator[Explanation]:
    """Seven characters of base 62: one number to the power of another."""
    bare = [o for o in operands if o.quantity.is_bare and o.quantity.kind == "amount"]
    bare = [o for o in bare if 2 <= o.quantity.value <= _LARGEST_BASE and o.quantity.value.is_integer()]
    for base, exponent in permutations(bare, 2) if result.is_bare else ():
        if exponent.quantity.value <= _LARGEST_EXPONENT:
            value = base.quantity.value**exponent.quantity.value
            parts = ((base.quantity, 1), (exponent.quantity, 1))
            if value >= _SMALLEST_POWER:
                yield Explanation(parts, value / result.scale, POWER + base.using + exponent.using, "power")
