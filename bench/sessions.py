"""Forty visits that draw their pages again without rest: redraws a second, waits, memory.

An empty Streamlit page stands beside it, measured in the same run.

    python -m bench.sessions [--redraws 5000]

One process serves them over real WebSockets. Drawing is Python, so one core carries it; the visits themselves
run here on another. Memory is the server's, after the first fifth of the redraws and after the last.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.capture import row
from bench.pages import AIMS_MS, EMPTY, filled
from bench.visits import Server, Visit, serving, visiting
from data.settings import PROJECT_ROOT

VISITS = 40
AIM_A_SECOND = 10
PAGES = tuple("" if page == "home" else page for page in AIMS_MS)


@dataclass(frozen=True)
class Measured:
    """What a number of redraws took."""

    a_second: float
    median_wait_ms: float
    cpu_ms: float
    memory_mb: float


def redraw_all(server: Server, visits: Sequence[Visit], redraws: int) -> Measured:
    """Let every visit redraw without rest until so many are done together."""
    left, lock, waits = iter(range(redraws)), threading.Lock(), []

    def keep_going(visit: Visit) -> None:
        while True:
            with lock:
                if next(left, None) is None:
                    return
            began = perf_counter()
            visit.redraw()
            waits.append(1000 * (perf_counter() - began))

    began, cpu = perf_counter(), server.cpu_seconds()
    with ThreadPoolExecutor(len(visits)) as pool:
        list(pool.map(keep_going, visits))
    took, used = perf_counter() - began, server.cpu_seconds() - cpu
    return Measured(redraws / took, median(waits), 1000 * used / redraws, server.memory_mb())


def parts(script: Path, environ: dict[str, str], pages: Sequence[str], redraws: int) -> list[Measured]:
    """The first fifth of the redraws, and the rest."""
    with serving(script, environ) as server, ExitStack() as open_visits:
        visits = [open_visits.enter_context(visiting(server, page)) for page in islice(cycle(pages), VISITS)]
        first = redraw_all(server, visits, redraws // 5)
        return [first, redraw_all(server, visits, redraws - redraws // 5)]


def main(argv: Sequence[str]) -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(prog="python -m bench.sessions", description=__doc__)
    parser.add_argument("--redraws", type=int, default=500)
    redraws = parser.parse_args(argv).redraws
    with tempfile.TemporaryDirectory() as name, filled(Path(name)) as environ:
        empty = Path(name) / "empty.py"
        empty.write_text(EMPTY)
        _, floor = parts(empty, environ, [""], redraws)
        first, rest = parts(PROJECT_ROOT / "app.py", environ, PAGES, redraws)
    of = f"{VISITS} visits"
    a_second = f"{of}, redraws a second ({AIM_A_SECOND} wanted)"
    row(a_second, rest.a_second, floor.a_second, rest.a_second / floor.a_second, bench="sessions")
    row(f"{of}, median wait, ms", rest.median_wait_ms, floor.median_wait_ms, bench="sessions")
    row(f"{of}, CPU a redraw, ms", rest.cpu_ms, floor.cpu_ms, rest.cpu_ms / floor.cpu_ms, bench="sessions")
    later = f"{of}, memory after {redraws} redraws, MB"
    row(
        later,
        rest.memory_mb,
        f"{first.memory_mb:.0f} after {redraws // 5}",
        rest.memory_mb / first.memory_mb,
        bench="sessions",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
