"""A real scheduler with two workers: pieces come back, and one that kills its worker fails alone."""

from __future__ import annotations

import importlib.util
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from analysis.batch.compute import compute_at
from analysis.batch.dask_pool import AwayError, DaskPool
from analysis.batch.work_pieces import ToRead, read_again
from data.domain import RehearseError
from data.settings import PROJECT_ROOT
from tests.needs import leave_out
from tests.stored import question, result
from tests.way_through import way_to

pytestmark = pytest.mark.slow

_CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


_SOON = {"distributed.comm.timeouts.connect": "1s"}


def double(number: int) -> int:
    return 2 * number


def wait_long(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


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


def test_a_scheduler_that_is_cut_off_with_pieces_out_is_away(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dask

    importlib.import_module("distributed")  # its settings are there before one is changed for a while
    with (
        way_to(int(address.rpartition(":")[2])) as way,
        dask.config.set(_SOON),
        closing(DaskPool(f"tcp://127.0.0.1:{way.port}")) as pool,
    ):
        assert pool.submit(double, 2).result(120) == 4
        out = pool.submit(wait_long, 600)
        way.refuse()
        with pytest.raises(AwayError, match="cannot be reached"):
            out.result(120)
    with closing(DaskPool(address)) as pool:
        assert pool.submit(double, 3).result(120) == 6


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("distributed") is None:
        leave_out("Dask is not installed; `make install-server` brings it")
    monkeypatch.setattr("analysis.batch.dask_pool._WAIT_SECONDS", 0.5)


def test_a_scheduler_that_says_nothing_is_left_in_bounded_time(quick: None) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(AwayError, match="cannot be reached"),
    ):
        DaskPool(f"tcp://127.0.0.1:{silent.getsockname()[1]}")


def test_a_scheduler_behind_tls_says_which_certificates_are_missing(quick: None) -> None:
    with pytest.raises(RehearseError, match="there is no certificate") as told:
        DaskPool("tls://127.0.0.1:9")
    assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in told.value.remedy


def test_a_scheduler_with_other_certificates_is_away_and_says_to_look_at_them(
    quick: None, tmp_path: Path
) -> None:
    import dask
    from distributed.security import Security

    ours, theirs = Security.temporary(), Security.temporary()
    files = {name: tmp_path / name for name in ("tls_client_cert", "tls_client_key", "tls_ca_file")}
    for name, file in files.items():
        file.write_text(getattr(ours, name))
    told = {"ca-file": "tls_ca_file", "client.cert": "tls_client_cert", "client.key": "tls_client_key"}
    context = theirs.get_listen_args("scheduler")["ssl_context"]
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        dask.config.set({f"distributed.comm.tls.{one}": str(files[name]) for one, name in told.items()}),
    ):
        threading.Thread(target=_shake_hands, args=(server, context), daemon=True).start()
        with pytest.raises(AwayError) as refused:
            DaskPool(f"tls://127.0.0.1:{server.getsockname()[1]}")
    assert "certificates" in refused.value.remedy


def _shake_hands(server: socket.socket, context: ssl.SSLContext) -> None:
    with suppress(OSError):
        while True:
            came, _ = server.accept()
            with suppress(OSError):
                context.wrap_socket(came, server_side=True).close()


def test_a_scheduler_without_room_for_anybody_says_so(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Empty:
        def __init__(self, *_: object, **__: object) -> None:
            self.closed = False

        def nthreads(self) -> dict[str, int]:
            return {}

        def close(self) -> None:
            self.closed = True

    monkeypatch.setattr("distributed.Client", Empty)
    with pytest.raises(RehearseError, match="No worker has joined"):
        DaskPool("tcp://127.0.0.1:9")


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
