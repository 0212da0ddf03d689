"""The capacity checker: the candidate's own assumptions, recomputed."""

from analysis.estimates.check import Checked, check_answer, check_text, check_turn
from analysis.estimates.quantities import find_quantities
from analysis.estimates.recomputed_step import CapacityStep, assumed, sentence

__all__ = [
    "CapacityStep",
    "Checked",
    "assumed",
    "check_answer",
    "check_text",
    "check_turn",
    "find_quantities",
    "left_unread",
    "sentence",
]


def left_unread(checked: Checked) -> str:
    """One sentence when an answer has more numbers than are worked through, else ""."""
    if checked.whole:
        return ""
    return "Not every sum of this answer is recomputed: it has more numbers than are worked through."
