"""Write a backup of the database to one file: `python -m data.backup FILE`, while Rehearse runs or not.

Recordings are not in it: copy their folder, or let the bucket keep versions.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from data.domain import RehearseError
from data.private_files import keep_private
from data.settings import load_settings
from data.told_rows import tell, told_all


def main(arguments: list[str] | None = None) -> int:
    """Write the file and say what it holds; 1 where that could not be done."""
    parser = argparse.ArgumentParser(prog="python -m data.backup", description=__doc__)
    parser.add_argument("file", type=Path, help="a new file, for instance backup-2026-11-30.duckdb")
    given = parser.parse_args(arguments)
    keep_private()
    from data.store.backup_requests import back_up

    try:
        found = back_up(load_settings(os.environ).database_url, given.file.absolute(), tell)
    except RehearseError as error:
        print(error, file=sys.stderr)
        return 1
    told_all(found, f"Written to {given.file}. It holds people's words: keep it as safe as the database.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
