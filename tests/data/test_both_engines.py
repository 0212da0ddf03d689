"""Whatever works on a database works on either engine: a test asks for `session`, `address` or `blank`."""

from __future__ import annotations

import re
from pathlib import Path

OF_ONE_ENGINE = {
    "test_moving.py": "what is moved here is a file; test_store_postgres.py moves between engines",
    "test_store.py": "one test is about a database in memory",
    "test_store_erase.py": "the file that a rewritten one replaces",
    "test_store_full_disk.py": "what DuckDB does when its file cannot grow",
    "test_store_open.py": "a file that is locked, damaged, in a folder nobody may write to, or out of order",
    "test_store_postgres.py": "compares the engines",
}
_DUCKDB_ALONE = re.compile(r"""open_store\(|Database\.open\(f?["']duckdb""")


def test_no_other_file_opens_duckdb_alone() -> None:
    texts = {path.name: path.read_text() for path in Path(__file__).parent.glob("test_*.py")}
    del texts[Path(__file__).name]
    assert {name for name, text in texts.items() if _DUCKDB_ALONE.search(text)} == set(OF_ONE_ENGINE)
