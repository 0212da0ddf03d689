"""Every query of the Progress page on a file with many answers, against pandas and polars on the same rows.

    python -m bench.store                        100,000 and 1,000,000 answers
    python -m bench.store 10000000               another size
    python -m bench.store 10000000 --no-frames   without pandas and polars, which need all rows in memory

Rows are made inside DuckDB in the order of time, all candidates mixed, which is how they arrive and the worst
case for a query about one of them. Opening the store puts a large file in order; what has arrived since then
lies in the order of time again, so the queries are measured a second time with a tenth more answers.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import md5
from pathlib import Path
from statistics import median

import duckdb
from pandas import DataFrame

from bench.frames import QUERIES, floors
from data.questions import load_questions
from data.settings import PROJECT_ROOT
from data.store import Database, Session
from data.store.queries import named_query, run
from data.synthetic import Plan, synthetic_results

SIZES = (100_000, 1_000_000)
ANSWERS_EACH = 100
RUNS = 7
WHO = md5(b"synthetic-10").hexdigest()
TAIL = 0.09
"""Just below the share of a file from which it is put in order again when it is opened."""

_ROWS = Path(__file__).with_name("store_rows.sql")
_ALONE = ("scorers", "time_practised", "bank_coverage", "self_rating", "question_history")
_Floors = dict[str, tuple[float | None, float | None]]


def make(file: Path, first: int, last: int) -> None:
    """Add answers `first` to `last` to a database made by the migrations."""
    Database.open(f"duckdb:///{file}").close()
    candidates = max(8, last // ANSWERS_EACH)
    with duckdb.connect(str(file)) as connection:
        connection.execute(_ROWS.read_text().format(first=first, last=last, candidates=candidates))


def milliseconds(
    call: Callable[[], object], runs: int = RUNS, clock: Callable[[], float] = time.perf_counter
) -> float:
    """The median time of a call after one that warms up."""
    call()
    times = []
    for _ in range(runs):
        began = clock()
        call()
        times.append(1000 * (clock() - began))
    return median(times)


def measure(answers: int, *, frames: bool) -> None:
    """Print one row per query, then opening, saving and erasing on the same file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.duckdb"
        make(file, 0, answers)
        measure_file(file, answers, floors(file, WHO, milliseconds) if frames else {})


def measure_file(file: Path, answers: int, beside: _Floors) -> None:
    """Everything that is measured on a file whose rows lie in the order of time."""
    size = f"{answers:,} answers"
    _open(file, f"{size}: open the store for the first time").database.close()
    session = _open(file, f"{size}: open it again")
    _queries(session, size, beside)
    session.database.close()
    make(file, answers, round(answers * (1 + TAIL)))
    session = _open(file, f"{size} and {TAIL:.0%} newer ones: open the store")
    _queries(session, f"{size} and {TAIL:.0%} newer ones", beside)
    _use(session, size)
    session.database.close()


def _open(file: Path, what: str) -> Session:
    began = time.perf_counter()
    session = Database.open(f"duckdb:///{file}").session()
    _print(what, 1000 * (time.perf_counter() - began))
    return session


def _queries(session: Session, what: str, beside: _Floors) -> None:
    asked: list[tuple[str, dict[str, str]]] = [(name, {}) for name in (*QUERIES, *_ALONE)]
    for name, how in (*asked, ("competency_trend", {"period": "week"})):

        def ask(name: str = name, how: dict[str, str] = how) -> DataFrame:
            query = named_query(name)  # past what a session keeps of it until the next write
            with session.database.reading() as connection:
                return run(connection, query, query.bound({"candidate_id": WHO, **how}))

        assert len(ask())
        cpu, named = milliseconds(ask, clock=time.process_time), " by ".join((name, *how.values()))
        floor = None if how else beside.get(name)
        _print(f"{what}: query `{named}`, CPU {cpu:.1f} ms", milliseconds(ask), floor)


def _use(session: Session, size: str) -> None:
    questions = load_questions(PROJECT_ROOT / "questions.csv")
    answer = next(r for r in synthetic_results(Plan("synthetic-new"), questions) if r.frames)
    taken = milliseconds(lambda: session.answers.save(answer))
    _print(f"{size}: save an answer again", taken)
    fresh = iter(range(100))

    def save_new() -> None:
        attempt = replace(answer.attempt, id=f"new-{next(fresh)}")
        session.answers.save(replace(answer, attempt=attempt))

    _print(f"{size}: save a new answer", milliseconds(save_new))
    _print(f"{size}: load an answer", milliseconds(lambda: session.answers.load(answer.attempt.id)))
    began = time.perf_counter()
    session.answers.erase(answer.attempt.id)
    _print(f"{size}: erase an answer (rewrites the file)", 1000 * (time.perf_counter() - began))


def _print(what: str, taken: float, beside: tuple[float | None, float | None] | None = None) -> None:
    floor = ratio = ""
    if beside is not None:
        named = dict(zip(("pandas", "polars"), beside, strict=True))
        floor = ", ".join(f"{name} {_floor(found)}" for name, found in named.items())
        ratio = ", ".join("" if found is None else f"{taken / found:.2f}" for found in beside)
    print(f"| {what} | {taken:.1f} ms | {floor} | {ratio} |", flush=True)


def _floor(found: float | None) -> str:
    return "does not fit into memory" if found is None else f"{found:.1f} ms"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("answers", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--no-frames", action="store_true")
    chosen = parser.parse_args()
    for wanted in chosen.answers:
        measure(wanted, frames=not chosen.no_frames)
