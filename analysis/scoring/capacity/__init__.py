"""The capacity checker: the candidate's own assumptions, recomputed."""

from analysis.scoring.capacity.check import check_capacity, check_turn
from analysis.scoring.capacity.steps import CapacityStep, sentence
from data.domain import Answer

__all__ = ["CapacityStep", "check_capacity", "check_turn", "recomputed", "sentence"]


def recomputed(answer: Answer) -> tuple[str, ...]:
    """One line per step that could be recomputed, for a reader who cannot run the checker."""
    return tuple(sentence(step) for step in check_capacity(answer) if step.verdict != "cannot_tell")
