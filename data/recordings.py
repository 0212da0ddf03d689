"""The folder that holds recordings: where a new one goes, when it is whole, how it is erased.

A recording grows as `<attempt id>.mp4.part` and is renamed to `<attempt id>.mp4` when it is whole: what
a killed server leaves behind can be told from a finished file. Names that leave the folder are refused.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection
from pathlib import Path
from urllib.parse import unquote, urlsplit

from data.domain import RehearseError

FREE_BYTES_NEEDED = 500 * 1000 * 1000
"""Free space asked for before a recording starts; 15 minutes of video take about 150 MB."""

RECEIVED = ".received"
NAME_CHARACTERS = 255

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_ATTEMPT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,159}")


class Recordings:
    """Recordings below one folder, addressed by plain names (`Attempt.recording`)."""

    def __init__(self, url: str, free_bytes_needed: int = FREE_BYTES_NEEDED) -> None:
        """Take the folder behind `Settings.recordings_url`; it is made when the first recording starts."""
        parts = urlsplit(url)
        if parts.scheme != "file" or not parts.path:
            raise RehearseError(
                f"Recordings cannot be kept at {url}.", "Set RECORDINGS_URL to file:///folder."
            )
        self.folder = Path(unquote(parts.path))
        self._free_bytes_needed = free_bytes_needed

    def new_recording(self, attempt_id: str) -> Path:
        """Where a new recording ends up (`<id>.mp4`); until it is whole it grows as `part(attempt_id)`.

        Raises `RehearseError` when the folder cannot be written to or the disk is nearly full.
        """
        target = self.part(attempt_id).with_suffix("")
        self._check_writable()
        self._check_space()
        return target

    def part(self, attempt_id: str) -> Path:
        """What a recording is called while it grows (`<id>.mp4.part`)."""
        if not _ATTEMPT_ID.fullmatch(attempt_id):
            raise RehearseError(f"{attempt_id!r} is not an attempt id.")
        return self._path(f"{attempt_id}.mp4.part")

    def path(self, name: str) -> Path:
        """The file behind a name; `RehearseError` when it is not there."""
        path = self._path(name)
        if not path.is_file():
            raise RehearseError(f"The recording {name} is not there any more.", "It may have been erased.")
        return path

    def receive(self, attempt_id: str, suffix: str, sent_as: str) -> Path:
        """Where a file handed over for an attempt is kept as it was sent; its own name is kept beside it."""
        kind = suffix if _SUFFIX.fullmatch(suffix) else ".file"
        target = self.new_recording(attempt_id).with_suffix(f"{kind}{RECEIVED}")
        self._sent_as(attempt_id).write_text(sent_as[:NAME_CHARACTERS], encoding="utf-8")
        return target

    @staticmethod
    def is_received(name: str | None) -> bool:
        """Whether a recording of this name is one as it was sent, not made ours yet."""
        return (name or "").endswith(RECEIVED)

    def received(self, attempt_id: str) -> Path | None:
        """The file as it was sent, while it is kept."""
        if not _ATTEMPT_ID.fullmatch(attempt_id):
            raise RehearseError(f"{attempt_id!r} is not an attempt id.")
        return next(iter(sorted(self.folder.glob(f"{attempt_id}.*{RECEIVED}"))), None)

    def received_bytes(self, attempt_ids: Collection[str]) -> int:
        """How much is kept as it was sent, for these attempts together."""
        found = self.folder.glob(f"*{RECEIVED}")
        return sum(_size(path) for path in found if path.name.partition(".")[0] in attempt_ids)

    def sent_as(self, attempt_id: str) -> str:
        """What the person who sent it calls the file."""
        file = self._sent_as(attempt_id)
        return file.read_text(encoding="utf-8") if file.is_file() else "Your recording"

    def drop_received(self, attempt_id: str) -> None:
        """Let go of the file as it was sent: all of it is in the recording."""
        received = self.received(attempt_id)
        for path in (received, self._sent_as(attempt_id)):
            if path is not None:
                path.unlink(missing_ok=True)

    def _sent_as(self, attempt_id: str) -> Path:
        return self.part(attempt_id).with_suffix("").with_suffix(".sent-as")

    def files_of(self, attempt_id: str) -> tuple[Path, ...]:
        """Everything recorded for one attempt that is whole, by name."""
        if not _ATTEMPT_ID.fullmatch(attempt_id):
            raise RehearseError(f"{attempt_id!r} is not an attempt id.")
        found = self.folder.glob(f"{attempt_id}.*")
        return tuple(sorted(path for path in found if path.is_file() and path.suffix != ".part"))

    def erase_attempt(self, attempt_id: str) -> None:
        """Erase everything recorded for one attempt: whole, unfinished and derived files."""
        if not _ATTEMPT_ID.fullmatch(attempt_id):
            raise RehearseError(f"{attempt_id!r} is not an attempt id.")
        for path in self.folder.glob(f"{attempt_id}.*"):
            path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name) or ".." in name:
            raise RehearseError(f"{name!r} is not the name of a recording.")
        path = self.folder / name
        if path.is_symlink():
            raise RehearseError(f"The recording {name} leads out of the recordings folder.")
        return path

    def _check_writable(self) -> None:
        probe = self.folder / f".write-{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            probe.write_bytes(b"x")
            probe.unlink()
        except OSError as error:
            raise RehearseError(
                f"The recordings folder {self.folder} cannot be written to ({error.strerror}).",
                "Allow writing to it or set RECORDINGS_URL to another folder.",
            ) from error

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.folder).free
        if free < self._free_bytes_needed:
            raise RehearseError(
                f"Only {free / 1e6:.0f} MB are free where recordings are kept; "
                f"{self._free_bytes_needed / 1e6:.0f} MB are needed.",
                "Free some space or erase old recordings, or answer by typing.",
            )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # let go of meanwhile
        return 0
