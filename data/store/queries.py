"""The named queries of `data/sql`: one file each, run by name with bound parameters.

The first lines of a file say what it gives, whose rows it reads (`-- scope: candidate | cohort | org |
admin`) and what kind of data that is (`-- reads: attempts | content | delivery | camera`). One that reads
figures about whole cohorts says which (`-- figures: weeks, questions`, kinds of `data.store.contributions`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from data.access import What
from data.domain import RehearseError
from data.store.counted import with_counted

if TYPE_CHECKING:
    from pandas import DataFrame
    from sqlalchemy import Connection

SQL_FOLDER = Path(__file__).resolve().parent.parent / "sql"
_FIGURES = re.compile(r"^-- figures: ([a-z, ]+)$", re.MULTILINE)
_UNSAID: Mapping[str, object] = {"zone": "UTC", "period": "session"}
"""Taken where nothing is said; a query that has no use for them leaves them out."""
Scope = Literal["candidate", "cohort", "org", "admin"]


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One query: its text, whose rows it reads, what kind of data, which parameters it needs."""

    name: str
    sql: str
    scope: Scope
    reads: What
    parameters: frozenset[str]
    figures: tuple[str, ...] = ()
    """Kinds of published figures it reads."""

    def bound(self, given: Mapping[str, object]) -> dict[str, object]:
        """What is bound to it; `RehearseError` when something is missing or nobody has asked for it."""
        known = {**_UNSAID, **given}
        bound = {key: known[key] for key in known if key in self.parameters or key not in _UNSAID}
        if self.parameters != bound.keys():
            needed = ", ".join(sorted(self.parameters)) or "nothing"
            raise RehearseError(f"The query {self.name} needs {needed}, and nothing else.")
        return bound


def query_names() -> tuple[str, ...]:
    """All named queries."""
    return tuple(sorted(path.stem for path in SQL_FOLDER.glob("*.sql")))


@cache
def named_query(name: str) -> NamedQuery:
    """Read one query; `RehearseError` when there is none of that name."""
    if name not in query_names():
        raise RehearseError(f"There is no query named {name!r}.")
    sql = (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    body = with_counted(re.sub(r"--.*", "", sql))
    return NamedQuery(
        name=name,
        sql=body,
        scope=cast(Scope, _header(name, sql, "scope", "candidate|cohort|org|admin")),
        reads=cast(What, _header(name, sql, "reads", "attempts|content|delivery|camera")),
        parameters=frozenset(re.findall(r"(?<!:):([a-z_]+)", body)),
        figures=tuple(re.findall(r"[a-z]+", found[1])) if (found := _FIGURES.search(sql)) else (),
    )


def run(connection: Connection, query: NamedQuery, parameters: dict[str, Any]) -> DataFrame:
    """The rows as a data frame; a column without any value is a column of missing numbers."""
    import pandas as pd
    from sqlalchemy import text

    frame = pd.read_sql_query(text(query.sql), connection, params=parameters)
    for column in frame.columns:
        if frame[column].dtype == object and frame[column].isna().all():
            frame[column] = frame[column].astype("float64")
    return frame


def _header(name: str, sql: str, key: str, allowed: str) -> str:
    found = re.search(rf"^-- {key}: ({allowed})$", sql, re.MULTILINE)
    if not found:
        raise RehearseError(f"The query {name} does not say its {key}.")
    return found.group(1)
