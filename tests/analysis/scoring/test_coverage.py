"""Coverage: what was heard of what can be told, own marks apart, no share of too few points."""

from __future__ import annotations

import pytest

from analysis.scoring.coverage import Coverage, by_competency, coverage, only_heard
from data.domain import Assessment
from data.settings import PROJECT_ROOT
from tests.stored import heard, result

READ = heard().assessment or Assessment(())


def test_points_that_cannot_be_told_are_left_out_of_the_share() -> None:
    assert coverage(READ.key_points) == Coverage(told=4, heard=2, own=0)
    assert coverage(READ.key_points).heard_share == 0.5


def test_an_own_mark_is_told_apart_and_never_counts_as_heard() -> None:
    marked = coverage(READ.key_points, {"h1", "h3", "h5", "of another question"})
    assert marked == Coverage(told=4, heard=2, own=1)
    assert marked.heard_share == 0.5
    assert marked.sentence == "2 of 4 key points heard, 1 more marked by the candidate"


def test_a_competency_has_a_share_only_with_three_points() -> None:
    shares = {name: one.heard_share for name, one in by_competency(READ.key_points).items()}
    assert shares == {"C2": pytest.approx(2 / 3), "C4": None}


def test_nothing_that_can_be_told_is_said_so() -> None:
    assert "Nothing can be told" in coverage(()).sentence
    assert coverage(()).heard_share is None


def test_an_answer_that_somebody_gave_levels_is_not_only_heard() -> None:
    judged = result().assessment
    assert judged is not None and not only_heard(judged)
    assert only_heard(READ)


def test_no_scorer_and_no_judge_knows_of_own_marks() -> None:
    rooms = ("scoring", "reading", "llm", "exam", "answering", "estimates")
    sources = [path for room in rooms for path in (PROJECT_ROOT / "analysis" / room).rglob("*.py")]
    assert len(sources) > 50
    told = ("own_mark", "OwnMark")
    assert [path.name for path in sources if any(one in path.read_text("utf-8") for one in told)] == []
