"""Whether levels count: a judge's once its very version passed the exam, a retired scorer's never."""

from __future__ import annotations

from collections.abc import Sequence

from data.domain import Score
from data.rubrics import load_rubric
from pages.widgets import resources

_WHY = {
    "not examined": "The model that gave these levels has not sat the exam",
    "did not pass": "The model that gave these levels did not pass the exam",
    "retired scorer": "A retired scorer, which went by rules, gave these levels",
}
_BEFOREHAND = {
    "not examined": "The connected model has not sat the exam (Settings)",
    "did not pass": "The connected model did not pass the exam (Settings)",
}


def mark(score: Score) -> str:
    """What stands beside a level that does not count: "not examined", "did not pass", "retired scorer"."""
    if score.level is None:
        return ""
    standing = resources.session().exams.standing(score.scorer, score.scorer_version, score.rubric_version)
    return "" if standing == "counts" else standing


def named(scorer: str) -> str:
    """The scorer's name, with "(retired scorer)" where its levels are history."""
    standing = resources.session().exams.standing(scorer, "", "")
    return f"{scorer} (retired scorer)" if standing == "retired scorer" else scorer


def sentence(scores: Sequence[Score]) -> str:
    """The same in a sentence, with what follows from it; empty where every level counts."""
    found = next((marked for score in scores if (marked := mark(score))), "")
    return f"{_WHY[found]}: read its words; its levels count nowhere." if found else ""


def beforehand() -> str:
    """The same of the connected model before it is asked for levels; empty without one, or when it passed."""
    judge = resources.judge()
    if judge is None:
        return ""
    standing = resources.session().exams.standing(judge.name, judge.version, load_rubric().version)
    return "" if standing == "counts" else f"{_BEFOREHAND[standing]}: its levels will count nowhere."
