"""What a day of `bench.fault_days` needs, loaded once: processes that are forked after it begin at once."""

from __future__ import annotations

import alembic.command
import alembic.config
import alembic.runtime.migration
import av
import duckdb_sqlalchemy
import pyarrow  # type: ignore[import-untyped]

from bench import fault_look
from bench.fault_day import questions
from data.rubrics import load_rubric

questions()
load_rubric()
LOADED = (
    alembic.command,
    alembic.config,
    alembic.runtime.migration,
    av,
    duckdb_sqlalchemy,
    pyarrow,
    fault_look,
)
