from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.evaluate.asag import GradedRow
from analysis.evaluate.asag import measure as measure_grades
from analysis.evaluate.asag import read_rows as read_graded
from analysis.evaluate.graded_levels import judge, measure, read_gold, read_rows
from analysis.exam.rater_agreement import pearson, quadratic_kappa, within_pearson
from data.domain import Answer, Assessment, RehearseError, Score


class Fixed:
    name = "fixed"
    version = "1"

    def score(self, answer: Answer) -> Assessment:
        criterion = answer.question.competencies[0]
        return Assessment((Score(criterion, 3.0, self.name, self.version, "r"),))


def test_every_gold_quote_is_in_its_answer_and_the_set_is_large_enough() -> None:
    rows = read_gold()
    assert len(rows) >= 80 and len({row.answer.question.id for row in rows}) >= 24
    for row in rows:
        assert all(quote in row.answer.candidate_text for quote in row.must_quote)


def test_attacks_stay_out_of_the_agreement() -> None:
    rows = read_gold()
    figures = measure(judge(rows, Fixed()))
    assert figures["n"] == len(rows) and figures["graded"] < len(rows)
    assert figures["by_kind"]["idk"]["mean_level"] == 3.0


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"question": "q"}) + "\n")
    with pytest.raises(RehearseError, match="line 1"):
        read_rows(file)


def test_kappa_is_one_for_equal_grades_and_nothing_for_one_grade() -> None:
    grades = np.array([1.0, 2.0, 3.0, 4.0])
    assert quadratic_kappa(grades, grades) == 1.0
    assert quadratic_kappa(np.ones(3), np.ones(3)) is None


def test_within_question_agreement_ignores_how_hard_a_question_is() -> None:
    human = np.array([1.0, 2.0, 3.0, 7.0, 8.0, 9.0])
    given = np.array([7.0, 8.0, 9.0, 1.0, 2.0, 3.0])
    groups = np.array([0, 0, 0, 1, 1, 1])
    assert (pearson(given, human) or 0) < 0
    assert within_pearson(given, human, groups) == pytest.approx(1.0)


def test_unscored_answers_are_counted_and_left_out() -> None:
    rows = [GradedRow("q", "q?", "r", "a", float(score), 4.0) for score in (1, 2, 3, 4)]
    figures = measure_grades(rows, [0.25, 0.5, 0.75, None])
    assert (figures["n"], figures["unscored"], figures["rmse"]) == (4, 1, 0.0)


def test_key_points_may_be_one_text_and_an_unknown_criterion_is_named(tmp_path: Path) -> None:
    row = {
        "question": "q?",
        "key_points": "one thing | another thing",
        "criterion": "C2",
        "level": 2,
        "answer": "a",
    }
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(row) + "\n")
    found = read_rows(file)[0]
    assert [point.text for point in found.answer.question.key_points] == ["one thing", "another thing"]
    file.write_text(json.dumps({**row, "criterion": "C9"}) + "\n")
    with pytest.raises(RehearseError, match="line 1.*unknown criterion 'C9'"):
        read_rows(file)


def test_a_short_or_endless_graded_row_is_named_or_read(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("question,reference,answer,score,score_max\nq?,r,,1,5\nq?,r,a,inf,5\n")
    with pytest.raises(RehearseError, match="line 3"):
        read_graded(file)
    file.write_text("question,reference,answer,score,score_max\nq?,r,,1,5\n")
    assert read_graded(file)[0].answer == ""
