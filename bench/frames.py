"""The Progress queries computed by pandas and by polars on frames already in memory, for `bench/store.py`.

Both get only the columns a query needs and the same answers to give: that is their best case.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

import duckdb
import pandas as pd
import polars as pl

Milliseconds = Callable[[Callable[[], object], int], float]
_Time = Callable[[Path, str, str, Milliseconds], float]
_LEAST_FREE = 1_500_000_000
"""Bytes: frames that leave less than this to the machine count as not fitting."""
_BY_SCORER = ("criterion", "scorer", "scorer_version", "rubric_version")
_ATTEMPTS = "SELECT id, candidate_id, session_id, started_at FROM attempts"
_LEVELS = f"SELECT attempt_id, candidate_id, {', '.join(_BY_SCORER)}, level FROM scores"


@dataclass(frozen=True, slots=True)
class Computed:
    """One query in both libraries: which rows it needs, and the work on (rows, attempts, whose)."""

    rows: str
    pandas: Callable[[pd.DataFrame, pd.DataFrame, str], pd.DataFrame]
    polars: Callable[[pl.DataFrame, pl.DataFrame, str], pl.DataFrame]


def _pandas_sessions(
    keys: list[str], value: str
) -> Callable[[pd.DataFrame, pd.DataFrame, str], pd.DataFrame]:
    told = {"started_at": ("started_at", "min"), "value": (value, "median"), "n": (value, "size")}
    told |= {"low": (value, "min"), "high": (value, "max")}

    def compute(frame: pd.DataFrame, attempts: pd.DataFrame, who: str) -> pd.DataFrame:
        mine = frame[(frame["candidate_id"] == who) & frame[value].notna()]
        began = attempts[attempts["candidate_id"] == who]
        joined = mine.merge(began, left_on="attempt_id", right_on="id")
        return joined.groupby([*keys, "session_id"], as_index=False).agg(**told)

    return compute


def _polars_sessions(
    keys: list[str], value: str
) -> Callable[[pl.DataFrame, pl.DataFrame, str], pl.DataFrame]:
    told = [
        pl.col("started_at").min(),
        pl.col(value).median().alias("value"),
        pl.len().alias("n"),
        pl.col(value).min().alias("low"),
        pl.col(value).max().alias("high"),
    ]

    def compute(frame: pl.DataFrame, attempts: pl.DataFrame, who: str) -> pl.DataFrame:
        mine = frame.lazy().filter((pl.col("candidate_id") == who) & pl.col(value).is_not_null())
        began = attempts.lazy().filter(pl.col("candidate_id") == who)
        joined = mine.join(began, left_on="attempt_id", right_on="id")
        return joined.group_by([*keys, "session_id"]).agg(told).collect()

    return compute


def _pandas_last_three(frame: pd.DataFrame, attempts: pd.DataFrame, who: str) -> pd.DataFrame:
    keys = list(_BY_SCORER)
    mine = frame[(frame["candidate_id"] == who) & frame["level"].notna()]
    began = attempts[attempts["candidate_id"] == who]
    joined = mine.merge(began, left_on="attempt_id", right_on="id").sort_values("started_at")
    last = joined.groupby(keys).tail(3)
    return last.groupby(keys, as_index=False)["level"].agg(["median", "min", "max", "size"])


def _polars_last_three(frame: pl.DataFrame, attempts: pl.DataFrame, who: str) -> pl.DataFrame:
    level = pl.col("level")
    mine = frame.lazy().filter((pl.col("candidate_id") == who) & level.is_not_null())
    began = attempts.lazy().filter(pl.col("candidate_id") == who)
    last = (
        mine.join(began, left_on="attempt_id", right_on="id").sort("started_at").group_by(_BY_SCORER).tail(3)
    )
    told = (level.median().alias("median"), level.min().alias("low"), level.max().alias("high"), pl.len())
    return last.group_by(_BY_SCORER).agg(told).collect()


def _pandas_speech(speeches: pd.DataFrame, attempts: pd.DataFrame, who: str) -> pd.DataFrame:
    mine = attempts[attempts["candidate_id"] == who]
    heard = speeches[speeches["candidate_id"] == who]
    joined = mine.merge(heard, left_on="id", right_on="attempt_id", how="left")
    return joined.groupby("session_id", as_index=False).agg(
        answers=("id", "size"), seconds=("seconds", "sum")
    )


def _polars_speech(speeches: pl.DataFrame, attempts: pl.DataFrame, who: str) -> pl.DataFrame:
    mine = attempts.lazy().filter(pl.col("candidate_id") == who)
    heard = speeches.lazy().filter(pl.col("candidate_id") == who)
    joined = mine.join(heard, left_on="id", right_on="attempt_id", how="left")
    told = (pl.len().alias("answers"), pl.col("seconds").sum())
    return joined.group_by("session_id").agg(told).collect()


def _sessions(rows: str, keys: list[str], value: str) -> Computed:
    return Computed(rows, _pandas_sessions(keys, value), _polars_sessions(keys, value))


QUERIES = {
    "competency_trend": _sessions(_LEVELS, list(_BY_SCORER), "level"),
    "competency_recent": Computed(_LEVELS, _pandas_last_three, _polars_last_three),
    "delivery_trend": _sessions(
        "SELECT attempt_id, candidate_id, name, unit, value FROM delivery", ["name", "unit"], "value"
    ),
    "signal_trend": _sessions(
        "SELECT attempt_id, candidate_id, name, unit, value, coverage FROM signal_summaries",
        ["name", "unit"],
        "value",
    ),
    "sessions": Computed(
        "SELECT attempt_id, candidate_id, seconds FROM speeches", _pandas_speech, _polars_speech
    ),
}


def floors(file: Path, who: str, milliseconds: Milliseconds) -> dict[str, tuple[float | None, float | None]]:
    """Milliseconds of each query in pandas and in polars; None where its frames do not fit into memory.

    Each runs in a process of its own, ended when little memory is left; it gives all back.
    """
    return {
        name: (
            _in_a_process(_pandas_time, file, name, who, milliseconds),
            _in_a_process(_polars_time, file, name, who, milliseconds),
        )
        for name in QUERIES
    }


def _in_a_process(time: _Time, file: Path, name: str, who: str, milliseconds: Milliseconds) -> float | None:
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_tell, args=(theirs, time, file, name, who, milliseconds))
    child.start()
    theirs.close()
    while not ours.poll(0.05):
        if _free_bytes() < _LEAST_FREE:
            child.kill()
    try:
        return cast(float, ours.recv())
    except EOFError:
        child.join()
        if child.exitcode != -signal.SIGKILL:
            raise
        return None
    finally:
        child.join()


def _tell(
    theirs: Connection, time: _Time, file: Path, name: str, who: str, milliseconds: Milliseconds
) -> None:
    theirs.send(time(file, name, who, milliseconds))


def _free_bytes() -> int:
    found = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text())
    assert found
    return int(found[1]) * 1024


def _pandas_time(file: Path, name: str, who: str, milliseconds: Milliseconds) -> float:
    query = QUERIES[name]
    with duckdb.connect(str(file), read_only=True) as connection:
        attempts, rows = connection.sql(_ATTEMPTS).df(), connection.sql(query.rows).df()
    assert len(query.pandas(rows, attempts, who))
    return milliseconds(lambda: query.pandas(rows, attempts, who), 3)


def _polars_time(file: Path, name: str, who: str, milliseconds: Milliseconds) -> float:
    query = QUERIES[name]
    with duckdb.connect(str(file), read_only=True) as connection:
        attempts, rows = connection.sql(_ATTEMPTS).pl(), connection.sql(query.rows).pl()
    assert len(query.polars(rows, attempts, who))
    return milliseconds(lambda: query.polars(rows, attempts, who), 3)
