"""Whether levels count: those of a judge do only once its very version passed the exam; others say so."""

from __future__ import annotations

from collections.abc import Sequence

from data.domain import Score
from pages.widgets import resources

_WHY = {
    "not examined": "The model that gave these levels has not sat the exam",
    "did not pass": "The model that gave these levels did not pass the exam",
}


def mark(score: Score) -> str:
    """What stands beside a level that does not count: "not examined" or "did not pass"; else nothing."""
    if score.level is None:
        return ""
    standing = resources.session().exams.standing(score.scorer, score.scorer_version, score.rubric_version)
    return "" if standing == "counts" else standing


def sentence(scores: Sequence[Score]) -> str:
    """The same in a sentence, with what follows from it; empty where every level counts."""
    found = next((marked for score in scores if (marked := mark(score))), "")
    return f"{_WHY[found]}: read its words; its levels count nowhere." if found else ""
