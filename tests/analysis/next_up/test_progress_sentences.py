"""What the Progress page says in words."""

from __future__ import annotations

import pandas as pd

from analysis.next_up.progress_sentences import ScorerUsed, only, scorers_used, standing


def _recent(answers: int = 5, scorer: str = "plain") -> pd.DataFrame:
    row = {
        "scorer": scorer,
        "scorer_version": "1",
        "rubric_version": "r1",
        "level": 2.5,
        "low": 2.0,
        "high": 3.0,
    }
    return pd.DataFrame([{**row, "n": min(answers, 3), "answers": answers}])


def test_one_stands_where_the_last_three_are() -> None:
    assert standing(_recent()) == "Last three: median 2.5, range 2 to 3 (5 answers in all)."


def test_fewer_than_three_answers_say_that_they_are_few() -> None:
    assert standing(_recent(1)) == "Level 2.5 from 1 answer: too few to say more."


def test_two_scorers_are_named_and_not_mixed() -> None:
    said = standing(pd.concat([_recent(), _recent(1, "judge")]))
    assert said.startswith("plain 1: Last three")
    assert "· judge 1: Level 2.5" in said


def test_nothing_scored_says_so() -> None:
    assert standing(_recent().iloc[:0]) == "Not scored yet."


def test_only_the_rows_of_the_chosen_scorers_are_kept() -> None:
    both = pd.concat([_recent(), _recent(1, "judge")])
    used = scorers_used(both)
    assert [scorer.label for scorer in used] == ["plain 1 (rubric r1)", "judge 1 (rubric r1)"]
    assert only(both, used[1:])["scorer"].tolist() == ["judge"]
    assert only(both, ()).empty
    assert only(both, [ScorerUsed("plain", "2", "r1")]).empty
