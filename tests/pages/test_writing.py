"""Code and sketches on the pages: kept as the browser sends them, shown again on Review, nothing trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from data.domain import CheckResult, Code, CodeCheck, CodeTask, Sketch
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import resources
from pages.widgets.answer.code_editor import as_code
from pages.widgets.sandbox.served import sandbox_route, urls
from tests.stored import open_store, result, shipped_questions

VENDOR = PROJECT_ROOT / "pages" / "widgets" / "vendor"
TASK = CodeTask("def f(): ...", (CodeCheck("one", "assert f()"), CodeCheck("two", "assert f()", edge=True)))
BANK = shipped_questions()


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    settings = load_settings({"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}, tmp_path / "none.toml")
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "questions", lambda: BANK)
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield opened
    opened.database.close()


def practising(question_id: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "practice.py"), default_timeout=30)
    page.query_params["question"] = question_id
    page.run()
    assert not page.exception and not page.error
    return page


def test_code_to_read_is_shown_beside_the_question_and_nothing_of_the_answer(session: Session) -> None:
    question = next(one for one in BANK if one.category == "code_reading")
    page = practising(question.id)
    assert [one.value for one in page.code] == [question.code]
    shown = seen(page)
    spoilers = [
        *(one.right for one in question.misconceptions),
        *question.follow_ups,
        *question.expected.values(),
    ]
    spoilers += [
        *question.examples.values(),
        *(point.text for point in question.key_points),
        question.outline,
    ]
    assert [text for text in spoilers if text[:40] in shown] == []


@pytest.mark.slow
def test_data_of_a_running_system_is_shown_when_it_is_asked_for(session: Session) -> None:
    page = practising("debug-one-in-four")
    assert "97" not in seen(page)
    page.text_input[0].set_value("Can I see the errors split by server?")
    page.button[0].click().run()
    assert "three 97" in seen(page) and "nbf" not in seen(page)
    page.text_input[0].set_value("What do you think of the weather?")
    page.button[0].click().run()
    assert "Nothing of that kind" in seen(page) and "three 97" in seen(page)


def reviewed(session: Session, question_id: str, code: Code | None, sketch: Sketch | None) -> AppTest:
    told = result(candidate="local", text="Every call is O(1) in time and I take a lock.")
    attempt = replace(told.attempt, question_id=question_id, recording=None)
    session.answers.save(replace(told, attempt=attempt, code=code, sketch=sketch))
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "review.py"), default_timeout=30)
    page.query_params["attempt"] = attempt.id
    page.run()
    assert not page.exception and not page.error
    return page


def seen(page: AppTest) -> str:
    parts = (page.markdown, page.text, page.caption, page.code, page.subheader, page.warning)
    return "\n".join(str(element.value) for elements in parts for element in elements)


@pytest.mark.slow
def test_review_shows_code_with_its_tests_and_says_where_they_ran(session: Session) -> None:
    checks = (
        CheckResult("Gives back what was put", "passed", False, 0.012),
        CheckResult(
            "Capacity zero keeps nothing",
            "failed",
            True,
            0.001,
            "assert x does not hold",
        ),
    )
    text = seen(reviewed(session, "lru-cache", Code("Python", "class Cache: ...", checks), None))
    assert "1 of 2 tests passed, edge cases 0 of 1." in text
    assert "✗ failed · Capacity zero keeps nothing (edge case) · 1 ms" in text
    assert "can be forged" in text
    assert "class Cache: ..." in text


@pytest.mark.slow
def test_review_tells_apart_what_was_said_of_the_code(session: Session) -> None:
    text = seen(reviewed(session, "lru-cache", Code("Java", "class Cache {}"), None))
    assert "Java is not run" in text
    assert "O(1) in time and I take a lock" in text
    assert "Edge cases: not spoken of" in text


@pytest.mark.slow
def test_review_draws_a_sketch_again_from_its_text(session: Session) -> None:
    page = reviewed(session, "url-shortener", None, Sketch("flowchart LR\n  client --> api[Our API]"))
    text = seen(page)
    assert "```mermaid" in text and "client -> Our API" in text
    assert not page.warning


@pytest.mark.slow
def test_review_keeps_the_text_of_a_sketch_that_is_no_diagram(session: Session) -> None:
    page = reviewed(session, "url-shortener", None, Sketch("client to api"))
    assert "flowchart LR" in page.warning[0].value
    assert "client to api" in seen(page)


@pytest.mark.slow
def test_review_without_code_or_sketch_shows_neither(session: Session) -> None:
    page = reviewed(session, "url-shortener", None, None)
    assert not {"Code", "Design sketch"} & {heading.value for heading in page.subheader}


@pytest.mark.parametrize(
    ("question", "expected"),
    [("lru-cache", ["code lru-cache"]), ("url-shortener", ["sketch url-shortener"]), ("beh-mentoring", [])],
)
def test_each_kind_of_question_gets_what_it_is_written_with(
    session: Session, monkeypatch: pytest.MonkeyPatch, question: str, expected: list[str]
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr("pages.widgets.answer.code_editor._draw", lambda key, data, keep: drawn.append(key))
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "practice.py"), default_timeout=30)
    page.query_params["question"] = question
    page.run()
    assert not page.exception and not page.error
    assert drawn == expected


def test_what_a_browser_sends_is_taken_only_as_far_as_it_makes_sense() -> None:
    sent = {
        "language": "Brainfuck",
        "text": "x" * 60_000,
        "changed_since": True,
        "checks": [
            {"name": "two", "outcome": "passed", "edge": False, "seconds": 0.5, "problem": "p" * 9000},
            {"name": "invented", "outcome": "passed"},
            {"name": "one", "outcome": "excellent"},
            {"name": "one", "outcome": "failed", "seconds": "fast", "problem": None},
        ],
    }
    code = as_code(sent, TASK)
    assert (code.language, len(code.text), code.changed_since) == ("Python", 50_000, True)
    assert [(c.name, c.outcome, c.edge, c.seconds) for c in code.checks] == [
        ("two", "passed", True, 0.5),
        ("one", "failed", False, None),
    ]
    assert max(len(check.problem) for check in code.checks) == 3000
    assert as_code({}, TASK) == Code("Python", "")


def test_the_files_of_the_editor_are_served_under_addresses_that_change_with_them() -> None:
    client = TestClient(Starlette(routes=[sandbox_route]))
    for name, url in urls().items():
        answer = client.get(url)
        assert answer.status_code == 200, name
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/sandbox/harness.py").status_code == 404
    assert client.get("/sandbox/..%2f..%2fapp.py").status_code == 404


def test_the_shipped_editor_is_the_one_whose_hash_is_written_down() -> None:
    import hashlib

    listed = re.search(r"`codemirror\.js` \| [\d,]+ \| `([0-9a-f]{64})`", (VENDOR / "README.md").read_text())
    assert listed is not None
    assert hashlib.sha256((VENDOR / "codemirror.js").read_bytes()).hexdigest() == listed[1]
