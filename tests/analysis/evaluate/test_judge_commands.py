"""`asag` and `capacity` with `--scorer judge`, over HTTP against the scripted endpoint."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from analysis.evaluate import __main__ as evaluate
from analysis.llm.chat_model import forget_servers
from analysis.scoring.judge import configured_judge
from tests.careful_judge import claim
from tests.fake_endpoint import (
    Behaviour,
    FakeEndpoint,
    answer_text,
    only,
    says,
    status,
)

pytestmark = pytest.mark.slow

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    with ExitStack() as served:

        def go(command: str, file: Path, *behaviours: Behaviour) -> dict[str, Any]:
            forget_servers()
            url = served.enter_context(FakeEndpoint(*behaviours).serve(0))
            monkeypatch.setenv("LLM_BASE_URL", url)
            monkeypatch.setattr(configured_judge, "JUDGE_CACHE", tmp_path / "replies" / url.rsplit(":", 1)[1])
            out = tmp_path / "out.json"
            assert evaluate.main([command, str(file), "--scorer", "judge", "--json", str(out)]) == 0
            written: dict[str, Any] = json.loads(out.read_text())
            assert json.loads(capsys.readouterr().out) == written
            return written

        yield go


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


@pytest.fixture
def graded_file(tmp_path: Path) -> Path:
    path = tmp_path / "graded.csv"
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["question", "reference", "answer", "score", "score_max", "group"])
        for level in (1, 2, 3, 4):
            said = answer_text("C2", level)
            table.writerow(["How do replicas agree?", "By a quorum.", said, level - 1, 3, f"q{level % 2}"])
    return path


def test_grades_of_an_honest_judge_follow_the_human_ones(run: Run, graded_file: Path) -> None:
    found = run("asag", graded_file)
    assert (found["n"], found["unscored"], found["pearson"], found["rmse"]) == (4, 0, 1.0, 0.0)
    assert set(found) >= {"n", "pearson", "spearman", "rmse", "qwk", "within_pearson", "unscored"}


def test_grades_of_a_judge_that_fails_are_unscored_and_not_zero(run: Run, graded_file: Path) -> None:
    found = run("asag", graded_file, status(404))
    assert (found["n"], found["unscored"]) == (4, 4)
    assert found["pearson"] is None and found["rmse"] is None


CLAIM = "a thousand writes per second"


@pytest.fixture
def claim_file(tmp_path: Path) -> Path:
    said = (
        "Fifty million posts a day, so a thousand writes per second. Times 1 KB that is a megabyte a second."
    )
    claims = [
        {
            "text": CLAIM,
            "quantity": "w",
            "claimed": 1000.0,
            "unit": "1/s",
            "correct": False,
            "right_value": 580.0,
        },
        {
            "text": "a megabyte a second",
            "quantity": "b",
            "claimed": 1.0,
            "unit": "MB/s",
            "correct": True,
            "right_value": 1.0,
        },
    ]
    return lines(tmp_path / "claims.jsonl", {"question": "How much?", "answer": said, "claims": claims})


def test_a_mistake_the_judge_quotes_marks_the_claim_in_it_as_wrong(run: Run, claim_file: Path) -> None:
    wrong = claim(CLAIM, "C5")
    found = run("capacity", claim_file, only("claims", says({"claims": [wrong]})))
    assert found["claims"] == found["found"] == 2 and found["verdict_accuracy"] == 1.0


def test_a_mistake_nobody_made_marks_nothing(run: Run, claim_file: Path) -> None:
    wrong = claim("nine hundred teapots", "C5")
    found = run("capacity", claim_file, only("claims", says({"claims": [wrong]})))
    assert found["claims"] == found["found"] == 2 and found["verdict_accuracy"] == 0.5


def test_capacity_says_why_when_the_judge_cannot_be_asked(
    claim_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeEndpoint(status(401)).serve(0) as url:
        monkeypatch.setenv("LLM_BASE_URL", url)
        monkeypatch.setattr(configured_judge, "JUDGE_CACHE", tmp_path / "replies")
        assert evaluate.main(["capacity", str(claim_file), "--scorer", "judge"]) == 1
    assert "did not accept the key" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["asag", "capacity"])
def test_without_an_endpoint_the_command_says_what_to_set(
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("LLM_BASE_URL", "LLM_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "")
    empty = lines(tmp_path / "rows.jsonl")
    assert evaluate.main([command, str(empty), "--scorer", "judge"]) == 1
    assert "LLM_BASE_URL" in capsys.readouterr().err
