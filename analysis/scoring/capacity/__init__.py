"""The capacity checker: the candidate's own assumptions, recomputed."""

from analysis.scoring.capacity.check import check_capacity, check_turn
from analysis.scoring.capacity.steps import CapacityStep

__all__ = ["CapacityStep", "check_capacity", "check_turn"]
