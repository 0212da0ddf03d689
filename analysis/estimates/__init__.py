"""The capacity checker: the candidate's own assumptions, recomputed."""

from analysis.estimates.check import check_capacity, check_turn
from analysis.estimates.recomputed_step import CapacityStep, sentence
from analysis.estimates.slips import assumed, is_plain_slip, likely_slip
from data.domain import Answer

__all__ = [
    "CapacityStep",
    "assumed",
    "check_capacity",
    "check_turn",
    "is_plain_slip",
    "likely_slip",
    "recomputed",
    "sentence",
]


def recomputed(answer: Answer) -> tuple[str, ...]:
    """One line per step that adds up or plainly does not, for a reader who cannot run the checker."""
    told = [step for step in check_capacity(answer) if step.verdict == "consistent" or is_plain_slip(step)]
    return tuple(sentence(step) for step in told)
