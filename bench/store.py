"""Every query of the Progress page on a file with many answers, against pandas on the same rows in memory.

    python -m bench.store            100,000 and 1,000,000 answers
    python -m bench.store 10000000   another size

Rows are made inside DuckDB in the order of time, all candidates mixed, which is how they arrive and the worst
case for a query about one of them. pandas gets the needed columns in memory already: that is its best case.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import md5
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pandas as pd

from data.questions import load_questions
from data.settings import PROJECT_ROOT
from data.store import Store
from data.synthetic import Plan, synthetic_results

SIZES = (100_000, 1_000_000)
ANSWERS_EACH = 100
RUNS = 7
WHO = md5(b"synthetic-7").hexdigest()

_ROWS = Path(__file__).with_name("store_rows.sql")


def make(file: Path, answers: int) -> None:
    """Fill a database made by the migrations."""
    Store.open(f"duckdb:///{file}").close()
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            _ROWS.read_text().format(answers=answers, candidates=max(8, answers // ANSWERS_EACH))
        )


def milliseconds(call: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of a call after one that warms up."""
    call()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - began))
    return median(times)


def _sessions_of(frame: pd.DataFrame, attempts: pd.DataFrame, keys: list[str], value: str) -> pd.DataFrame:
    mine = frame[(frame["candidate_id"] == WHO) & frame[value].notna()]
    began = attempts[attempts["candidate_id"] == WHO]
    joined = mine.merge(began, left_on="attempt_id", right_on="id")
    told = {"started_at": ("started_at", "min"), "value": (value, "median"), "n": (value, "size")}
    told |= {"low": (value, "min"), "high": (value, "max")}
    return joined.groupby([*keys, "session_id"], as_index=False).agg(**told)


def _last_three(frame: pd.DataFrame, attempts: pd.DataFrame) -> pd.DataFrame:
    keys = ["criterion", "scorer", "scorer_version", "rubric_version"]
    mine = frame[(frame["candidate_id"] == WHO) & frame["level"].notna()]
    began = attempts[attempts["candidate_id"] == WHO]
    joined = mine.merge(began, left_on="attempt_id", right_on="id").sort_values("started_at")
    return (
        joined.groupby(keys)
        .tail(3)
        .groupby(keys, as_index=False)["level"]
        .agg(["median", "min", "max", "size"])
    )


def _by_session(speeches: pd.DataFrame, attempts: pd.DataFrame) -> pd.DataFrame:
    mine = attempts[attempts["candidate_id"] == WHO]
    heard = speeches[speeches["candidate_id"] == WHO]
    joined = mine.merge(heard, left_on="id", right_on="attempt_id", how="left")
    return joined.groupby("session_id", as_index=False).agg(
        answers=("id", "size"), seconds=("seconds", "sum")
    )


_LEVELS = "attempt_id, candidate_id, criterion, scorer, scorer_version, rubric_version, level"
_PANDAS: dict[str, tuple[str, Callable[[pd.DataFrame, pd.DataFrame], object]]] = {
    "competency_trend": (
        f"SELECT {_LEVELS} FROM scores",
        lambda rows, attempts: _sessions_of(
            rows, attempts, ["criterion", "scorer", "scorer_version", "rubric_version"], "level"
        ),
    ),
    "competency_recent": (f"SELECT {_LEVELS} FROM scores", _last_three),
    "delivery_trend": (
        "SELECT attempt_id, candidate_id, name, unit, value FROM delivery",
        lambda rows, attempts: _sessions_of(rows, attempts, ["name", "unit"], "value"),
    ),
    "signal_trend": (
        "SELECT attempt_id, candidate_id, name, unit, value, coverage FROM signal_summaries",
        lambda rows, attempts: _sessions_of(rows, attempts, ["name", "unit"], "value"),
    ),
    "sessions": ("SELECT attempt_id, candidate_id, seconds FROM speeches", _by_session),
}
_ALONE = ("scorers", "time_practised", "bank_coverage", "self_rating")


def rows_of(file: Path) -> dict[str, float]:
    """Milliseconds of each query in pandas, one frame in memory at a time."""
    found: dict[str, float] = {}
    with duckdb.connect(str(file), read_only=True) as connection:
        attempts = connection.sql("SELECT id, candidate_id, session_id, started_at FROM attempts").df()
        for name, (sql, compute) in _PANDAS.items():
            frame = connection.sql(sql).df()
            found[name] = milliseconds(lambda frame=frame, compute=compute: compute(frame, attempts), 3)  # type: ignore[misc]
            del frame
            gc.collect()
    return found


def measure(answers: int) -> None:
    """Print one row per query, then opening, saving and erasing on the same file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.duckdb"
        make(file, answers)
        floors = rows_of(file)
        size = f"{answers:,} answers"
        began = time.perf_counter()
        store = Store.open(f"duckdb:///{file}")
        _print(f"{size}: open the store", 1000 * (time.perf_counter() - began), None)
        for name in (*_PANDAS, *_ALONE):
            taken = milliseconds(lambda name=name: store.query(name, candidate_id=WHO))  # type: ignore[misc]
            _print(f"{size}: query `{name}`", taken, floors.get(name))
        _use(store, size)
        for name in _PANDAS:
            taken = milliseconds(lambda name=name: store.query(name, candidate_id=WHO))  # type: ignore[misc]
            _print(f"{size}, file rewritten: query `{name}`", taken, floors[name])
        store.close()


def _use(store: Store, size: str) -> None:
    questions = load_questions(PROJECT_ROOT / "questions.csv")
    answer = next(r for r in synthetic_results(Plan("synthetic-new"), questions) if r.frames)
    taken = milliseconds(lambda: store.save_result(answer))
    _print(f"{size}: save an answer again", taken, None)
    fresh = iter(range(100))

    def save_new() -> None:
        attempt = replace(answer.attempt, id=f"new-{next(fresh)}")
        store.save_result(replace(answer, attempt=attempt))

    _print(f"{size}: save a new answer", milliseconds(save_new), None)
    _print(f"{size}: load an answer", milliseconds(lambda: store.load_result(answer.attempt.id)), None)
    began = time.perf_counter()
    store.erase_attempt(answer.attempt.id)
    _print(f"{size}: erase an answer (rewrites the file)", 1000 * (time.perf_counter() - began), None)


def _print(what: str, taken: float, floor: float | None) -> None:
    compared: tuple[Any, ...] = (
        ("", "") if floor is None else (f"pandas {floor:.1f} ms", f"{taken / floor:.2f}")
    )
    print(f"| {what} | {taken:.1f} ms | {compared[0]} | {compared[1]} |", flush=True)


if __name__ == "__main__":
    for wanted in [int(text) for text in sys.argv[1:]] or SIZES:
        measure(wanted)
