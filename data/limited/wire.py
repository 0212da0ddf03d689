"""Values on their way to the worker and back: JSON, with bytes as files beside it. Nothing is unpickled."""

from __future__ import annotations

import itertools
import json
import os
import re
import stat
import struct
from collections.abc import Iterator
from pathlib import Path

MEMORY_EXIT = 77
FILE_EXIT = 78
"""How the worker's process ends when there may be no room left to say why."""

HEAD = struct.Struct("<Q")
"""What goes before each piece of a stream: its length."""

_NAME = re.compile(r"[a-z]{1,12}-[0-9]{1,9}")


class TooLargeError(Exception):
    """What the other side wrote is larger than may be read."""


class NotOursError(Exception):
    """What the other side wrote is not what `write` writes."""


def write(file: Path, value: object) -> None:
    """Write numbers, texts, None, lists, dicts, bytes and paths to `file` and to files beside it."""
    file.write_text(json.dumps(_packed(value, file, itertools.count())), encoding="ascii")


def read(file: Path, most_bytes: int | None = None, *, paths: bool = False) -> object:
    """What `write` wrote; tuples arrive as lists. Paths are understood only from a side that is trusted.

    Raises TooLargeError beyond `most_bytes` in all, NotOursError for what is not `write`'s, or OSError.
    """
    reading = _Reading(file.parent, most_bytes, paths)
    try:
        return reading.unpacked(json.loads(reading.content(file.name)))
    except (ValueError, TypeError, KeyError, RecursionError) as failure:
        raise NotOursError(str(failure)) from failure


def _packed(value: object, file: Path, numbers: Iterator[int]) -> object:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            name = f"{file.stem}-{next(numbers)}"
            file.with_name(name).write_bytes(value)
            return {"$bytes": name}
        case Path():
            return {"$path": str(value.absolute())}
        case list() | tuple():
            return [_packed(part, file, numbers) for part in value]
        case dict():
            return {"$pairs": [[str(key), _packed(part, file, numbers)] for key, part in value.items()]}
        case _:
            raise TypeError(f"{type(value).__name__} cannot be handed to or from the limited worker")


class _Reading:
    def __init__(self, folder: Path, left: int | None, paths: bool) -> None:
        self._folder = folder
        self._left = left
        self._paths = paths

    def content(self, name: str) -> bytes:
        # Not followed and not waited for: the other side may have put a link or a pipe there.
        handle = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise NotOursError(f"{name} is not a file")
            if self._left is not None:
                self._left -= os.fstat(handle).st_size
                if self._left < 0:
                    raise TooLargeError
            return file.read()

    def unpacked(self, value: object) -> object:
        if isinstance(value, list):
            return [self.unpacked(part) for part in value]
        if not isinstance(value, dict):
            return value
        [(kind, inside)] = value.items()
        if kind == "$pairs":
            return {key: self.unpacked(part) for key, part in inside}
        if kind == "$path" and self._paths:
            return Path(inside)
        if kind == "$bytes" and _NAME.fullmatch(inside):
            return self.content(inside)
        raise ValueError(f"{kind} is not expected here")
