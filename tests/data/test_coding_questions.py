"""Every coding question can be solved as its tests ask, and its tests refuse what does not solve it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from data.domain import WRITTEN_IN_CODE, Question
from tests.stored import shipped_questions

HERE = Path(__file__).parent
CODING = [question for question in shipped_questions() if question.category in WRITTEN_IN_CODE]
FROM_NOTHING = [question for question in CODING if question.category == "coding"]
GIVEN = [question for question in CODING if question.category == "ai_coding"]
FEWEST_TESTS, FEWEST_EDGES = 7, 2
RUN = """
import json, sys
sys.path.insert(0, {root!r})
from pages.widgets.sandbox.harness import run_check
given = json.load(sys.stdin)
print(json.dumps([run_check(given["setup"], given["code"], check) for check in given["checks"]]))
"""


def outcomes(question: Question, code: str) -> dict[str, dict[str, str]]:
    """How our own code does in the tests of a question, in a process of its own."""
    task = question.task
    assert task is not None
    given = {"setup": task.setup, "code": code, "checks": [check.code for check in task.checks]}
    script = RUN.format(root=str(HERE.parents[1]))
    done = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(given), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return dict(zip([check.name for check in task.checks], json.loads(done.stdout), strict=True))


each_question = pytest.mark.parametrize("question", CODING, ids=lambda question: question.id)


@each_question
def test_a_coding_question_has_a_starter_and_tests_of_ordinary_and_edge_cases(question: Question) -> None:
    assert question.task is not None
    assert len(question.task.checks) >= FEWEST_TESTS
    assert sum(check.edge for check in question.task.checks) >= FEWEST_EDGES
    assert '"""' in question.task.starter


@pytest.mark.slow
@each_question
def test_our_own_solution_passes_every_test(question: Question) -> None:
    code = (HERE / "solutions" / f"{question.id}.py").read_text(encoding="utf-8")
    failed = {name: done["problem"] for name, done in outcomes(question, code).items() if done["problem"]}
    assert failed == {}


@pytest.mark.parametrize("question", GIVEN, ids=lambda question: question.id)
def test_a_given_solution_looks_right_at_first_and_is_not(question: Question) -> None:
    assert question.task is not None
    tried = outcomes(question, question.task.starter)
    assert next(iter(tried.values()))["outcome"] == "passed"
    assert sum(one["outcome"] == "failed" for one in tried.values()) >= 3


@pytest.mark.parametrize("question", FROM_NOTHING, ids=lambda question: question.id)
def test_the_starter_alone_fails_most_tests(question: Question) -> None:
    assert question.task is not None
    done = outcomes(question, question.task.starter).values()
    assert sum(one["outcome"] == "failed" for one in done) >= 0.7 * len(question.task.checks)


def test_there_is_a_solution_for_every_coding_question_and_no_other() -> None:
    assert {file.stem for file in (HERE / "solutions").glob("*.py")} == {question.id for question in CODING}
