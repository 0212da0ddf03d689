"""A backup while the app runs: the app alone can open its DuckDB file, so it is asked to write the backup.

The question and its answer are files beside the database, which only its owner may write. PostgreSQL needs
none of it: any program may read there.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from data.domain import RehearseError
from data.store.backups import write_backup
from data.store.connected import Connected
from data.store.copying import Counted, require_whole
from data.store.engine import duckdb_file, make_engine, migrate
from data.store.plain_words import plainly

LOOK_SECONDS = 1.0
TAKEN_WITHIN_SECONDS = 15.0
_IN_USE = "in use by another program"
_UNTOLD = RehearseError(
    "Rehearse ended while it wrote the backup, or its disk had no room to say what became of it.",
    "See that it runs and that there is room, then give the command again.",
)


def back_up(url: str, file: Path, told: Callable[[Counted], object]) -> tuple[Counted, ...]:
    """Write a backup of the database behind `url`, by the app where that has the file open."""
    held = duckdb_file(url)
    if held is not None and not held.is_file():
        raise RehearseError(f"There is no database {held}.", "Check DATABASE_URL.")
    try:
        with plainly(f"The database {held}" if held else "The database"):
            engine = make_engine(url)
            try:
                migrate(engine)
                require_whole(engine)
                return write_backup(engine, file, told)
            finally:
                engine.dispose()
    except RehearseError as error:
        if held is None or _IN_USE not in error.message:
            raise
        return _ask(held, file, told, error)


def answer_requests(database: Connected, until: Callable[[], bool]) -> None:
    """Look for a question beside the database, and write what it asks for; ends when `until` says so."""
    held = database.file
    while held is not None and not until():
        asked = _asked(held)
        if asked.exists():
            _answer(database, held, asked)
        time.sleep(LOOK_SECONDS)


def start_answering(database: Connected) -> None:
    """Answer beside the pages for as long as the process runs."""
    if database.file is not None:
        work = threading.Thread(
            target=answer_requests, args=(database, lambda: False), name="backups", daemon=True
        )
        work.start()


def _answer(database: Connected, held: Path, asked: Path) -> None:
    taken = asked.replace(_taken(held))
    said: dict[str, object] = {}
    try:
        target = Path(json.loads(taken.read_text(encoding="utf-8"))["file"])
        with database.beside_others() as engine:
            found = write_backup(engine, target, lambda _: None)
        said["tables"] = [[one.name, one.rows, one.checksum] for one in found]
    except RehearseError as error:
        said = {"message": error.message, "remedy": error.remedy}
    except (OSError, ValueError, KeyError, TypeError) as error:
        said = {"message": f"No backup was written: {error}.", "remedy": "Try again."}
    answer = _told(held)
    part = answer.with_name(f"{answer.name}.part")
    try:
        part.write_text(json.dumps(said), encoding="utf-8")
        part.replace(answer)
    except OSError:  # no room for the answer: whoever asked sees that there is none
        logging.getLogger(__name__).exception("What became of a backup could not be told.")
        part.unlink(missing_ok=True)
    finally:
        taken.unlink(missing_ok=True)


def _ask(
    held: Path, file: Path, told: Callable[[Counted], object], why: RehearseError
) -> tuple[Counted, ...]:
    asked, answer = _asked(held), _told(held)
    answer.unlink(missing_ok=True)
    part = asked.with_name(f"{asked.name}.part")
    part.write_text(json.dumps({"file": str(file)}), encoding="utf-8")
    part.replace(asked)
    began = time.monotonic()
    while not answer.exists():
        if asked.exists():
            if time.monotonic() - began > TAKEN_WITHIN_SECONDS:
                asked.unlink(missing_ok=True)
                raise why
        elif not (_taken(held).exists() and _is_held(held)) and not answer.exists():
            _taken(held).unlink(missing_ok=True)
            raise _UNTOLD
        time.sleep(LOOK_SECONDS / 5)
    said = json.loads(answer.read_text(encoding="utf-8"))
    answer.unlink()
    if "message" in said:
        raise RehearseError(said["message"], said["remedy"])
    found = tuple(Counted(*one) for one in said["tables"])
    for one in found:
        told(one)
    return found


def _is_held(held: Path) -> bool:
    """Whether the app that took the question still has the database open."""
    try:
        with plainly(f"The database {held}"):
            engine = make_engine(f"duckdb:///{held}")
            try:
                engine.connect().close()
            finally:
                engine.dispose()
    except RehearseError as error:
        return _IN_USE in error.message
    return False


def _taken(held: Path) -> Path:
    return held.with_name(f"{held.name}.backup-taken")


def _asked(held: Path) -> Path:
    return held.with_name(f"{held.name}.backup-asked")


def _told(held: Path) -> Path:
    return held.with_name(f"{held.name}.backup-told")
