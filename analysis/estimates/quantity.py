"""The type of a quantity: bytes and seconds, with what is needed to state it again."""

from __future__ import annotations

from dataclasses import dataclass

MOST_QUANTITIES, MOST_NEAR, LONGEST_WINDOW = 150, 40, 2_000
"""Numbers of a turn, numbers of one sentence and characters around a number that are looked at."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in bytes and seconds, exponents `data` and `time`; `scale` leads back to the stated unit.

    `period` is the seconds of the rate it is stated in; `percent` and `multiplier` mark bare factors;
    `constant` is set for a conversion such as 86,400 seconds in a day (the true seconds), `power` for 62^7.
    """

    value: float
    data: int
    time: int
    scale: float
    unit: str
    start: int
    end: int
    sentence: int
    label: str = ""
    period: float | None = None
    percent: bool = False
    multiplier: bool = False
    constant: float | None = None
    power: bool = False
    descriptive: bool = False
    """An 8 in "8-core": it describes, and rarely counts."""
    also: tuple[Quantity, ...] = ()
    """What it may stand for as well."""

    @property
    def stated(self) -> float:
        """The number in the stated unit."""
        return self.value / self.scale

    @property
    def is_bare(self) -> bool:
        """True without unit or period."""
        return self.data == 0 and self.time == 0
