"""Real processes: a recording is measured again there; a killed worker costs its own answer alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from analysis.batch.batch_run import LOST, Running, run
from analysis.batch.compute import on_processes
from analysis.batch.kinds import Means, Remeasure
from analysis.batch.work_pieces import ToMeasure, measure_again
from data.domain import AttemptResult, Question
from data.domain.batches import Selection
from data.recordings import Recordings
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from tests.media import recording
from tests.stored import open_store, question, result

pytestmark = pytest.mark.slow


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_store(tmp_path)
    yield opened
    opened.database.close()


def means(folder: Path) -> Means:
    settings = load_settings({}, folder / "none.toml")
    return Means(Recordings(folder.as_uri()), settings, lambda _, __: question())


def killed_on_the_third(attempt_id: str) -> str:
    if attempt_id.endswith("3"):
        os.kill(os.getpid(), signal.SIGKILL)
    return attempt_id


@dataclass(frozen=True, slots=True)
class Named:
    """A kind whose pieces are the ids of answers; nothing is kept."""

    work: Callable[[str], str] = killed_on_the_third

    def prepare(self, session: Session, result: AttemptResult, question: Question, shares: bool) -> str:
        return result.attempt.id

    def keep(self, session: Session, now: AttemptResult, question: Question, found: str) -> None:
        assert found == now.attempt.id


def test_a_worker_killed_with_nine_costs_its_own_answer_alone(session: Session, tmp_path: Path) -> None:
    session.answers.save_many([result(number) for number in range(1, 8)])
    running = Running(session.batches.begin("rescore", Selection()))
    with closing(on_processes(2)) as pool:
        over = run(running, session, means(tmp_path), Named(), pool)
    assert over.counts == {"done": 6, "failed": 1}
    assert session.batches.reasons(over.id) == {LOST: 1}


_A_SERVER = """
import time
from analysis.batch.compute import on_processes
if __name__ == "__main__":
    pool = on_processes(2)
    both = [pool.submit(time.sleep, 1.0) for _ in range(2)]
    print([one.result() for one in both], flush=True)
    time.sleep(600)
"""


def test_a_worker_ends_with_the_server_that_was_killed(tmp_path: Path) -> None:
    file = tmp_path / "server.py"
    file.write_text(_A_SERVER)
    command, paths = [sys.executable, str(file)], {**os.environ, "PYTHONPATH": str(PROJECT_ROOT)}
    with subprocess.Popen(command, env=paths, stdout=subprocess.PIPE, start_new_session=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline()
        server.kill()
        server.wait(60)
        assert server.stdout.read() == b""  # ends when the last process that could write to it has ended


def test_a_recording_is_measured_by_a_process_and_its_signals_replace_the_old_ones(
    session: Session, tmp_path: Path
) -> None:
    made = replace(result(1), attempt=replace(result(1).attempt, mode="upload"))
    recording(tmp_path / (made.attempt.recording or ""), seconds=4.0)
    session.answers.save(made)
    running = Running(session.batches.begin("reanalyse", Selection()))
    world = means(tmp_path)
    with closing(on_processes(1)) as pool:
        over = run(running, session, world, Remeasure(world), pool)
    assert over.told == "1 of 1 answers · done"
    after = session.answers.load(made.attempt.id)
    assert after is not None and after.frames and after.frames != made.frames
    assert after.frames[-1].seconds < 4.5
    assert (after.turns, after.assessment) == (made.turns, made.assessment)


def test_another_machine_is_given_the_bytes_and_finds_the_same(tmp_path: Path) -> None:
    film = recording(tmp_path / "film.mp4", seconds=2.0, audio=False)
    here = measure_again(ToMeasure(film, pictures=True, words=False))
    there = measure_again(ToMeasure(film.read_bytes(), pictures=True, words=False))
    assert here.frames and here == there
