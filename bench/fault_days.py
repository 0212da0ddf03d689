"""Does a day survive what happens to servers? Many days, each with its faults: `make bench-faults`.

    python -m bench.fault_days                       500 days, on both engines
    python -m bench.fault_days --days 20 --engine duckdb
    python -m bench.fault_days --seeds 17 203        these days again, with everything they found

A day answers, is scored, holds an interview, keeps choices, carries recordings to a bucket and writes
backups, through the product's own code (`bench.fault_day`). Its seed decides its order and what goes wrong
when: its process is killed (-9), its disk is full (a disk of 64 MB in memory where this user may mount one;
else, and besides, a limit on how large files may grow), the network to PostgreSQL and the bucket is refused,
cut in mid-transfer or held up, PostgreSQL is stopped at once, the clock jumps. Then everything is opened
anew, and what was acknowledged is held against what is there (`bench.fault_look`).
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import random
import shutil
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from bench.fault_day import Go, Line, Place, spend
from bench.fault_disk import Disk, disk
from bench.fault_look import look
from tests.engines import DuckDb, Engine, PostgreSql
from tests.fake_bucket import BUCKET, FakeBucket, serving
from tests.way_through import WayThrough, way_to
from upkeep.postgres_server import Server, passing_server, postgres_programs

DAYS = 500
FAULTS = (
    "nothing",
    "killed",
    "disk full",
    "disk full and killed",
    "network gone",
    "network gone and killed",
    "clock broken",
    "database stopped",
)
LONGEST_DAY_SECONDS = 120.0
_TOLD_EVERY = 20
_STEPS = 28
"""About as many as a day has."""
_QUICK = {"fsync": "off", "full_page_writes": "off", "max_connections": "60"}
_DAY_SECONDS = 86_400.0
_JUMPS = (-60 * 365 * _DAY_SECONDS, -_DAY_SECONDS, -3600.0, 3600.0, _DAY_SECONDS, 30 * 365 * _DAY_SECONDS)
_FILES_END_AT = (0, 4_096, 30_000, 100_000, 400_000, 6_400_000)
_SPARE = (0, 0, 2_000, 20_000, 80_000, 300_000, 3_000_000)


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one day."""

    seed: int
    engine: str
    fault: str
    broken: tuple[str, ...]
    acknowledged: int
    refused: int


@dataclass(slots=True)
class Bench:
    """What all days share: a disk, engines, a bucket, and the ways to them."""

    disk: Disk
    engines: dict[str, Engine]
    bucket: FakeBucket
    to_bucket: WayThrough
    server: Server | None = None
    to_server: WayThrough | None = None
    context: multiprocessing.context.ForkServerContext = field(
        default_factory=lambda: multiprocessing.get_context("forkserver")
    )

    def heal(self) -> None:
        """Nothing is broken any more, and PostgreSQL runs."""
        self.disk.free()
        self.bucket.fault = ""
        for way in (self.to_bucket, self.to_server):
            if way is not None:
                way.heal()


@contextmanager
def prepared(engines: Sequence[str]) -> Iterator[Bench]:
    """Everything that days need, until the block ends."""
    with ExitStack() as stack:
        made: dict[str, Engine] = {"duckdb": DuckDb()}
        server = to_server = None
        if "postgresql" in engines:
            server = stack.enter_context(passing_server(_QUICK))
            made["postgresql"] = PostgreSql(server.url)
            to_server = stack.enter_context(way_to(server.port))
        bucket = stack.enter_context(serving())
        to_bucket = stack.enter_context(way_to(bucket.port))
        told = bucket.environ | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{to_bucket.port}"}
        os.environ.update(told)
        bench = Bench(
            stack.enter_context(disk()), made, bucket, to_bucket, server=server, to_server=to_server
        )
        bench.context.set_forkserver_preload(["bench.fault_warm"])
        yield bench


# --- one day --------------------------------------------------------------------------------------


def live(bench: Bench, engine: str, seed: int) -> Found:
    """Spend the day of this seed on this engine, and look at it the next day."""
    dice = random.Random(f"{engine} {seed}")
    faults = [one for one in FAULTS if engine == "postgresql" or one != "database stopped"]
    fault = faults[seed // len(bench.engines) % len(faults)]
    folder = bench.disk.folder / f"{engine}-{seed}"
    folder.mkdir()
    recordings = (folder / "recordings").as_uri()
    if dice.random() < 0.7:
        recordings = f"s3://{BUCKET}/{engine}-{seed}"
    try:
        with bench.engines[engine].database(folder) as address:
            place = Place(_through(bench, address), recordings, folder, seed)
            lines = spent(bench, place, Fault(bench, fault, dice))
            bench.heal()
            broken = looked(bench, place, lines)
    finally:
        bench.heal()
        shutil.rmtree(folder)
        for key in [key for key in bench.bucket.objects if key.startswith(f"{engine}-{seed}/")]:
            del bench.bucket.objects[key]
    told = [sum(line.kind == kind for line in lines) for kind in ("done", "refused")]
    return Found(seed, engine, fault, broken, *told)


def _through(bench: Bench, address: str) -> str:
    """The address as it is reached through a line that can be cut."""
    if bench.server is None or bench.to_server is None or not address.startswith("postgresql"):
        return address
    return address.replace(f":{bench.server.port}/", f":{bench.to_server.port}/")


class Fault:
    """What goes wrong on one day, and when."""

    def __init__(self, bench: Bench, name: str, dice: random.Random) -> None:
        """`dice` decide when, for how long, and how badly."""
        self.name, self.dice, self._bench = name, dice, bench
        self._first = dice.randrange(_STEPS if name == "killed" else _STEPS // 2)
        longest = (1, 2, 3) if name.startswith("network") else (2, 4, 8, 12)
        self._last = self._first + dice.choice(longest)
        self._kill_at = self._first if name == "killed" else dice.randrange(self._first, _STEPS + 2)
        self._broken = False
        self._limit: int | None = None

    def before(self, step: int) -> Go:
        """Break or mend what is due before this step."""
        is_on = self.name != "nothing" and self._first <= step < self._last
        if is_on and not self._broken:
            self._break()
        if not is_on and self._broken:
            self._bench.heal()
            self._limit = None
        self._broken = is_on
        moved = self._jump if is_on and self.name == "clock broken" else 0.0
        return Go(moved, self._limit)

    def kills(self, step: int) -> float | None:
        """After how many seconds of this step it is killed; None: not in this one."""
        if not self.name.endswith("killed") or step != self._kill_at:
            return None
        return self.dice.choice((0.0, self.dice.uniform(0, 0.02), self.dice.uniform(0, 0.3)))

    @property
    def _jump(self) -> float:
        return _JUMPS[self._first % len(_JUMPS)]

    def _break(self) -> None:
        if self.name.startswith("disk full"):
            if self._bench.disk.small and self.dice.random() < 0.7:
                self._bench.disk.fill(self.dice.choice(_SPARE))
            else:
                self._limit = self.dice.choice(_FILES_END_AT)
        elif self.name.startswith("network gone"):
            self._cut(self._bench.to_server)
            self._cut(self._bench.to_bucket)
            self._bench.bucket.fault = self.dice.choice(("", "", "down", "cut", "full"))
        elif self.name == "database stopped" and self._bench.server is not None:
            self._bench.server.stop_at_once()
            self._bench.server.start()

    def _cut(self, way: WayThrough | None) -> None:
        if way is None:
            return
        how = self.dice.choice(("refused", "cut", "held"))
        if how == "refused":
            way.refuse()
        elif how == "cut":
            way.cut_after(self.dice.choice((0, 100, 1_000, 10_000, 100_000)))
        else:
            self._hold(way)

    def _hold(self, way: WayThrough) -> None:
        way.hold()
        timer = threading.Timer(self.dice.uniform(0.1, 1.5), way.heal)
        timer.daemon = True
        timer.start()


def spent(bench: Bench, place: Place, fault: Fault) -> list[Line]:
    """What was told of the day until it was over, or killed."""
    ours, theirs = bench.context.Pipe()
    process = bench.context.Process(target=quietly, args=(spend, place, theirs))
    process.start()
    theirs.close()
    lines: list[Line] = []
    try:
        for line in _told(ours):
            lines.append(line)
            if line.kind == "trying":
                step = sum(one.kind == "trying" for one in lines) - 1
                ours.send(fault.before(step))
                after = fault.kills(step)
                if after is not None:
                    time.sleep(after)
                    process.kill()
            elif line.kind == "over":
                break
        else:
            if not fault.name.endswith("killed"):
                lines.append(Line("broken", "the day", "", "ended before it was over, or stood still"))
    finally:
        _end(process)
        ours.close()
    return lines


def _told(wire: Connection) -> Iterator[Line]:
    while wire.poll(LONGEST_DAY_SECONDS):
        try:
            yield wire.recv()
        except (EOFError, ConnectionResetError):
            return


def looked(bench: Bench, place: Place, lines: Sequence[Line]) -> tuple[str, ...]:
    """What is found broken the next day."""
    ours, theirs = bench.context.Pipe()
    process = bench.context.Process(target=quietly, args=(look, place, lines, theirs))
    process.start()
    theirs.close()
    try:
        found: tuple[str, ...] = ("the next day did not come to its end",)
        if ours.poll(LONGEST_DAY_SECONDS):
            found = ours.recv()
    except (EOFError, ConnectionResetError):
        pass
    finally:
        _end(process)
        ours.close()
    return found


def _end(process: ForkServerProcess) -> None:
    process.join(5)
    if process.is_alive():
        process.kill()
        process.join()


def quietly(work: object, *given: object) -> None:
    """What goes wrong is meant to, and the log of it helps nobody here."""
    logging.disable(logging.CRITICAL)
    if not os.environ.get("FAULTS_LOUD"):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    work(*given)  # type: ignore[operator]
    os._exit(0)  # as a server that is ended: nobody waits for its threads


# --- all of them ------------------------------------------------------------------------------------


def run(seeds: Sequence[int], engines: Sequence[str], *, loud: bool = False) -> Iterator[Found]:
    """Live all of these days, on one engine after the other; what is broken is told as it is found."""
    with prepared(engines) as bench:
        for at, seed in enumerate(seeds):
            found = live(bench, engines[at % len(engines)] if len(seeds) > 1 else engines[0], seed)
            yield found
            if (at + 1) % _TOLD_EVERY == 0:
                print(f"{time.strftime('%H:%M:%S')} {at + 1} days", file=sys.stderr, flush=True)
            if found.broken or loud:
                told = "".join(f"\n    {one}" for one in found.broken) or " nothing broken"
                print(f"{found.engine} day {seed}, {found.fault}:{told}", file=sys.stderr, flush=True)


def table(every: Sequence[Found]) -> str:
    """A row for each fault and engine: days, what was acknowledged and refused in them, days with anything
    broken."""
    cells: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for found in every:
        cells[found.fault, found.engine].append(found)
    rows = [
        "| what goes wrong | engine | days | acknowledged; refused in words | broken |",
        "|---|---|---|---|---|",
    ]
    for fault in FAULTS:
        for engine in ("duckdb", "postgresql"):
            if days := cells.get((fault, engine)):
                told = f"{sum(one.acknowledged for one in days):,}; {sum(one.refused for one in days):,}"
                broken = sum(bool(one.broken) for one in days)
                rows.append(f"| {fault} | {engine} | {len(days)} | {told} | {broken} |")
    which = [f"{one.engine} {one.seed}" for one in every if one.broken]
    rows.append(f"| all | | {len(every)} | | {len(which)} {', '.join(which)} |")
    return "\n".join(rows)


def main(given: list[str] | None = None) -> int:
    """Live the days and print what became of them; 1 where anything was broken."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.fault_days", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--first", type=int, default=0, help="seed of the first day")
    parser.add_argument("--seeds", type=int, nargs="+", help="these days instead")
    parser.add_argument("--engine", choices=("duckdb", "postgresql"), action="append", help="not both")
    chosen = parser.parse_args(given)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started for the days ends with them
    engines = chosen.engine or ["duckdb", *(["postgresql"] if postgres_programs() else [])]
    seeds = chosen.seeds or range(chosen.first, chosen.first + chosen.days)
    every: list[Found] = []
    try:
        for found in run(seeds, engines, loud=bool(chosen.seeds)):
            every.append(found)
    finally:
        print(table(every), flush=True)
    return 1 if any(one.broken for one in every) else 0


if __name__ == "__main__":
    raise SystemExit(main())
