"""What a day of `bench.fault_days` needs, loaded once: processes that are forked after it begin at once."""

from __future__ import annotations

from importlib import import_module

from bench.fault_day import questions
from data.rubrics import load_rubric

LATER = (
    *("alembic.command", "alembic.runtime.migration", "av", "duckdb_sqlalchemy", "fsspec", "obstore.fsspec"),
    *("pandas", "psycopg", "pyarrow.compute", "sqlalchemy.dialects.postgresql.psycopg", "bench.fault_look"),
    *("tests.engines", "tests.fake_bucket", "tests.way_through", "data.language_model"),
)
"""What is imported only where it is first used, and by a process that is started again."""

for name in LATER:
    import_module(name)
questions()
load_rubric()
