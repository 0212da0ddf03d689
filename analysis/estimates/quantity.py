"""The type of a quantity: bytes and seconds, with what is needed to state it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["amount", "share", "factor", "implied", "constant", "power"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in bytes and seconds, exponents `data` and `time`; `scale` leads back to the stated unit.

    `period` is the seconds of the rate it is stated in. `kind`: a share (20 %, a half), a factor (3x, twice),
    one of something ("a kilobyte", "for a year"), a conversion (86,400), a power (62^7); else an amount.
    """

    value: float
    data: int
    time: int
    scale: float
    unit: str
    start: int
    end: int
    sentence: int
    """Its number, below zero for what was given by somebody else."""
    sentence_start: int
    kind: Kind = "amount"
    label: str = ""
    period: float | None = None
    lead: float | None = None
    """The seconds of a period named before it: "per year 73 terabytes"."""
    short: str = ""
    """The K of a bare 10 K, which may be kilobytes."""

    @property
    def stated(self) -> float:
        """The number in the stated unit."""
        return self.value / self.scale

    @property
    def is_given(self) -> bool:
        """True for what the candidate did not say."""
        return self.sentence < 0

    @property
    def is_bare(self) -> bool:
        """True without unit or period."""
        return self.data == 0 and self.time == 0

    @property
    def is_number(self) -> bool:
        """True for a number and nothing else, whose unit may go without saying."""
        return self.is_bare and not (self.label or self.unit) and self.kind == "amount"
