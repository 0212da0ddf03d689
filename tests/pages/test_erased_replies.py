"""The judge's kept replies quote what was said, so erasing an answer or its words erases them too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.answering import one_answer
from analysis.answering.erasing import forget_judged
from analysis.llm.reply_cache import FileCache, answer_group
from analysis.scoring.judge import configured_judge
from analysis.written.drafts import as_text, code_key, sketch_key
from data.domain import AttemptResult, Code, Draft
from data.recordings import Recordings
from data.store import Session
from pages.widgets import resources
from pages.widgets.settings import erase_everything
from tests.stored import open_store, shipped_questions

QUESTION = shipped_questions()[0]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    folder = Recordings((tmp_path / "recordings").as_uri())
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "recordings", lambda: folder)
    monkeypatch.setattr(configured_judge, "JUDGE_CACHE", tmp_path / "replies")
    yield opened
    opened.database.close()


def judged(session: Session, tmp_path: Path, text: str) -> AttemptResult:
    attempt = one_answer.start_answer(
        session, candidate_id=resources.candidate_id(), session_id="s", question=QUESTION, mode="typed"
    )
    result = one_answer.keep_answer(session, attempt, QUESTION, one_answer.typed_speech(text))
    group = answer_group(one_answer.answer_of(result, QUESTION))
    FileCache(tmp_path / "replies").put(group, "key", f'"{text}"')
    return result


def kept_replies(tmp_path: Path) -> list[str]:
    return sorted(path.read_text() for path in (tmp_path / "replies").rglob("*.json"))


@pytest.mark.slow
def test_erasing_an_answer_erases_the_replies_about_it_and_no_others(
    session: Session, tmp_path: Path
) -> None:
    first = judged(session, tmp_path, "I shard by customer")
    judged(session, tmp_path, "I cache the hot keys")
    resources.world().copies.erase_attempt(first.attempt.id)
    assert kept_replies(tmp_path) == ['"I cache the hot keys"']
    assert session.answers.load(first.attempt.id) is None


@pytest.mark.slow
def test_erasing_everything_erases_every_reply(session: Session, tmp_path: Path) -> None:
    judged(session, tmp_path, "I shard by customer")
    judged(session, tmp_path, "I cache the hot keys")
    erase_everything.erase()
    assert kept_replies(tmp_path) == []
    assert session.answers.of(resources.candidate_id()) == ()


def test_the_replies_can_be_forgotten_and_the_answer_kept(session: Session, tmp_path: Path) -> None:
    first = judged(session, tmp_path, "I chart by customer")
    forget_judged(first)
    assert kept_replies(tmp_path) == []
    assert session.answers.load(first.attempt.id) is not None


@pytest.mark.slow
def test_replies_about_code_and_a_sketch_are_erased_with_them(session: Session, tmp_path: Path) -> None:
    me = resources.candidate_id()
    session.drafts.put(me, code_key(QUESTION.id), Draft(as_text(Code("Python", "cache = {}")), "a.1"))
    session.drafts.put(me, sketch_key(QUESTION.id), Draft("flowchart LR\n  api --> db", "a.1"))
    first = judged(session, tmp_path, "I cache the hot keys")
    assert first.code is not None and first.sketch is not None
    resources.world().copies.erase_attempt(first.attempt.id)
    assert kept_replies(tmp_path) == []


@pytest.mark.slow
def test_replies_about_words_that_were_changed_since_are_erased_too(session: Session, tmp_path: Path) -> None:
    first = judged(session, tmp_path, "I shard by customer")
    one_answer.correct(session, first, QUESTION, "I shard by customer and by day")
    resources.world().copies.erase_attempt(first.attempt.id)
    assert kept_replies(tmp_path) == []


def test_replies_that_an_earlier_version_left_behind_go_with_everything(
    session: Session, tmp_path: Path
) -> None:
    FileCache(tmp_path / "replies").put("0a1b2c", "key", '"what a left interview had said"')
    judged(session, tmp_path, "I shard by customer")
    erase_everything.erase()
    assert kept_replies(tmp_path) == []
