"""Restore a backup into an empty database: `python -m data.restore FILE`, into DATABASE_URL or `--to URL`.

Every row of the backup is held against its checksum before anything is written.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from data.domain import RehearseError
from data.private_files import keep_private
from data.settings import database_url, load_settings
from data.told_rows import tell, told_all


def main(arguments: list[str] | None = None) -> int:
    """Restore and say what is there; 1 where something was refused."""
    parser = argparse.ArgumentParser(prog="python -m data.restore", description=__doc__)
    parser.add_argument("file", type=Path, help="what `python -m data.backup` wrote")
    parser.add_argument("--to", help="an empty database, as DATABASE_URL; not given: DATABASE_URL itself")
    given = parser.parse_args(arguments)
    keep_private()
    from data.store.moving import restore

    try:
        target = database_url(given.to) if given.to else load_settings(os.environ).database_url
        found = restore(given.file, target, tell)
    except RehearseError as error:
        print(error, file=sys.stderr)
        return 1
    told_all(found, "Restored.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
