"""Everything of one person in one file, for them to take: made on disk, fetched once, gone in an hour."""

from __future__ import annotations

import re
import secrets
import shutil
import time
import zipfile
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from data.domain import RehearseError

KEPT_SECONDS = 3600.0
FREE_BYTES_LEFT = 500 * 1000 * 1000
"""Must still be free after an archive is made: recordings that run need it."""
_NAME = re.compile(r"[0-9a-f]{16}-[0-9a-f]{32}\.zip")
_PACKED = (".csv", ".parquet", ".txt", ".json")
"""What is worth compressing; sound and video are as small as they get."""


class Archives:
    """Archives below one folder. A name says whose it is, so that it is found again when all is erased."""

    def __init__(self, folder: Path) -> None:
        """The folder is made with the first archive."""
        self.folder = folder

    def make(self, owner: str, files: Sequence[tuple[Path, str]]) -> str:
        """Pack these files under these names; the name of the archive. What does not exist is left out.

        Raises `RehearseError` when there is no room for it, or it cannot be written.
        """
        self.clear_up()
        name = f"{_begin(owner)}-{secrets.token_hex(16)}.zip"
        part = self.folder / f"{name}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._require_room(path for path, _ in files)
            with zipfile.ZipFile(part, "w") as packed:
                for path, inside in files:
                    _add(packed, path, inside)
            part.replace(self.folder / name)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise RehearseError(
                f"The archive could not be written ({error.strerror}).",
                f"Make room in {self.folder}, or allow writing there.",
            ) from error
        return name

    def path(self, owner: str, name: str) -> Path:
        """The file of an archive; `RehearseError` when there is none of that name for this person."""
        path = self.folder / name
        if not _NAME.fullmatch(name) or not name.startswith(f"{_begin(owner)}-") or not path.is_file():
            raise RehearseError("This archive is not there any more.", "Prepare it again in Settings.")
        return path

    def erase(self, owner: str) -> None:
        """Erase every archive of this person."""
        for path in self.folder.glob(f"{_begin(owner)}-*"):
            path.unlink(missing_ok=True)

    def clear_up(self, now: float | None = None) -> None:
        """Erase archives that nobody fetched within the hour."""
        moment = time.time() if now is None else now
        for path in self.folder.glob("*.zip*"):
            if moment - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink(missing_ok=True)

    def _require_room(self, paths: Iterable[Path]) -> None:
        needed = sum(path.stat().st_size for path in paths if path.is_file())
        free = shutil.disk_usage(self.folder).free
        if free - needed < FREE_BYTES_LEFT:
            raise RehearseError(
                f"An archive of {needed / 1e6:.0f} MB does not fit: {free / 1e6:.0f} MB are free.",
                "Free some space, or take the recordings one by one from Review.",
            )


def _begin(owner: str) -> str:
    return sha256(owner.encode()).hexdigest()[:16]


def _add(packed: zipfile.ZipFile, path: Path, inside: str) -> None:
    how = zipfile.ZIP_DEFLATED if path.suffix in _PACKED else zipfile.ZIP_STORED
    try:
        packed.write(path, inside, how)
    except FileNotFoundError:  # erased in another tab meanwhile
        return
