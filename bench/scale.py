"""Does one database hold what hundreds of people practise? `make bench-scale`; takes about an hour.

    python -m bench scale                           everything, at full size
    python -m bench.scale writers --answers 200     a part of it, smaller
    python -m bench.scale dashboards --engine duckdb --sizes 100000

*Writers*: eight processes save answers of 300 signal rows into one PostgreSQL, undisturbed and then killed
and cut off; beside it the same rows through psycopg alone, and the same with one and two writers.
*Dashboards*: what candidates, instructors and administrators look at, on both engines, at one and ten million
answers.
*Batch*: a hundred recordings measured again by one worker, by two, and by two of which one is killed.

On loopback and in temporary folders only; they go when it ends. Ten million answers take 25 GB meanwhile.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench import scale_batch
from bench.scale_dashboards import ENGINES, SIZES, Row, measure
from bench.scale_writers import Outcome, Work, prepare, run
from upkeep.postgres_server import passing_server

PARTS = ("writers", "dashboards", "batch")
ANSWERS, WRITERS = 20_000, 8
FEWER = 10
"""The floor, and one and two writers, save this part of the answers."""


def writers(answers: int) -> bool:
    """Print a row for each way of writing; whether nothing was broken."""
    fewer = max(1, answers // FEWER)
    whole = True
    floor: Outcome | None = None
    for told, many, count, bare, faults in (
        (f"the floor, {WRITERS} processes", fewer, WRITERS, True, False),
        (f"{WRITERS} writers", answers, WRITERS, False, False),
        (f"{WRITERS} writers, killed and cut off", answers, WRITERS, False, True),
        ("the floor, 1 process", fewer, 1, True, False),
        ("1 writer", fewer, 1, False, False),
        ("2 writers", fewer, 2, False, False),
    ):
        with passing_server() as server, tempfile.TemporaryDirectory() as folder:
            prepare(server.url)
            found = run(Work(server, Path(folder), many, count, bare), faults=faults)
        floor = found if bare or floor is None else floor
        print(_row(told, found, floor), flush=True)
        whole = whole and not found.broken
    return whole


def _row(told: str, found: Outcome, floor: Outcome) -> str:
    amiss = f"lost {found.lost}, double {found.double}, partial {found.partial}"
    amiss += f", roll-up rows wrong {found.rollups_wrong}"
    if found.kills or found.stops:
        amiss += f"; {found.kills} writers killed, {found.stops} times the server stopped at once, "
        amiss += f"{found.refused} saves told as not saved and tried again"
    rate = found.acknowledged / found.seconds
    taken = f"p50 {found.at(0.5):.1f}, p95 {found.at(0.95):.1f} ms, {rate:.0f} a second"
    taken += f", CPU {found.writer_cpu_ms:.1f} ms of the writer"
    if found.server_cpu_ms is not None:
        taken += f" and {found.server_cpu_ms:.1f} ms of PostgreSQL"
    beside = f"p50 {floor.at(0.5):.1f}, p95 {floor.at(0.95):.1f} ms"
    ratio = f"{found.at(0.5) / floor.at(0.5):.2f}; {found.at(0.95) / floor.at(0.95):.2f}"
    load = f"load {os.getloadavg()[0]:.1f}"
    return f"| {told}: {found.acknowledged:,} answers; {amiss} ({load}) | {taken} | {beside} | {ratio} |"


def dashboards(engines: Sequence[str], sizes: Sequence[int]) -> None:
    """Print a row for everything that is looked at or saved, both engines side by side at each size."""
    for answers in sizes:
        found: dict[str, dict[str, Row]] = {}
        for engine in engines:
            with tempfile.TemporaryDirectory() as folder:
                for row in measure(engine, answers, Path(folder)):
                    found.setdefault(row.what, {})[engine] = row
                    print(f"{answers:,} {engine}: {row.what}: {_taken(row)}", file=sys.stderr, flush=True)
        load = f"load {os.getloadavg()[0]:.1f}"
        for what, beside in found.items():
            taken = " | ".join(_taken(beside[one]) if one in beside else "" for one in ENGINES)
            aim = next(iter(beside.values())).aim_ms
            print(f"| {answers:,} answers: {what} ({load}) | {taken} | {aim or ''} |", flush=True)


def batch(recordings: int) -> bool:
    """Print a row for each way; whether a killed worker cost nothing, and all were measured."""
    with tempfile.TemporaryDirectory() as folder:
        ran = []
        for found in scale_batch.measure(recordings, scale_batch.SECONDS, Path(folder)):
            ran.append(found)
            print(_ran(found, "one killed" if len(ran) > 2 else "undisturbed"), flush=True)
    clock, processor = scale_batch.quicker(ran[0], ran[1])
    print(
        f"| two workers are so many times as quick as one, aim {scale_batch.AIM} | {clock:.2f} by the clock; "
        f"{processor:.2f} by the processor time (load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores) |"
    )
    return all(one.done == one.recordings for one in ran)


def _ran(found: scale_batch.Ran, how: str) -> str:
    each = found.recordings
    cpu = f"CPU {found.worker_cpu / each:.2f} s of workers and {found.own_cpu / each:.2f} s of the app each"
    return (
        f"| {found.workers} worker{'s' * (found.workers > 1)}, {how}: {found.done} of {each} measured | "
        f"{found.seconds:.0f} s; {cpu}; "
        f"the app {found.own_memory[-1]:.0f} MB, {found.grown:+.0f} since the first fifth; "
        f"a worker {found.worker_memory:.0f} MB at most |"
    )


def _taken(row: Row) -> str:
    if len(row.taken_ms) == 1:
        return f"{row.taken_ms[0] / 1000:.1f} s, CPU {row.cpu_ms / 1000:.1f} s"
    return f"{median(row.taken_ms):.0f} ms (least {row.least_ms:.0f}), CPU {row.cpu_ms:.0f} ms"


def main(given: list[str] | None = None) -> int:
    """Run the parts that were asked for; 1 when an acknowledged answer was not there, or one not whole."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.scale", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar="|".join(PARTS))
    parser.add_argument("--answers", type=int, default=ANSWERS, help="of the writers")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="of the dashboards")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="answers behind dashboards")
    parser.add_argument("--recordings", type=int, default=scale_batch.RECORDINGS, help="of the batch")
    chosen = parser.parse_args(given)
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    whole = writers(chosen.answers) if "writers" in chosen.parts else True
    if "dashboards" in chosen.parts:
        print("\n| what | DuckDB | PostgreSQL | aim, ms |\n|---|---|---|---|", flush=True)
        dashboards(chosen.engine or ENGINES, chosen.sizes)
    if "batch" in chosen.parts:
        print("\n| what | figure |\n|---|---|", flush=True)
        whole = batch(chosen.recordings) and whole
    return 0 if whole else 1


if __name__ == "__main__":
    raise SystemExit(main())
