"""What is being written survives a reload and moves to the answer exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.answering import one_answer
from analysis.written.drafts import as_text, code_key, sketch_key, written_for
from data.domain import Change, CheckResult, Code, Question, Sketch, Written
from data.store import Session
from tests.stored import open_store, question

pytestmark = pytest.mark.slow

CODE = Code("Python", "def f():\n    return 1\n", (CheckResult("one", "passed", True, 0.01, "é"),))
SKETCH = Sketch("flowchart LR\n  api --> db")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_store(tmp_path)
    yield opened
    opened.database.close()


def keep_code(session: Session, owner: str, question_id: str, code: Code) -> None:
    session.drafts.keep(owner, code_key(question_id), Change(as_text(code), "a.1"))


def keep_sketch(session: Session, owner: str, question_id: str, sketch: Sketch) -> None:
    session.drafts.keep(owner, sketch_key(question_id), Change(sketch.text, "a.1"))


def typed(session: Session, asked: Question, text: str = "I count with a map, in linear time.") -> str:
    attempt = one_answer.start_answer(
        session, candidate_id="me", session_id="s", question=asked, mode="typed"
    )
    one_answer.keep_answer(session, attempt, asked, one_answer.typed_speech(text))
    return attempt.id


def test_a_draft_comes_back_as_it_was_saved(session: Session) -> None:
    keep_code(session, "me", "q1", CODE)
    keep_sketch(session, "me", "q1", SKETCH)
    assert written_for(session, "me", "q1") == Written(CODE, SKETCH)
    assert written_for(session, "me", "q2") == Written()
    assert written_for(session, "you", "q1") == Written()


def test_an_emptied_sketch_is_none(session: Session) -> None:
    keep_sketch(session, "me", "q1", Sketch(" \n"))
    assert written_for(session, "me", "q1").sketch is None


def test_an_answer_takes_code_and_sketch_along_and_the_next_one_starts_empty(session: Session) -> None:
    asked = question()
    keep_code(session, "me", asked.id, CODE)
    keep_sketch(session, "me", asked.id, SKETCH)
    first, second = typed(session, asked), typed(session, asked)
    kept = session.answers.load(first)
    assert kept is not None and (kept.code, kept.sketch) == (CODE, SKETCH)
    assert written_for(session, "me", asked.id).code is None
    again = session.answers.load(second)
    assert again is not None and (again.code, again.sketch) == (None, None)


def test_a_scorer_is_given_code_and_sketch_as_turns_that_are_not_stored(session: Session) -> None:
    asked = question()
    keep_code(session, "me", asked.id, CODE)
    keep_sketch(session, "me", asked.id, SKETCH)
    kept = session.answers.load(typed(session, asked))
    assert kept is not None
    answer = one_answer.answer_of(kept, asked)
    assert [turn.kind for turn in answer.turns] == ["said", "said", "code", "sketch"]
    assert "Components: api, db." in answer.turns[-1].text
    assert [turn.index for turn in answer.turns] == [0, 1, 2, 3]
    assert len(kept.turns) == 2
