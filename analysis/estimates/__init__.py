"""The capacity checker: the candidate's own assumptions, recomputed."""

from analysis.estimates.check import check_capacity, check_turn
from analysis.estimates.quantities_found import has_too_many
from analysis.estimates.quantity import MOST_QUANTITIES
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
    "left_unread",
    "recomputed",
    "sentence",
]


def recomputed(answer: Answer) -> tuple[str, ...]:
    """One line per step that adds up or plainly does not, for a reader who cannot run the checker."""
    told = [step for step in check_capacity(answer) if step.verdict == "consistent" or is_plain_slip(step)]
    return tuple(sentence(step) for step in told)


def left_unread(answer: Answer) -> str:
    """One sentence when an answer has more numbers than are looked at, else ""."""
    if not any(has_too_many(turn.text) for turn in answer.candidate_turns):
        return ""
    return f"Only the first {MOST_QUANTITIES} numbers of a turn are recomputed; this answer has more."
