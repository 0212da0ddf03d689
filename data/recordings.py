"""The folder that holds recordings: where a new one goes, when it is whole, how it is erased.

A recording grows as `<attempt id>.mp4.part` and is renamed to `<attempt id>.mp4` when it is whole: what
a killed server leaves behind can be told from a finished file. Names that leave the folder are refused.

Where a bucket keeps them, they are made in a folder here all the same, and `data.carrying` takes whole ones
there; then the one here may go. Under `<attempt id>/<name>` in the bucket lies what is `<name>` here.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from data.bucket import Bucket
from data.domain import RehearseError
from data.settings import RECORDINGS_HERE

FREE_BYTES_NEEDED = 500 * 1000 * 1000
"""Free space asked for before a recording starts; 15 minutes of video take about 150 MB."""

RECEIVED = ".received"
NAME_CHARACTERS = 255

CARRIED = ".carried"
"""Beside a recording: that the bucket has it, at this size and time."""
ERASED = "erased"
"""Below it the bucket notes what was erased, so that no other server brings it back."""
_MEDIA = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,127})(?:\.part[0-9]+)?\.(?:mp4|webm)")

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_UNFINISHED = (".part", ".making", ".joined", ".arriving")
"""What is still made into a recording, or was when a server was killed."""
_OURS = frozenset({*_UNFINISHED, CARRIED})
_ATTEMPT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,159}")


class Recordings:
    """Recordings below one folder, addressed by plain names (`Attempt.recording`)."""

    def __init__(
        self, url: str, free_bytes_needed: int = FREE_BYTES_NEEDED, here: Path = RECORDINGS_HERE
    ) -> None:
        """Take what is behind `Settings.recordings_url`; the folder is made when the first one starts.

        `here` is where recordings are made that a bucket keeps.
        """
        parts = urlsplit(url)
        self.bucket: Bucket | None = None
        if parts.scheme == "file" and parts.path:
            self.folder = Path(unquote(parts.path))
        elif parts.scheme in ("", "file"):
            raise RehearseError(
                f"Recordings cannot be kept at {url}.", "Set RECORDINGS_URL to file:///folder or s3://bucket."
            )
        else:
            self.folder, self.bucket = here, Bucket(url)
        self._free_bytes_needed = free_bytes_needed

    @property
    def place(self) -> str:
        """Where they are kept, in words."""
        return self.bucket.place if self.bucket else str(self.folder)

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

    def joined(self, attempt_id: str) -> Path:
        """Where the parts of an interrupted recording lie together until they have its name."""
        return self.part(attempt_id).with_suffix("").with_suffix(".joined")

    def path(self, name: str) -> Path:
        """The file behind a name, brought here if need be; `RehearseError` when it is not there."""
        path = self.at_hand(name)
        if not path.is_file():
            raise RehearseError(f"The recording {name} is not there any more.", "It may have been erased.")
        return path

    def at_hand(self, name: str) -> Path:
        """Where the file of that name is or would be, brought here from the bucket if that has it alone."""
        path = self._path(name)
        if self.bucket and not path.is_file() and (key := key_of(name)):
            with written_in(self.folder):
                self.folder.mkdir(parents=True, exist_ok=True)
                arrived = self.bucket.fetch(key, path)
            if arrived:
                note_carried(path)
        return path

    def is_here(self, name: str) -> bool:
        """Whether it can be read from this disk."""
        return self._path(name).is_file()

    def is_there(self, name: str) -> bool:
        """Whether it is kept here or in the bucket; believed where the bucket cannot be asked."""
        if self.is_here(name):
            return True
        try:
            return self.size(name) is not None
        except RehearseError:
            return True

    def size(self, name: str) -> int | None:
        """How many bytes the bucket has of it; None where it has nothing."""
        key = key_of(name)
        return self.bucket.size(key) if self.bucket and key else None

    def piece(self, name: str, first: int, after: int) -> bytes:
        """The bytes from `first` up to and without `after`, from the bucket."""
        if self.bucket is None:
            raise RehearseError(f"The recording {name} is not there any more.", "It may have been erased.")
        return self.bucket.piece(key_of(name), first, after)

    def receive(self, attempt_id: str, suffix: str, sent_as: str) -> Path:
        """Where a file handed over for an attempt is kept as it was sent; its own name is kept beside it."""
        kind = suffix if _SUFFIX.fullmatch(suffix) else ".file"
        target = self.new_recording(attempt_id).with_suffix(f"{kind}{RECEIVED}")
        with written_in(self.folder):
            self._sent_as(attempt_id).write_text(sent_as[:NAME_CHARACTERS], encoding="utf-8")
        return target

    def take(self, received: Path, save: Callable[[Path], object]) -> None:
        """Have `save` write a file that was handed over; it has its name once all of it is here."""
        growing = received.with_name(f"{received.name}.part")
        try:
            with written_in(self.folder):
                save(growing)
                growing.replace(received)
        finally:
            growing.unlink(missing_ok=True)

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
        """Everything recorded for one attempt that is whole, by name; brought here if need be."""
        if not _ATTEMPT_ID.fullmatch(attempt_id):
            raise RehearseError(f"{attempt_id!r} is not an attempt id.")
        for name in self.bucket.names(attempt_id) if self.bucket else ():
            self.at_hand(name)
        found = self.folder.glob(f"{attempt_id}.*")
        return tuple(sorted(path for path in found if path.is_file() and path.suffix not in _OURS))

    def has_any(self, attempt_id: str) -> bool:
        """Whether anything recorded for one attempt is kept, here or there; `RehearseError` as erasing it."""
        here = any(True for _ in self.folder.glob(f"{attempt_id}.*"))
        return here or bool(self.bucket and self.bucket.names(attempt_id))

    def erase_attempt(self, attempt_id: str) -> None:
        """Erase everything recorded for one attempt: whole, unfinished and derived files, here and there.

        `RehearseError` where the bucket cannot be reached: then nothing is erased.
        """
        if not _ATTEMPT_ID.fullmatch(attempt_id):
            raise RehearseError(f"{attempt_id!r} is not an attempt id.")
        if self.bucket:
            self.bucket.mark(f"{ERASED}/{date.today():%Y-%m-%d}.{attempt_id}")
            self.erase_there(attempt_id)
        self.erase_here(attempt_id)

    def erase_here(self, attempt_id: str) -> None:
        """Erase its files on this disk."""
        for path in self.folder.glob(f"{attempt_id}.*"):
            path.unlink(missing_ok=True)

    def erase_there(self, attempt_id: str) -> None:
        """Erase its files in the bucket."""
        for name in self.bucket.names(attempt_id) if self.bucket else ():
            if self.bucket and (key := key_of(name)):
                self.bucket.erase(key)

    def drop(self, name: str) -> None:
        """Let go of a file whose content is in another one now."""
        self._path(name).unlink(missing_ok=True)
        carried_mark(self._path(name)).unlink(missing_ok=True)
        if self.bucket and (key := key_of(name)):
            with suppress(RehearseError):  # it lies with its attempt, and is erased with it
                self.bucket.erase(key)

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
            with written_in(self.folder):
                self.folder.mkdir(parents=True, exist_ok=True)
                probe.write_bytes(b"x")
        finally:
            with suppress(OSError):
                probe.unlink()

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.folder).free
        if free < self._free_bytes_needed:
            raise RehearseError(
                f"Only {free / 1e6:.0f} MB are free where recordings are kept; "
                f"{self._free_bytes_needed / 1e6:.0f} MB are needed.",
                "Free some space or erase old recordings, or answer by typing.",
            )


def key_of(name: str) -> str:
    """What a whole recording is called in a bucket; empty for files that stay on this disk."""
    found = _MEDIA.fullmatch(name)
    return f"{found[1]}/{name}" if found else ""


def carried_mark(path: Path) -> Path:
    """The note beside a recording that the bucket has it."""
    return path.with_name(f"{path.name}{CARRIED}")


def note_carried(path: Path) -> None:
    """Note that the bucket has the file as it is now."""
    now = _as_it_is(path)
    with written_in(path.parent):
        carried_mark(path).write_text(now, encoding="utf-8")


@contextmanager
def written_in(folder: Path) -> Iterator[None]:
    """Say in plain words that the folder of recordings took something not: a full disk, missing rights."""
    try:
        yield
    except OSError as error:
        raise RehearseError(
            f"The recordings folder {folder} cannot be written to ({error.strerror}).",
            "Free some space there and allow writing to it, or set RECORDINGS_URL to another folder.",
        ) from error


def is_carried(path: Path) -> bool:
    """Whether the bucket has the file as it is now."""
    mark = carried_mark(path)
    return mark.is_file() and mark.read_text(encoding="utf-8") == _as_it_is(path)


def _as_it_is(path: Path) -> str:
    known = path.stat()
    return f"{known.st_size} {known.st_mtime_ns}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # let go of meanwhile
        return 0
