"""One recomputed step, and when a stated number agrees with a recomputed one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.estimates.explained import MOST, Explanation
from analysis.estimates.quantities import Quantity
from data.domain import Evidence

Verdict = Literal["consistent", "slip", "carried"]
_ROUNDED = ((0.025, 0.0), (0.06, 0.15), (0.12, 0.4), (0.23, 0.8))
"""Distance of logarithms -> what believing it costs; 86,400 taken as 100,000 is 16 % off."""
_ROUNDED_UP, _ONE_FIGURE = 0.3, 0.8


@dataclass(frozen=True, slots=True)
class CapacityStep:
    """One result as stated and as recomputed, both in the stated unit.

    `off_by_factor` is stated / recomputed. `assumptions` are the quotes it was recomputed from, `formula`
    how. *carried*: it adds up, from an earlier slip; `recomputed` is what it would be with that mended.
    `reason` says what a slip probably is. `start` and `end` are characters of the turn.
    """

    quote: Evidence
    text: str
    stated: float
    unit: str
    recomputed: float
    off_by_factor: float
    verdict: Verdict
    formula: str = ""
    assumptions: tuple[Evidence, ...] = ()
    reason: str = ""
    start: int = 0
    end: int = 0


def rounding(result: Quantity, recomputed: float) -> float | None:
    """What it costs to believe that a stated number is the recomputed one, rounded; None when it is not."""
    if recomputed <= 0:
        return None
    stated, value = result.stated, recomputed
    if result.kind == "share" and max(result.value, value * result.scale) > MOST:  # 99.8 % leaves 0.2
        stated, value = (max(1 - share, 1e-9) for share in (result.value, value * result.scale))
    off = abs(math.log(stated / value))
    cost = next((cost for most, cost in _ROUNDED if off <= most), None)
    is_up = result.is_bare and 0.5 <= recomputed < 100 and result.stated == math.ceil(recomputed - 1e-9)
    if is_up and (cost is None or cost > _ROUNDED_UP):
        return _ROUNDED_UP
    if cost is None and _one_figure(recomputed) == _one_figure(result.stated) == result.stated:
        return _ONE_FIGURE
    return cost


def _one_figure(number: float) -> float:
    """Rounded to one significant figure."""
    return float(f"{number:.0e}")


def formula(text: str, given: str, one: Explanation) -> str:
    """The explanation in the speaker's own words, and in those of whoever gave a number."""
    plus, minus = {"product": ("×", "÷"), "power": ("^", "^")}.get(one.kind, ("+", "−"))
    said = [
        (exponent < 0, form.format((given if quantity.is_given else text)[quantity.start : quantity.end]))
        for form, (quantity, exponent) in zip(one.says or ("{}",) * len(one.parts), one.parts, strict=True)
    ]
    return " ".join(
        f"{minus if turned else plus} {name}" for turned, name in sorted(said, key=lambda part: part[0])
    ).removeprefix(f"{plus} ")


def assumed(steps: Sequence[CapacityStep]) -> tuple[Evidence, ...]:
    """What steps were recomputed from and no step worked out, each once, in order."""
    results = {(step.quote.turn, step.quote.quote) for step in steps}
    taken = [evidence for step in steps for evidence in step.assumptions]
    return tuple(dict.fromkeys(one for one in taken if not _is_result(one, results)))


def _is_result(evidence: Evidence, results: set[tuple[int, str]]) -> bool:
    return any(
        turn == evidence.turn and (evidence.quote in said or said in evidence.quote) for turn, said in results
    )


def sentence(step: CapacityStep) -> str:
    """One step in a line: stated, recomputed, off by how much."""
    value = f"{step.recomputed:,.4g} {step.unit}".strip()
    off = f", off by a factor of {step.off_by_factor:.3g}" if step.verdict == "slip" else ""
    return f"“{step.text}”: {step.verdict}, recomputed {value} from {step.formula}{off}."
