"""Move everything to another database: `python -m data.move --from URL --to URL`.

Stop Rehearse first, so that nothing is written that would stay behind. The source is kept as it is.
"""

from __future__ import annotations

import argparse
import sys

from data.domain import RehearseError
from data.private_files import keep_private
from data.settings import database_url
from data.told_rows import tell, told_all


def main(arguments: list[str] | None = None) -> int:
    """Copy, and print each table with its count and checksum; 1 where something was refused."""
    parser = argparse.ArgumentParser(prog="python -m data.move", description=__doc__)
    parser.add_argument("--from", dest="source", required=True, help="the database there is, as DATABASE_URL")
    parser.add_argument("--to", dest="target", required=True, help="an empty one, as DATABASE_URL")
    given = parser.parse_args(arguments)
    keep_private()
    from data.store.moving import move

    try:
        found = move(database_url(given.source), database_url(given.target), tell)
    except RehearseError as error:
        print(error, file=sys.stderr)
        return 1
    told_all(found, "Moved. Set DATABASE_URL to the new address; recordings stay where they are.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
