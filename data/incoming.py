"""Files on their way in: on disk, not in memory, so much a person and so much for all."""

from __future__ import annotations

import shutil
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from data.domain import RehearseError

PERSON_BYTES = 2_200_000_000
"""Of one person at a time: two files of the largest size."""
PERSON_FILES = 500
"""Of one person at a time, however small: each takes a place on the disk and in the server's memory."""
SERVER_BYTES = 10_000_000_000
SPARE_BYTES = 1_000_000_000
"""So much stays free on the disk."""
KEPT_SECONDS = 900.0
"""How long a file outlives its browser session: a lost connection comes back."""

Key = tuple[str, str]
"""The browser session and the file in it."""


@dataclass(frozen=True, slots=True)
class _Arriving:
    person: str
    path: Path
    size: int
    began: float


class Incoming:
    """The files that browsers have sent and nobody has taken over yet. Thread-safe."""

    def __init__(
        self, folder: Path, person_bytes: int = PERSON_BYTES, server_bytes: int = SERVER_BYTES
    ) -> None:
        """Keep them in `folder`, which is emptied: what an earlier server left belongs to no session."""
        self._folder = folder
        self._most = (person_bytes, server_bytes)
        self._files: dict[Key, _Arriving] = {}
        self._written: dict[Path, _Arriving] = {}
        self._lock = threading.Lock()
        shutil.rmtree(folder, ignore_errors=True)

    def begin(self, key: Key, person: str, size: int) -> Path:
        """Where a file of `size` bytes goes; whoever writes it calls `ended`.

        RehearseError when there is no room for it, or when it is being written already.
        """
        with self._lock:
            earlier = self._files.get(key)
            if earlier is not None and earlier.path in self._written:
                raise RehearseError(
                    "This file is already on its way.", "Reload the page, then send it again."
                )
            self._remove(key)
            on_disk = {one.path: one for one in (*self._files.values(), *self._written.values())}
            held = [(one.person, one.size) for one in on_disk.values()]
            own = [bytes_ for owner, bytes_ in held if owner == person]
            if sum(own) + size > self._most[0] or len(own) >= PERSON_FILES:
                raise RehearseError(
                    "You have sent more than is kept at a time.", "Reload the page, then send one file."
                )
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            free = shutil.disk_usage(self._folder).free
            if sum(bytes_ for _, bytes_ in held) + size > self._most[1] or free - size < SPARE_BYTES:
                raise RehearseError("This server has no room for more files now.", "Try again in a while.")
            path = self._folder / uuid.uuid4().hex
            self._files[key] = self._written[path] = _Arriving(person, path, size, time.monotonic())
            return path

    def ended(self, path: Path) -> None:
        """Nobody writes that file any more; until then it takes room, even when it was let go of."""
        with self._lock:
            self._written.pop(path, None)

    def is_wanted(self, path: Path) -> bool:
        """Whether a file that is being written was not let go of meanwhile."""
        with self._lock:
            return any(one.path == path for one in self._files.values())

    def find(self, key: Key) -> Path | None:
        """The file of that key, when it is there."""
        with self._lock:
            found = self._files.get(key)
        return found.path if found and found.path.is_file() else None

    def drop(self, key: Key) -> None:
        """Let go of a file."""
        with self._lock:
            self._remove(key)

    def sweep(self, is_active: Callable[[str], bool]) -> None:
        """Let go of the files of sessions that are gone."""
        limit = time.monotonic() - KEPT_SECONDS
        with self._lock:
            old = [key for key, one in self._files.items() if one.began < limit and not is_active(key[0])]
            for key in old:
                self._remove(key)

    def _remove(self, key: Key) -> None:
        gone = self._files.pop(key, None)
        if gone is not None:
            with suppress(FileNotFoundError):
                gone.path.unlink()
