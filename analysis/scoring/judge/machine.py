"""What a machine found about an answer, for the criterion that asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.scoring.capacity import recomputed
from data.domain import Answer

_RECOMPUTED = "A checker recomputed the candidate's numbers from the candidate's own assumptions:"


def found_by_machine(answer: Answer) -> Mapping[str, tuple[str, ...]]:
    """Lines for the judge by criterion: recomputed numbers for C5.

    How the tests of code went is not told: it comes from the candidate's own browser, which can be made to
    say anything. The code itself is in the transcript.
    """
    numbers = recomputed(answer)
    return {"C5": (_RECOMPUTED, *numbers) if numbers else ()}
