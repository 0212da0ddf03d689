"""Synthetic attempts (placeholder of the generator, being written)."""

from __future__ import annotations

from collections.abc import Sequence

from data.domain import AttemptResult, Question


def sample_results(questions: Sequence[Question]) -> tuple[AttemptResult, ...]:
    """The sample data."""
    return ()
