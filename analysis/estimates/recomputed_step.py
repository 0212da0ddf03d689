"""One recomputed step, and when a stated number agrees with a recomputed one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from analysis.estimates.chains import Chain
from analysis.estimates.quantity import Quantity
from data.domain import Evidence

Verdict = Literal["consistent", "slip", "cannot_tell"]
ROUNDING = 1.25
"""86,400 taken as 100,000 is 16 % off and a month of 2.5 million seconds 4 %; both in one chain stay in."""


@dataclass(frozen=True, slots=True)
class CapacityStep:
    """One result as stated and as recomputed, both in the stated unit.

    `off_by_factor` is stated / recomputed. `assumptions` are the quotes it was recomputed from, `formula`
    how. `recomputed` is None when it cannot be told. `start` and `end` are characters of the turn.
    """

    quote: Evidence
    text: str
    stated: float
    unit: str
    recomputed: float | None
    off_by_factor: float | None
    verdict: Verdict
    formula: str = ""
    assumptions: tuple[Evidence, ...] = ()
    start: int = 0
    end: int = 0


def agrees(result: Quantity, value: float) -> bool:
    """True when the stated result is the recomputed one, rounded as people round at a whiteboard."""
    if value <= 0 or result.value <= 0:
        return value == result.value
    ratio = result.value / value
    if 1 / ROUNDING <= ratio <= ROUNDING:
        return True
    recomputed = value / result.scale
    if result.is_bare and recomputed < 100 and result.stated == math.ceil(recomputed - 1e-9):
        return True
    return _one_figure(result.stated) == result.stated and _one_figure(recomputed) == result.stated


def _one_figure(number: float) -> float:
    """Rounded to one significant figure."""
    power = math.floor(math.log10(number))
    return round(number / 10.0**power) * 10.0**power


def formula(text: str, chain: Chain) -> str:
    """The chain in the speaker's own words."""
    if chain.marks:
        marked = zip(chain.marks, (quantity for quantity, _ in chain.parts), strict=True)
        return " ".join(mark + text[quantity.start : quantity.end] for mark, quantity in marked)
    said = []
    for i, (quantity, exponent) in enumerate(sorted(chain.parts, key=lambda part: part[1] < 0)):
        product = "×" if exponent > 0 else "÷"
        mark = {"sum": "+", "difference": "−"}.get(chain.kind, product)
        name = text[quantity.start : quantity.end]
        said.append(name if i == 0 and exponent > 0 else f"{mark} {name}")
    return " ".join(said)


def sentence(step: CapacityStep) -> str:
    """One step in a line: stated, recomputed, off by how much."""
    if step.recomputed is None or step.off_by_factor is None:
        return f"“{step.text}”: cannot be recomputed from what was said."
    value = f"{step.recomputed:,.4g} {step.unit}".strip()
    off = f", off by a factor of {step.off_by_factor:.3g}" if step.verdict == "slip" else ""
    return f"“{step.text}”: {step.verdict}, recomputed {value} from {step.formula}{off}."
