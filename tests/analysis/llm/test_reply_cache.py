"""What the grader keeps of a reply, and what it forgets."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import Call, Message, forget_servers
from analysis.llm.reply_cache import FileCache, ResponseCache
from analysis.llm.usage import Meter
from tests.asked_model import QUESTION, YES, Verdict, a_grader
from tests.fake_endpoint import (
    first,
    malformed,
)
from tests.kept_replies import MemoryCache


@pytest.fixture(autouse=True)
def _no_memory_of_servers() -> None:
    forget_servers()


def test_the_same_question_is_asked_once(tmp_path: Path) -> None:
    chat_model, endpoint, _ = a_grader(YES, cache=FileCache(tmp_path))
    meter = Meter()
    for _ in range(3):
        assert chat_model.ask(QUESTION, Verdict, Call(group="answer", meter=meter, purpose="judge")).ok
    assert len(endpoint.asked) == 1
    assert meter.total.cached == 2


@pytest.mark.parametrize("change", ["seed", "model", "text"])
def test_another_question_is_asked_again(change: str) -> None:
    chat_model, endpoint, _ = a_grader(YES, cache=MemoryCache())
    chat_model.ask(QUESTION, Verdict, Call(purpose="judge"))
    if change == "model":
        chat_model.model = "other"
    said = (*QUESTION, Message("user", "And so?")) if change == "text" else QUESTION
    chat_model.ask(said, Verdict, Call(seed=9 if change == "seed" else 0, purpose="judge"))
    assert len(endpoint.asked) == 2


def test_a_failure_is_not_cached(tmp_path: Path) -> None:
    chat_model, _, _ = a_grader(first(2, malformed), YES, cache=FileCache(tmp_path))
    with pytest.raises(ChatError):
        chat_model.ask(QUESTION, Verdict, Call(purpose="judge"))
    assert chat_model.ask(QUESTION, Verdict, Call(purpose="judge")).ok


def test_a_damaged_cache_file_is_asked_again(tmp_path: Path) -> None:
    chat_model, endpoint, _ = a_grader(YES, cache=FileCache(tmp_path))
    chat_model.ask(QUESTION, Verdict, Call(group="answer", purpose="judge"))
    [kept] = (tmp_path / "answer").iterdir()
    kept.write_text('{"ok": ')
    assert chat_model.ask(QUESTION, Verdict, Call(group="answer", purpose="judge")).ok
    assert len(endpoint.asked) == 2


@pytest.mark.parametrize("of_files", [True, False])
def test_erasing_an_answer_forgets_its_replies_only(tmp_path: Path, of_files: bool) -> None:
    cache: ResponseCache = FileCache(tmp_path) if of_files else MemoryCache()
    cache.put("one", "k", "a")
    cache.put("two", "k", "b")
    cache.erase("one")
    assert (cache.get("one", "k"), cache.get("two", "k")) == (None, "b")
