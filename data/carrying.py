"""Takes whole recordings to the bucket, again and again until it has them, then lets the ones here go.

A recording is made and read on this disk; what fails on the way to the bucket costs nothing but time. What
was erased, here or by another server, is not brought there again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from data.bucket import Bucket
from data.domain import RehearseError
from data.recordings import ERASED, Recordings, carried_mark, is_carried, key_of, note_carried

EVERY_SECONDS = 20.0
SETTLED_SECONDS = 5.0
"""A file changed later than this may still change."""
KEEP_SECONDS = 3600.0
"""How long a recording stays here after the bucket has it: whoever made it looks at it now."""
_REMEMBERED = timedelta(days=30)
"""How long the bucket notes what was erased; a server away for longer may bring a copy of its own back."""


class Carrier:
    """What one server carries to its bucket."""

    def __init__(self, recordings: Recordings) -> None:
        """Nothing is carried before `round`."""
        self.recordings = recordings
        self._known_erased: set[str] = set()
        self.trouble: RehearseError | None = None
        """Why the last round did not get to its end."""

    def waiting(self) -> tuple[Path, ...]:
        """Recordings that the bucket does not have yet."""
        return tuple(path for path in self._whole() if not is_carried(path))

    @property
    def told(self) -> str:
        """What waits and why, in a sentence; empty where nothing does."""
        waiting = len(self.waiting()) if self.trouble else 0
        if not waiting or self.trouble is None:
            return ""
        many = "One recording waits" if waiting == 1 else f"{waiting} recordings wait"
        return f"{many} here and will be taken there later. {self.trouble}"

    def round(self, now: float | None = None) -> None:
        """Bring what is waiting, let go what may go; a bucket that is away is the `trouble` of it."""
        bucket, moment = self.recordings.bucket, time.time() if now is None else now
        if bucket is None:
            return
        try:
            self._forget_erased(bucket)
            self._bring(bucket, moment)
            self.trouble = None
        except RehearseError as error:
            self.trouble = error
        except FileNotFoundError:  # erased meanwhile
            return

    def _bring(self, bucket: Bucket, moment: float) -> None:
        try:
            for path in self.waiting():
                if not 0 <= moment - path.stat().st_mtime < SETTLED_SECONDS:  # a clock may have gone back
                    self._carry(bucket, path)
        finally:  # what is there already may go whatever the others met: it makes room
            self._let_go(moment)

    def _carry(self, bucket: Bucket, path: Path) -> None:
        size, key = path.stat().st_size, key_of(path.name)
        bucket.put(path, key)
        if not path.is_file() or _attempt(path) in _erased(bucket).values():
            self.recordings.erase_there(_attempt(path))
            self.recordings.erase_here(_attempt(path))
        elif bucket.size(key) == size == path.stat().st_size:
            note_carried(path)

    def _let_go(self, moment: float) -> None:
        for path in self._whole():
            mark = carried_mark(path)
            if is_carried(path) and moment - mark.stat().st_mtime >= KEEP_SECONDS:
                path.unlink()
                mark.unlink()

    def _forget_erased(self, bucket: Bucket) -> None:
        """Take away here, and there once more, what any server erased."""
        oldest = f"{date.today() - _REMEMBERED:%Y-%m-%d}"
        for name, attempt_id in _erased(bucket).items():
            if attempt_id not in self._known_erased:
                self.recordings.erase_here(attempt_id)
                self.recordings.erase_there(attempt_id)
                self._known_erased.add(attempt_id)
            if name < oldest:
                bucket.erase(f"{ERASED}/{name}")

    def _whole(self) -> Iterator[Path]:
        for path in sorted(self.recordings.folder.glob("*")):
            if key_of(path.name) and path.is_file():
                yield path


def start_carrying(recordings: Recordings) -> Carrier:
    """Carry beside everything else for as long as the process runs; nothing where there is no bucket."""
    carrier = Carrier(recordings)
    if recordings.bucket is not None:
        threading.Thread(target=_carry_on, args=(carrier,), name="carry recordings", daemon=True).start()
    return carrier


def _carry_on(carrier: Carrier) -> None:
    while True:
        try:
            carrier.round()
        except Exception as error:  # a door: the next round comes, and Settings says what this one met
            logging.getLogger(__name__).exception("Recordings could not be taken to the bucket.")
            carrier.trouble = RehearseError(f"Recordings could not be taken there: {error}.", "See the log.")
        time.sleep(EVERY_SECONDS)


def _erased(bucket: Bucket) -> dict[str, str]:
    """Attempts that the bucket notes as erased, by the name of the note."""
    return {name: name.partition(".")[2] for name in bucket.names(ERASED)}


def _attempt(path: Path) -> str:
    return path.name.partition(".")[0]
