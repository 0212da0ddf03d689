"""A real scheduler with two workers: pieces come back, and one that kills its worker fails alone."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import closing
from pathlib import Path

import pytest

from analysis.batch.compute import compute_at
from analysis.batch.dask_pool import AwayError, DaskPool
from analysis.batch.work_pieces import ToRead, read_again
from data.domain import RehearseError
from data.settings import PROJECT_ROOT
from tests.needs import leave_out
from tests.stored import question, result

pytestmark = pytest.mark.slow

_CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def double(number: int) -> int:
    return 2 * number


def die(_: int) -> int:
    os._exit(1)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if importlib.util.find_spec("distributed") is None:
        leave_out("Dask is not installed; `make install-server` brings it")
    script = tmp_path_factory.mktemp("dask") / "cluster.py"
    script.write_text(_CLUSTER)
    paths = os.pathsep.join([str(PROJECT_ROOT), *filter(None, sys.path)])
    told = {**os.environ, "PYTHONPATH": paths, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with subprocess.Popen(
        [sys.executable, str(script)],
        env=told,
        cwd=script.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as cluster:
        assert cluster.stdout is not None and cluster.stdin is not None
        yield cluster.stdout.readline().strip()
        cluster.stdin.close()
        cluster.wait(60)


def test_answers_are_read_by_workers_that_have_no_database(address: str) -> None:
    with closing(DaskPool(address)) as pool:
        assert not pool.shares_files
        pieces = [ToRead(result(number), question()) for number in range(1, 4)]
        given = [pool.submit(read_again, piece) for piece in pieces]
        found = [one.result(120) for one in given]
    assert found == [read_again(piece) for piece in pieces]


def test_a_piece_that_kills_its_workers_is_lost_and_those_after_it_are_worked_on(address: str) -> None:
    with closing(compute_at(address)) as pool:
        with pytest.raises(BrokenExecutor):
            pool.submit(die, 1).result(120)
        harmless = [pool.submit(double, number) for number in range(5)]
        assert [one.result(120) for one in harmless] == [0, 2, 4, 6, 8]


def test_a_scheduler_that_is_not_there_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("distributed") is None:
        leave_out("Dask is not installed; `make install-server` brings it")
    monkeypatch.setattr("analysis.batch.dask_pool._WAIT_SECONDS", 1)
    with pytest.raises(AwayError, match="cannot be reached"):
        DaskPool("tcp://127.0.0.1:9")


def test_without_dask_the_setting_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RehearseError, match="not installed"):
        compute_at("tcp://127.0.0.1:9")
