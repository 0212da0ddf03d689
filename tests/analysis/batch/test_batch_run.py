"""A batch in one process: settled once, gone on with, one dead worker costs one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from analysis.batch import kinds
from analysis.batch.batch_run import BUSY, LOST, Running, question_finder, run
from analysis.batch.compute import Compute, on_processes
from analysis.batch.dask_pool import AwayError
from analysis.batch.kinds import Means, Reread, SkipError
from analysis.batch.work_pieces import Measured, ToRead, read_again
from analysis.scoring.reader import ReaderScorer
from data.domain import Assessment, AttemptResult, Question, RehearseError, Speech, Transcript, Word
from data.domain.batches import Batch, Selection
from data.recordings import Recordings
from data.settings import load_settings
from data.store import Session
from tests.stored import open_store, question, result, score

pytestmark = pytest.mark.slow


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_store(tmp_path)
    opened.answers.save_many([result(number) for number in range(1, 6)])
    yield opened
    opened.database.close()


@dataclass(slots=True)
class Here:
    """Works on a piece when it is asked for; `dies` says which pieces kill their worker."""

    dies: Callable[[Any], bool] = lambda _: False
    away: bool = False
    width: int = 2
    shares_files: bool = True
    worked_on: list[Any] = field(default_factory=list)
    renewed: int = 0

    def submit(self, work: Callable[[Any], Any], piece: object) -> Future[Any]:
        told: Future[Any] = Future()
        self.worked_on.append(piece)
        if self.away:
            told.set_exception(AwayError("Nobody is there."))
        elif self.dies(piece):
            told.set_exception(BrokenExecutor("a worker died"))
        else:
            try:
                told.set_result(work(piece))
            except Exception as problem:
                told.set_exception(problem)
        return told

    def renew(self) -> None:
        self.renewed += 1

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A kind whose work is said by the test; keeps what it was given to keep."""

    work: Callable[[Any], Any]
    kept: list[str] = field(default_factory=list)

    def prepare(self, session: Session, result: AttemptResult, question: Question, shares: bool) -> str:
        return result.attempt.id

    def keep(self, session: Session, now: AttemptResult, question: Question, found: Any) -> None:
        self.kept.append(now.attempt.id)


def number(attempt_id: str) -> int:
    return int(attempt_id.rpartition("-")[2])


def means(tmp_path: Path) -> Means:
    settings = load_settings({}, tmp_path / "none.toml")
    return Means(Recordings(tmp_path.as_uri()), settings, lambda _, __: question())


def begun(session: Session) -> Running:
    return Running(session.batches.begin("rescore", Selection()))


def through(session: Session, folder: Path, kind: kinds.Kind, compute: Compute, running: Running) -> Batch:
    return run(running, session, means(folder), kind, compute)


def test_every_answer_is_worked_on_once_and_the_batch_ends(session: Session, tmp_path: Path) -> None:
    kind, compute = Heard(str), Here()
    over = through(session, tmp_path, kind, compute, begun(session))
    assert sorted(number(one) for one in kind.kept) == [1, 2, 3, 4, 5]
    assert (over.told, over.is_open) == ("5 of 5 answers · done", False)


def test_what_is_done_is_not_done_again_when_a_batch_goes_on(session: Session, tmp_path: Path) -> None:
    running, kind, compute = begun(session), Heard(str), Here(width=1)
    running.told = lambda told: running.stop.set() if told.startswith("2 of") else None
    assert through(session, tmp_path, kind, compute, running).is_open
    later = Heard(str)
    assert not through(session, tmp_path, later, Here(), begun(session)).is_open
    assert sorted([*kind.kept, *later.kept]) == sorted({*kind.kept, *later.kept})
    assert (len(kind.kept), len(later.kept)) == (2, 3)


def test_a_cancelled_batch_keeps_what_was_done_and_does_no_more(session: Session, tmp_path: Path) -> None:
    running, kind = begun(session), Heard(str)
    running.told = lambda _: session.batches.cancel(running.batch.id)
    over = through(session, tmp_path, kind, Here(width=1), running)
    assert (over.cancelled, len(kind.kept)) == (True, 1)


def test_a_killed_worker_costs_only_its_own_answer(session: Session, tmp_path: Path) -> None:
    kind, compute = Heard(str), Here(dies=lambda piece: number(piece) == 3)
    over = through(session, tmp_path, kind, compute, begun(session))
    assert [number(one) for one in sorted(kind.kept)] == [1, 2, 4, 5]
    assert over.counts == {"done": 4, "failed": 1}
    assert session.batches.reasons(over.id) == {LOST: 1}
    assert compute.renewed == 2


def test_a_worker_that_dies_once_costs_nothing(session: Session, tmp_path: Path) -> None:
    died: list[object] = []

    def once(piece: object) -> bool:
        if number(str(piece)) == 3 and not died:
            died.append(piece)
            return True
        return False

    kind = Heard(str)
    assert through(session, tmp_path, kind, Here(dies=once), begun(session)).counts == {"done": 5}


def test_where_nobody_can_work_all_waits_and_the_reason_is_told(session: Session, tmp_path: Path) -> None:
    running = begun(session)
    with pytest.raises(AwayError):
        through(session, tmp_path, Heard(str), Here(away=True), running)
    assert session.batches.find(running.batch.id).counts == {"waiting": 5}
    assert through(session, tmp_path, Heard(str), Here(), begun(session)).id == running.batch.id


def test_an_answer_that_fails_is_told_and_the_others_are_done(session: Session, tmp_path: Path) -> None:
    def work(piece: str) -> str:
        if number(piece) == 2:
            raise RehearseError("It cannot be read.")
        if number(piece) == 4:
            raise ZeroDivisionError
        return piece

    over = through(session, tmp_path, Heard(work), Here(), begun(session))
    assert over.counts == {"done": 3, "failed": 2}
    assert "It cannot be read." in session.batches.reasons(over.id)


def test_an_answer_that_changed_or_went_meanwhile_is_left_alone(session: Session, tmp_path: Path) -> None:
    def work(piece: str) -> str:
        if number(piece) == 1:
            session.answers.save(result(1, text="other words"))
        if number(piece) == 2:
            session.answers.erase(piece)
        return piece

    kind = Heard(work)
    over = through(session, tmp_path, kind, Here(), begun(session))
    assert sorted(number(one) for one in kind.kept) == [3, 4, 5]
    assert over.counts == {"done": 3, "skipped": 1}


def test_a_batch_that_another_process_has_is_refused(session: Session, tmp_path: Path) -> None:
    running = begun(session)
    session.batches.cancel(running.batch.id)
    with pytest.raises(RehearseError) as refused:
        through(session, tmp_path, Heard(str), Here(), running)
    assert refused.value is BUSY


def test_the_reader_stands_beside_levels_and_leaves_their_advice(session: Session, tmp_path: Path) -> None:
    session.answers.save(result(1, score(scorer="judge")))
    before = session.answers.load(result(1).attempt.id)
    assert before is not None
    through(session, tmp_path, Reread(), Here(), begun(session))
    after = session.answers.load(before.attempt.id)
    assert after is not None and after.advice == before.advice and after.attempt == before.attempt
    said = session.answers.assessments(before.attempt.id)
    assert [one.scorer for one in said if one.scorer] == [ReaderScorer.name]
    assert "judge" in {one.scorer for assessment in said for one in assessment.scores}


def test_the_reader_reads_on_processes_of_this_machine(session: Session, tmp_path: Path) -> None:
    compute = on_processes(2)
    try:
        over = through(session, tmp_path, Reread(), compute, begun(session))
    finally:
        compute.close()
    assert over.counts == {"done": 5}
    for one in session.answers.of("me"):
        assert any(said.scorer == ReaderScorer.name for said in session.answers.assessments(one.id))


def test_a_piece_without_words_is_not_read() -> None:
    silent = replace(result(1), turns=result(1).turns[:1])
    assert read_again(ToRead(silent, question())) is None


def test_words_that_are_there_stay_and_delivery_is_measured_anew(session: Session, tmp_path: Path) -> None:
    way = kinds.Remeasure(means(tmp_path))
    now = result(1)
    heard = Speech(Transcript((Word("other", 0.0, 1.0),), "faster-whisper base"), (), None, 30.0)
    way.keep(session, now, question(), Measured(frames=now.frames[:10], speech=heard))
    after = session.answers.load(now.attempt.id)
    assert after is not None and after.speech == now.speech and after.turns == now.turns
    assert len(after.frames) == 10
    assert after.delivery is not None and after.delivery != now.delivery


def test_an_answer_without_words_gets_them(session: Session, tmp_path: Path) -> None:
    way = kinds.Remeasure(means(tmp_path))
    empty = Speech(Transcript((), "none"), (), None, 30.0)
    silent = replace(result(1), speech=empty, turns=result(1).turns[:1], assessment=None, advice=None)
    session.answers.save(silent)
    heard = Speech(Transcript((Word("other", 0.0, 1.0),), "faster-whisper base"), (), None, 30.0)
    way.keep(session, silent, question(), Measured(speech=heard))
    after = session.answers.load(silent.attempt.id)
    assert after is not None and after.turns[1].text == "other"
    assert after.frames == silent.frames


def test_a_recording_is_looked_at_again_only_under_its_own_set_up(session: Session, tmp_path: Path) -> None:
    way = kinds.Remeasure(means(tmp_path))
    name = result(1).attempt.recording or ""
    (tmp_path / name).write_bytes(b"film")
    with pytest.raises(SkipError, match="set-up"):
        way.prepare(session, result(1), question(), shares=True)
    made = replace(result(1), attempt=replace(result(1).attempt, mode="upload"))
    asked = way.prepare(session, made, question(), shares=True)
    assert (asked.recording, asked.pictures, asked.words) == (tmp_path / name, True, False)
    assert way.prepare(session, made, question(), shares=False).recording == b"film"
    conversed = replace(made, turns=(*made.turns, *made.turns))
    with pytest.raises(SkipError, match="interview"):
        way.prepare(session, conversed, question(), shares=True)
    (tmp_path / name).unlink()
    with pytest.raises(SkipError, match="recording"):
        way.prepare(session, made, question(), shares=True)


class Away(Recordings):
    """Recordings in a bucket that cannot be reached."""

    def at_hand(self, name: str) -> Path:
        raise RehearseError("The bucket cannot be reached.")


def test_a_bucket_that_is_away_leaves_every_answer_waiting(session: Session, tmp_path: Path) -> None:
    made = [replace(result(n), attempt=replace(result(n).attempt, mode="upload")) for n in (1, 2)]
    session.answers.save_many(made)
    away = replace(means(tmp_path), recordings=Away(tmp_path.as_uri()))
    running = Running(session.batches.begin("reanalyse", Selection()))
    with pytest.raises(RehearseError, match="bucket"):
        run(running, session, away, kinds.Remeasure(away), Here())
    batch = session.batches.find(running.batch.id)
    assert batch.is_open and batch.counts["waiting"] >= 2


def test_a_question_is_found_in_the_bank_or_in_nobodys_set(session: Session) -> None:
    find = question_finder((question(),))
    assert find(session, question().id) == question()
    assert find(session, "gone") is None


def test_an_assessment_is_what_a_reader_gives() -> None:
    assert isinstance(read_again(ToRead(result(1), question())), Assessment)
