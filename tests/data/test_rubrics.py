from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from data.domain import CATEGORIES, COMPANIONS, COMPETENCIES, LEVELS, KeyPoint, Question, RehearseError
from data.questions import load_questions
from data.rubrics import (
    RUBRICS,
    asked_clauses,
    criteria_for,
    design_weights,
    expected_level,
    is_invited,
    load_frame,
    load_rubric,
    read_rubric,
)


def a_question(
    category: str, competencies: tuple[str, ...] = (), key_points: tuple[KeyPoint, ...] = ()
) -> Question:
    return Question("q", category, "mid", "Q", "Design it.", "t", competencies, 10.0, key_points)


def a_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RUBRICS, tmp_path / "rubrics"))


def test_every_competency_and_companion_has_four_levels_with_clauses_and_an_example() -> None:
    rubric = load_rubric()
    assert {criterion.id for criterion in rubric.criteria} == set(COMPETENCIES + COMPANIONS)
    for criterion in rubric.criteria:
        assert [anchor.level for anchor in criterion.anchors] == [1, 2, 3, 4]
        assert all(anchor.clauses and len(anchor.example) > 20 for anchor in criterion.anchors)


def test_clause_ids_are_unique_and_say_criterion_and_level() -> None:
    ids = [c.id for item in load_rubric().criteria for anchor in item.anchors for c in anchor.clauses]
    assert len(ids) == len(set(ids))
    assert "C4.3.b" in ids


def test_the_rubric_is_read_once() -> None:
    assert load_rubric() is load_rubric()


def test_a_question_is_judged_by_its_competencies_and_companion_and_communication() -> None:
    found = [item.id for item in criteria_for(a_question("coding", ("C2",)))]
    assert found == ["C2", "coding", "communication"]


def test_a_question_without_competencies_takes_those_of_its_category() -> None:
    found = [item.id for item in criteria_for(a_question("system_design"))]
    assert found == [*COMPETENCIES, "communication"]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_criteria(category: str) -> None:
    assert "communication" in [item.id for item in criteria_for(a_question(category))]


def test_a_secondary_competency_is_invited_only_by_a_key_point() -> None:
    point = KeyPoint("k", "Says how it is rolled back.", "How would you ship it?", "C6")
    assert not is_invited(a_question("behavioral", ("C6",)), "C6")
    assert is_invited(a_question("behavioral", ("C6",), (point,)), "C6")
    assert is_invited(a_question("system_design"), "C4")


def test_a_question_asks_for_the_clauses_of_its_round_or_for_its_own() -> None:
    plain = a_question("distributed_systems")
    assert asked_clauses(plain, "C2") == {"C2.2.a", "C2.3.b", "C2.3.c"}
    assert asked_clauses(replace(plain, id="distributed-hot-key"), "C2") == {
        "C2.2.a",
        "C2.3.b",
        "C2.3.c",
        "C2.3.d",
    }
    assert asked_clauses(plain, "C6") == {"C6.2.a"}


@pytest.mark.slow
def test_questions_that_ask_otherwise_are_in_the_bank_and_judged_by_that_criterion() -> None:
    questions = {question.id: question for question in load_questions()}
    for one in load_frame().otherwise:
        assert one.criterion in [item.id for item in criteria_for(questions[one.question])]


def test_expected_levels_cover_every_role_and_rise_with_it() -> None:
    for name in COMPETENCIES:
        found = [expected_level(role, name) for role in LEVELS]
        highs = [item.high for item in found if item is not None]
        assert len(highs) == len(LEVELS)
        assert highs == sorted(highs)
    assert expected_level("mid", "communication") is None


def test_the_design_weights_sum_to_one() -> None:
    assert sum(weight.share for weight in design_weights()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("C4.yaml", "title: Failure modes", "title: ''", "title"),
        ("C4.yaml", "level: 3", "level: 2", "anchors.3.level"),
        ("C4.yaml", "      b: Says for at", "      b: ''\n      z: Says for at", "anchors.3.clauses.b"),
        ("rubric.yaml", "C1: 25", "C1: 24", "system_design_weights.C1 to C6"),
        ("rubric.yaml", "[C4.3.a]", "[C4.3.q]", "volunteered_clauses"),
        ("rubric.yaml", "secondary: [C4, C3]", "secondary: [C9]", "categories.distributed_systems.secondary"),
        ("rubric.yaml", "{C2: bc, C3: a", "{C2: bz, C3: a", "categories.distributed_systems.asked.C2"),
        (
            "rubric.yaml",
            "data-sharding-key: {C2: d}",
            "data-sharding-key: {C2: 7}",
            "questions.data-sharding-key.C2",
        ),
        ("rubric.yaml", "C5: [3, 3], C6: [2, 2]", "C5: [4, 3], C6: [2, 2]", "expected_levels.mid.C5"),
        ("rubric.yaml", ", C6, coding", ", coding", "criteria"),
    ],
)
def test_a_mistake_is_named_by_file_and_field(
    tmp_path: Path, file: str, old: str, new: str, field: str
) -> None:
    folder = a_copy(tmp_path)
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    with pytest.raises(RehearseError) as caught:
        read_rubric(folder)
    assert file in str(caught.value)
    assert f"field {field}" in str(caught.value)


@pytest.mark.parametrize("text", ["- a\n- b\n", "a: [", "\xff"])
def test_a_file_that_is_not_a_rubric_is_named(tmp_path: Path, text: str) -> None:
    folder = a_copy(tmp_path)
    (folder / "C2.yaml").write_bytes(text.encode("latin-1"))
    with pytest.raises(RehearseError, match=r"C2\.yaml"):
        read_rubric(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = a_copy(tmp_path)
    (folder / "C2.yaml").unlink()
    with pytest.raises(RehearseError, match=r"C2\.yaml"):
        read_rubric(folder)
