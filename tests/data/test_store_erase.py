"""What is erased is gone from the disk, not only from sight."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy

from data.domain import CheckResult, Code, RehearseError, Sketch
from data.store import Database, Session, compaction
from tests.engines import Engine
from tests.stored import result

SECRET = "xylophone-quasar"


def _bytes_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _with_secret(session: Session, candidate: str = "me") -> None:
    told = replace(
        result(candidate=candidate, text=f"I said {SECRET} aloud"),
        notes=(SECRET,),
        code=Code("Python", f"# {SECRET}", (CheckResult("one", "failed", problem=SECRET),)),
        sketch=Sketch(f"flowchart LR\n  {SECRET}"),
    )
    session.answers.save(told)
    session.memory.remember(candidate, f"draft:{told.attempt.id}", f"{SECRET} as a draft")


@pytest.mark.slow
@pytest.mark.parametrize("what", ["attempt", "candidate"])
def test_erased_words_are_not_on_the_disk_any_more(
    engine: Engine, address: str, tmp_path: Path, what: str
) -> None:
    session = Database.open(address).session()
    _with_secret(session)
    session.answers.save(result(2, candidate="anna"))
    session.database.close()
    assert engine.holds(address, SECRET)

    session = Database.open(address).session()
    if what == "attempt":
        session.answers.erase(result().attempt.id)
    else:
        session.everything.erase("me")
    assert not engine.holds(address, SECRET)
    assert session.answers.of("me") == ()
    assert session.answers.load(result(2, candidate="anna").attempt.id) == result(2, candidate="anna")
    session.database.close()
    assert not engine.holds(address, SECRET)
    assert [path.name for path in tmp_path.iterdir()] in ([], ["rehearse.duckdb"])


@pytest.mark.slow
def test_a_rewritten_database_still_refuses_a_second_row_of_one_key(session: Session) -> None:
    session.answers.save_many([result(1), result(2)])
    session.answers.erase(result(2).attempt.id)
    session.answers.save(result(1))
    session.memory.remember("me", "draft", "one")
    session.memory.remember("me", "draft", "two")
    assert len(session.answers.of("me")) == 1
    assert session.memory.recall("me", "draft") == "two"


@pytest.mark.slow
def test_an_erasure_that_was_cut_short_is_finished_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "rehearse.duckdb"
    session = Database.open(f"duckdb:///{file}").session()
    _with_secret(session)
    session.database.close()
    session = Database.open(f"duckdb:///{file}").session()
    compaction.mark(file)
    (tmp_path / "rehearse.duckdb.fresh").write_bytes(b"half a copy")
    with session.database.writing() as connection:
        from data.store import saving

        saving.clear_candidate(connection, "me")
    session.database.close()

    session = Database.open(f"duckdb:///{file}").session()
    session.database.close()
    assert SECRET.encode() not in _bytes_below(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["rehearse.duckdb"]


@pytest.mark.slow
def test_the_file_may_be_called_what_it_likes(tmp_path: Path) -> None:
    for name in ("fresh", "select", "a b-c"):
        session = Database.open(f"duckdb:///{tmp_path}/{name}.duckdb").session()
        _with_secret(session)
        session.everything.erase("me")
        session.database.close()
    assert SECRET.encode() not in _bytes_below(tmp_path)


def test_erasing_what_is_not_there_is_no_error(session: Session) -> None:
    session.answers.erase("nobody")
    session.everything.erase("nobody")


@pytest.mark.slow
def test_erasing_one_candidate_keeps_drafts_of_another(session: Session) -> None:
    session.memory.remember("anna", "draft", "hers")
    _with_secret(session)
    session.everything.erase("me")
    assert session.memory.recall("anna", "draft") == "hers"


@pytest.mark.slow
def test_others_read_while_the_live_rows_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Database.open(f"duckdb:///{tmp_path}/rehearse.duckdb").session()
    session.answers.save_many([result(1), result(2, candidate="anna")])
    copying, go_on = Event(), Event()
    copy = compaction.copy

    def slow_copy(engine: sqlalchemy.Engine, file: Path, *, in_order: bool) -> Path:
        copying.set()
        assert go_on.wait(20)
        return copy(engine, file, in_order=in_order)

    monkeypatch.setattr(compaction, "copy", slow_copy)
    with ThreadPoolExecutor(2) as pool:
        erased = pool.submit(session.answers.erase, result(1).attempt.id)
        assert copying.wait(20)
        assert pool.submit(session.answers.of, "anna").result(20)
        assert session.answers.of("me") == ()
        go_on.set()
        erased.result(20)
    assert session.answers.load(result(2, candidate="anna").attempt.id) == result(2, candidate="anna")
    session.database.close()


@pytest.mark.slow
@pytest.mark.parametrize("step", ["copy", "swap"])
def test_bytes_that_cannot_be_cleared_are_told_after_the_rows_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Once it said that nothing was changed."""
    url = f"duckdb:///{tmp_path}/rehearse.duckdb"
    session = Database.open(url).session()
    _with_secret(session)

    def full(*_: object, **__: object) -> Path:
        raise OSError("No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(compaction, step, full)
        with pytest.raises(RehearseError, match="It is erased") as told:
            session.everything.erase("me")
    assert "Nothing was changed" not in f"{told.value.message} {told.value.remedy}"
    assert "The disk that holds" in told.value.message
    assert "next start" in told.value.remedy
    assert session.answers.of("me") == ()
    assert session.memory.recall("me", f"draft:{result().attempt.id}") is None
    session.database.close()
    assert compaction.is_marked(tmp_path / "rehearse.duckdb")
    Database.open(url).close()
    assert SECRET.encode() not in _bytes_below(tmp_path)


@pytest.mark.slow
def test_an_erasure_that_fails_before_anything_is_gone_says_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Database.open(f"duckdb:///{tmp_path}/rehearse.duckdb").session()
    _with_secret(session)

    def odd(*_: object) -> None:
        raise OSError("odd")

    with monkeypatch.context() as patched:
        patched.setattr(compaction, "mark", odd)
        with pytest.raises(RehearseError, match="could not be used") as told:
            session.everything.erase("me")
    assert "Nothing was changed" in (told.value.remedy or "")
    assert len(session.answers.of("me")) == 1
    session.database.close()


@pytest.mark.slow
@pytest.mark.parametrize("whole", [True, False])
def test_a_thread_that_still_works_on_an_erased_answer_cannot_bring_it_back(
    session: Session, whole: bool
) -> None:
    session.answers.save(result())
    if whole:
        session.everything.erase(result().attempt.candidate_id)
    else:
        session.answers.erase(result().attempt.id)
    with pytest.raises(RehearseError, match="erased meanwhile"):
        session.answers.save(result())
    with pytest.raises(RehearseError, match="erased meanwhile"):
        session.answers.start(result().attempt)
    assert session.answers.load(result().attempt.id) is None
