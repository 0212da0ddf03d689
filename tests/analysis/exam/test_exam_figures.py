"""Figures on constructed answers: what is counted, what passes, and what two quotes of one claim are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.evaluate import __main__ as evaluate
from analysis.exam.constructed_answers import (
    FOLDER,
    VERDICT_OF,
    Rating,
    read_answers,
    second_rating,
    shipped_answers,
    shipped_questions,
)
from analysis.exam.exam_figures import is_passed, measure
from analysis.exam.one_reading import rating_of, same_claim
from analysis.exam.sitting import sit
from data.domain import RehearseError
from tests.exam_sitters import Knowing, some_answers

ROWS = some_answers()


def as_labelled() -> list[Rating]:
    return [
        Rating(tuple(VERDICT_OF[label] for label in row.labels), dict(row.levels), row.claims) for row in ROWS
    ]


def test_the_exam_is_whole_and_carries_its_own_questions() -> None:
    rows = shipped_answers()
    assert (len(rows), len({row.question_id for row in rows}), len(shipped_questions())) == (60, 12, 12)
    assert {row.kind for row in rows} == {"l2", "l3", "l4", "mixed", "wrong"}
    assert sum(len(row.claims) for row in rows) == 69
    assert all(quote in row.answer.candidate_text for row in rows for quote in (*row.quotes, *row.claims))
    assert len(second_rating(rows) or ()) == 60


@pytest.mark.slow
def test_a_reader_who_repeats_the_labels_is_right_in_everything() -> None:
    found = sit(Knowing(ROWS), ROWS).figures
    said = sum(row.labels.count("said") for row in ROWS)
    assert found["points"]["said"] == {"heard": said, "half": 0, "wrong": 0, "none": 0}
    assert found["points"]["not"]["none"] == sum(found["points"]["not"].values())
    assert [found[name] for name in ("qwk", "exact", "adjacent", "heard_precision", "heard_recall")] == [
        1.0
    ] * 5
    assert [found[name] for name in ("wrong_at_3", "unscored", "claims_invented")] == [0.0] * 3
    assert (found["claims_caught"], found["order"], found["points_agreed"]) == (1.0, 1.0, 1.0)
    assert found["baseline_words_qwk"] == found["beside"]["words"]["qwk"] < 0.5
    assert found["qwk_interval"] == [1.0, 1.0]


@pytest.mark.slow
def test_who_gives_everybody_the_same_level_does_not_pass() -> None:
    result = sit(Knowing(ROWS, level=3.0), ROWS)
    assert result.figures["wrong_at_3"] == 1.0
    assert result.figures["qwk"] == 0.0
    assert not result.passed


@pytest.mark.parametrize(
    ("qwk", "wrong_at_3", "unscored", "passed"),
    [
        (0.70, 0.10, 0.05, True),
        (0.69, 0.0, 0.0, False),
        (0.9, 0.11, 0.0, False),
        (0.9, 0.0, 0.06, False),
        (None, 0.0, 0.0, False),
        (0.9, None, 0.0, False),
    ],
)
def test_it_passes_on_agreement_wrong_answers_and_unscored_ones(
    qwk: float | None, wrong_at_3: float | None, unscored: float, passed: bool
) -> None:
    assert is_passed({"qwk": qwk, "wrong_at_3": wrong_at_3, "unscored": unscored}) is passed


def test_what_is_contradicted_and_called_heard_counts_against_precision() -> None:
    ratings = as_labelled()
    at = next(number for number, row in enumerate(ROWS) if "contradicted" in row.labels)
    point = ROWS[at].labels.index("contradicted")
    verdicts = (*ratings[at].verdicts[:point], "heard", *ratings[at].verdicts[point + 1 :])
    ratings[at] = replace(ratings[at], verdicts=verdicts)
    found = measure(ROWS, ratings)
    assert found["points"]["contradicted"]["heard"] == 1
    assert found["heard_precision"] < 1.0
    assert found["heard_recall"] == 1.0


def test_a_missing_level_is_unscored_and_in_no_agreement() -> None:
    ratings = as_labelled()
    ratings[0] = replace(ratings[0], levels={**ratings[0].levels, ROWS[0].main: None})
    found = measure(ROWS, ratings)
    assert found["unscored"] == round(1 / len(ROWS), 4)
    assert found["exact"] == 1.0
    assert sum(kind["unscored"] for kind in found["by_kind"].values()) == 1


@pytest.mark.slow
def test_a_claim_nobody_called_wrong_is_invented_and_one_the_second_rating_names_is_not() -> None:
    ratings = as_labelled()
    at = next(number for number, row in enumerate(ROWS) if row.kind == "l4")
    words = " ".join(ROWS[at].answer.candidate_text.split()[:8])
    ratings[at] = replace(ratings[at], claims=(words,))
    assert measure(ROWS, ratings)["claims_invented"] == round(1 / len(ROWS), 4)
    second = as_labelled()
    second[at] = replace(second[at], claims=(words,))
    assert measure(ROWS, ratings, second)["claims_invented"] == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("it keeps committing entries", "so it keeps committing entries as before", True),
        ("it keeps committing entries as", "committing entries as before for ever", True),
        ("it keeps committing entries", "it then stops taking writes", False),
        ("no write is ever lost", "no read is stale and nothing is lost", False),
        ("", "anything", False),
        ("lost", "lost", True),
    ],
)
def test_two_quotes_are_of_one_claim_when_half_of_the_shorter_is_shared(
    one: str, other: str, same: bool
) -> None:
    assert same_claim(one, other) is same
    assert same_claim(other, one) is same


def test_a_mistake_and_a_contradicted_point_with_the_same_words_are_one_claim() -> None:
    row = next(row for row in ROWS if row.kind == "wrong")
    rating = rating_of(Knowing(ROWS).score(row.answer), row.answer.question.key_points)
    for claim in rating.claims:
        assert sum(same_claim(claim, other) for other in rating.claims) == 1


@pytest.mark.slow
def test_answers_of_a_file_are_measured_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (FOLDER / "answers.jsonl").read_text().splitlines()[:5]
    file, out = tmp_path / "mine.jsonl", tmp_path / "out.json"
    file.write_text("\n".join(lines))
    assert evaluate.main(["answers", str(file), "--scorer", "reader", "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    assert found == json.loads(capsys.readouterr().out)
    assert {"points", "heard_precision", "heard_recall", "qwk", "exact", "adjacent", "wrong_at_3"} <= set(
        found
    )
    assert {"claims_caught", "claims_invented", "unscored", "baseline_words_qwk"} <= set(found)
    assert found["n"] == 5


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("question_id", "no-such-question", "no question"),
        ("points", [], "key points"),
        ("main", "C9", "main competency"),
        ("points", "gone", "line 1"),
    ],
)
def test_a_mistake_in_a_file_is_named_by_its_line(
    tmp_path: Path, field: str, value: object, told: str
) -> None:
    row = json.loads((FOLDER / "answers.jsonl").read_text().splitlines()[0])
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps({**row, field: value}))
    with pytest.raises(RehearseError, match=f"line 1: .*{told}|{told}.*"):
        read_answers(file, shipped_questions())
