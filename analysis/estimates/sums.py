"""Sums and differences, also of products: three services of 15 ms each plus a hop of 80."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from analysis.estimates.chains import MOST_COST, Chain, Context, Operand
from analysis.estimates.quantity import Quantity

SUM, DIFFERENCE, GROUPED = 0.5, 1.2, 0.6
SMALLEST_SUMMAND = 0.1
"""What is added or taken away must change the result by more than rounding does."""


def sums(result: Quantity, operands: Sequence[Operand], context: Context) -> Iterator[Chain]:
    """Every sum and difference of like quantities; those that no word announces are dear."""
    alike = [operand for operand in operands if _is_alike(operand, result)]
    yield from _announced(result, alike) if context.summed else _unspoken(result, alike)
    yield from _grouped(result, [operand for operand in operands if operand.near and not operand.optional])


def _announced(result: Quantity, alike: Sequence[Operand]) -> Iterator[Chain]:
    for count in (2, 3):
        for picked in combinations(alike[-5:], count):
            for values in product(*[_summands(o, result) for o in picked]):
                yield Chain(tuple((o.quantity, 1) for o in picked), sum(values), SUM, "sum")
    for one, other in combinations(alike[-4:], 2):
        parts = ((one.quantity, 1), (other.quantity, -1))
        yield Chain(parts, abs(one.quantity.value - other.quantity.value), DIFFERENCE, "difference")


def _unspoken(result: Quantity, alike: Sequence[Operand]) -> Iterator[Chain]:
    """A sum or difference that no word announces: so dear that it only explains what it hits exactly."""
    for one, other in combinations(alike[-4:], 2):
        first, second = _summands(one, result)[0], _summands(other, result)[0]
        if min(first, second) < SMALLEST_SUMMAND * max(first, second) or _is_said_again(one, other):
            continue
        for value, kind, exponent in ((first + second, "sum", 1), (abs(first - second), "difference", -1)):
            parts = ((one.quantity, 1), (other.quantity, exponent))
            yield Chain(parts, value, MOST_COST, kind, whole=False, sound=True)


def _is_said_again(one: Operand, other: Operand) -> bool:
    """True for 450 GB a minute and 648 TB a day: the same in another unit."""
    is_other_unit = one.quantity.scale != other.quantity.scale
    return is_other_unit and math.isclose(one.quantity.value, other.quantity.value, rel_tol=0.03)


def _grouped(result: Quantity, near: Sequence[Operand]) -> Iterator[Chain]:
    """What "plus" joins, each side multiplied out first."""
    groups: list[list[Operand]] = [[]]
    for operand in near:
        if operand.sign == "plus":
            groups.append([])
        groups[-1].append(operand)
    if not 1 < len(groups) < len(near) or not all(groups):
        return
    values = [_multiplied(group, result) for group in groups]
    known = [value for value in values if value is not None]
    if len(known) == len(groups):
        joined = tuple("+ " if at == 0 else "× " for group in groups for at in range(len(group)))
        parts = tuple((operand.quantity, 1) for operand in near)
        yield Chain(parts, sum(known), GROUPED, "sum", marks=("", *joined[1:]))


def _multiplied(group: Sequence[Operand], result: Quantity) -> float | None:
    """The product of a group in the unit of the result; a bare number may go without saying it."""
    value = math.prod(operand.quantity.value for operand in group)
    data, time = (sum(getattr(operand.quantity, name) for operand in group) for name in ("data", "time"))
    if (data, time) == (result.data, result.time):
        return value
    return value * result.scale if (data, time) == (0, 0) and not result.is_bare else None


def _is_alike(operand: Operand, result: Quantity) -> bool:
    """True for the same unit, or for a bare number beside it whose unit goes without saying."""
    quantity = operand.quantity
    same = (quantity.data, quantity.time) == (result.data, result.time)
    is_elided = operand.near and quantity.is_bare and not quantity.percent and not quantity.multiplier
    return same or (is_elided and quantity.constant is None and not operand.optional)


def _summands(operand: Operand, result: Quantity) -> list[float]:
    quantity = operand.quantity
    value = quantity.value * (result.scale if quantity.is_bare and not result.is_bare else 1.0)
    return [value] if operand.other is None else [value, operand.other]
