"""The capacity checker: the candidate's own assumptions, recomputed."""

from analysis.estimates.check import Checked, check_answer, check_capacity, check_turn
from analysis.estimates.recomputed_step import CapacityStep, sentence
from analysis.estimates.slips import assumed, is_plain_slip, likely_slip

__all__ = [
    "CapacityStep",
    "Checked",
    "assumed",
    "check_answer",
    "check_capacity",
    "check_turn",
    "is_plain_slip",
    "likely_slip",
    "left_unread",
    "sentence",
]


def left_unread(checked: Checked) -> str:
    """One sentence when an answer has more numbers than are worked through, else ""."""
    if checked.whole:
        return ""
    return "Not every sum of this answer is recomputed: it has more numbers than are worked through."
