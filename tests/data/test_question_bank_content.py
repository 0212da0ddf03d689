"""What every shipped question must be, so that probes stay neutral and points can be aligned with speech."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from analysis.reading.leaks import leaked_words, stems
from data.domain import CATEGORIES, COMPANIONS, COMPETENCIES, LEVELS, Question
from data.questions import BANK
from tests.stored import shipped_questions

QUESTIONS = shipped_questions()
SHARE = {
    "experience": 10,
    "coding": 15,
    "system_design": 24,
    "distributed_systems": 15,
    "data_infrastructure": 15,
    "capacity": 12,
    "operations": 15,
    "behavioral": 12,
    "code_reading": 3,
    "ai_coding": 3,
    "debugging": 3,
}
AT_EVERY_LEVEL = [category for category, share in SHARE.items() if share > 3]
FEWEST_IN_ALL = 120
FORBIDDEN = re.compile(
    r"\b(?:un)?(?:confiden(?:t|ce)|nervous\w*|anxi\w+|emotion\w*|personality|body language)\b"
)
WORDS_OF_A_KEY_POINT = range(12, 31)


def all_text(question: Question) -> str:
    points = [f"{point.text} {point.probe}" for point in question.key_points]
    facts = [fact.text for fact in question.facts]
    return " ".join([question.title, question.text, question.outline, *facts, *points])


each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_its_share_of_questions(category: str) -> None:
    count = Counter(question.category for question in QUESTIONS)[category]
    assert count >= SHARE[category]
    assert len(QUESTIONS) >= FEWEST_IN_ALL


def test_every_large_category_has_questions_at_every_level() -> None:
    levels = {(question.category, question.level) for question in QUESTIONS}
    missing = [
        (category, level)
        for category in AT_EVERY_LEVEL
        for level in LEVELS
        if (category, level) not in levels
    ]
    assert missing == []


def test_ids_are_unique_short_slugs() -> None:
    ids = [question.id for question in QUESTIONS]
    assert len(set(ids)) == len(ids)
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 48] == []


def test_every_bank_file_belongs_to_a_question_and_every_question_has_one() -> None:
    assert {file.stem for file in BANK.glob("*.yaml")} == {question.id for question in QUESTIONS}


def test_titles_and_question_texts_are_not_repeated() -> None:
    for texts in ([question.title for question in QUESTIONS], [question.text for question in QUESTIONS]):
        assert [text for text, times in Counter(texts).items() if times > 1] == []


@each_question
def test_a_question_is_complete(question: Question) -> None:
    assert 5 <= len(question.key_points) <= 10
    assert 1 <= len(question.reading) <= 3
    assert 5 <= len(question.outline.splitlines()) <= 12
    assert question.facts
    assert question.tags
    assert 2 <= question.minutes <= 10


@each_question
def test_key_points_are_single_sentences_of_speakable_length(question: Question) -> None:
    for point in question.key_points:
        assert len(point.text.split()) in WORDS_OF_A_KEY_POINT, point.text
        assert point.text[0].isupper() and point.text.endswith("."), point.text


@each_question
def test_every_key_point_feeds_a_competency_of_its_question_and_each_is_fed(question: Question) -> None:
    fed = {point.competency for point in question.key_points}
    assert set(question.competencies) <= set(COMPETENCIES + COMPANIONS)
    assert fed == set(question.competencies)


@each_question
def test_probes_are_questions_and_not_repeated(question: Question) -> None:
    probes = [point.probe for point in question.key_points]
    assert len(set(probes)) == len(probes)
    assert [probe for probe in probes if not probe.endswith("?") or len(probe.split()) > 25] == []


@each_question
def test_a_probe_does_not_contain_the_content_it_looks_for(question: Question) -> None:
    asked = f"{question.title} {question.text}"
    leaks = {
        point.probe: shared
        for point in question.key_points
        if (shared := leaked_words(point.probe, (point,), asked))
    }
    assert leaks == {}


@each_question
def test_no_word_labels_a_person(question: Question) -> None:
    assert FORBIDDEN.findall(all_text(question).lower()) == []


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q.category == "system_design"], ids=lambda question: question.id
)
def test_a_system_design_question_covers_all_six_competencies_and_the_six_steps(question: Question) -> None:
    assert {point.competency for point in question.key_points} == set(COMPETENCIES)
    steps = [line.split(":")[0] for line in question.outline.splitlines()]
    assert steps == ["Requirements", "Estimate", "Architecture", "Deep dive", "Failures", "Operations"]


@pytest.mark.parametrize("tag", ["backend-developer", "java", "python", "faang", "startup"])
def test_a_role_tag_marks_a_useful_set(tag: str) -> None:
    tagged = [question for question in QUESTIONS if tag in question.tags]
    assert len(tagged) >= 20
    assert len({question.category for question in tagged}) >= 4


def test_the_leak_check_finds_a_leak_and_passes_a_neutral_probe() -> None:
    point = "Generates codes from a counter range handed to each node so that no two nodes collide."
    assert stems("Would you use counter ranges?") & stems(point) == {"counter", "rang"}
    assert stems("How do you make sure two nodes never hand out the same code?") & stems(point) == set()
