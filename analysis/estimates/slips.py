"""What lies between a stated number and a recomputed one, when it is something that slips are made of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.estimates.explained import Explanation
from analysis.estimates.quantities import Quantity

_EXACT, _NEAR, _CLOSE = 0.025, 0.03, 0.07
"""Distances of logarithms."""
_ZEROS = ((1, 0.0), (3, 0.0), (2, 0.2))
_BITS, _MOST_COST_OF_TIMES = 8.0, 0.25
_TIMES = {60.0: "minutes and seconds", 3600.0: "hours and seconds", 24.0: "hours and days"}
_TIMES |= {30.0: "days and months", 86400.0: "days and seconds"}
_FAR, _OTHER = 1.25, 0.3


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip probably is, in a sentence, and what believing it costs; `exact`: nothing was rounded."""

    reason: str
    price: float
    exact: bool = True


def slip_between(result: Quantity, one: Explanation, *, by_far: bool = False) -> Slip | None:
    """The likeliest slip between a stated number and an explanation, None when nothing telling lies between.

    Any other distance more often means that a number went in which was not said aloud.
    """
    if one.value <= 0:
        return None
    ratio = max(result.stated / one.value, one.value / result.stated)
    slip = min(_slips(result, one, ratio), key=lambda slip: slip.price, default=None)
    if slip is None and by_far and ratio >= _FAR:
        return Slip("Nothing that was said leads from one to the other.", _OTHER, False)
    return slip


def _slips(result: Quantity, one: Explanation, ratio: float) -> Iterator[Slip]:
    for zeros, price in _ZEROS:
        if _near(ratio, 10.0**zeros, _CLOSE):
            what = "a zero" if zeros == 1 else f"{zeros} zeros"
            reason = f"A factor of {10**zeros:,}: usually {what} or a unit."
            yield Slip(reason, price, _near(ratio, 10.0**zeros, _EXACT))
    quantities = [result, *(quantity for quantity, _ in one.parts)]
    if any(q.data for q in quantities) and _near(ratio, _BITS, _NEAR):
        yield Slip("A factor of 8: bits and bytes are often swapped here.", 0.0, _near(ratio, _BITS, _EXACT))
    if not result.is_bare and one.cost <= _MOST_COST_OF_TIMES and any(map(_is_long, quantities)):
        near = (names for times, names in _TIMES.items() if _near(ratio, times, _NEAR))
        yield from (Slip(f"A factor of {ratio:,.0f}: {names} may be swapped here.", 0.2) for names in near)
    for quantity in quantities[1:] if len(one.parts) > 1 and one.kind == "product" else ():
        if result.data and quantity.unit == result.unit and _near(result.stated, quantity.stated, 0.01):
            yield Slip("The result is one of its own factors: the other one seems to be left out.", 0.1)
        if len(one.parts) == 2 and quantity.stated >= 2 and _near(ratio, quantity.stated**2, _NEAR):
            yield Slip("It seems to be multiplied where it should be divided, or the other way round.", 0.3)


def _is_long(quantity: Quantity) -> bool:
    """True where minutes and more are spoken of."""
    span = quantity.period or (quantity.scale if quantity.time else 0.0)
    return bool(quantity.lead) or span >= min(_TIMES)


def _near(value: float, other: float, close: float) -> bool:
    return value > 0 and other > 0 and abs(math.log(value / other)) <= close
