"""One option at each place, without making every combination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

ROUNDING = 1e-9
"""Sums of costs may differ by this with the order in which they are added."""


class Costed(Protocol):
    """An option with a cost of zero or more."""

    @property
    def cost(self) -> float:
        """What choosing it costs."""


Option = TypeVar("Option", bound=Costed)


def affordable(places: Sequence[Sequence[Option]], limit: float) -> Iterator[tuple[Option, ...]]:
    """Every choice of one option each that costs at most `limit`, in the order of `itertools.product`.

    A beginning that is too dear even with the cheapest rest is not gone on with (branch and bound).
    """
    rest = [0.0]
    for options in reversed(places):
        rest.append(rest[-1] + min((option.cost for option in options), default=0.0))
    rest.reverse()

    def after(place: int, chosen: tuple[Option, ...], cost: float) -> Iterator[tuple[Option, ...]]:
        if place == len(places):
            yield chosen
            return
        for option in places[place]:
            if cost + option.cost + rest[place + 1] <= limit + ROUNDING:
                yield from after(place + 1, (*chosen, option), cost + option.cost)

    return after(0, (), 0.0)
