"""Replies of the judge kept by content hash, so that a re-run costs nothing.

A reply holds quotes of an answer, which are personal: replies are grouped by answer, and `erase(group)`
removes all of one answer's replies.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from data.domain import Answer, RehearseError, Turn


class ResponseCache(Protocol):
    """Text by key, within a group that can be erased as one."""

    def get(self, group: str, key: str) -> str | None:
        """The kept reply, or None."""
        ...

    def put(self, group: str, key: str, reply: str) -> None:
        """Keep a reply."""
        ...

    def erase(self, group: str) -> None:
        """Forget every reply of a group."""
        ...


def answer_group(answer: Answer) -> str:
    """The group of one answer: a hash of its question and what was said."""
    return turns_group(answer.question.id, answer.turns)


def turns_group(question_id: str, turns: Sequence[Turn]) -> str:
    """The same group when the question itself is no longer in the bank."""
    said = "\x1f".join([question_id, *(f"{turn.speaker}:{turn.text}" for turn in turns)])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(slots=True)
class MemoryCache:
    """Replies for the life of the process."""

    replies: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, group: str, key: str) -> str | None:
        """The kept reply, or None."""
        return self.replies.get(group, {}).get(key)

    def put(self, group: str, key: str, reply: str) -> None:
        """Keep a reply."""
        self.replies.setdefault(group, {})[key] = reply

    def erase(self, group: str) -> None:
        """Forget every reply of a group."""
        self.replies.pop(group, None)


@dataclass(frozen=True, slots=True)
class FileCache:
    """One file per reply in one folder per answer."""

    folder: Path

    def get(self, group: str, key: str) -> str | None:
        """The kept reply, or None when there is none or it cannot be read."""
        try:
            return self._path(group, key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, group: str, key: str, reply: str) -> None:
        """Keep a reply; a file is whole or absent, also after a crash."""
        path = self._path(group, key)
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(reply, encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise RehearseError(
                f"The judge's reply could not be kept ({error.strerror}).",
                f"Make room in {self.folder}, or allow writing there.",
            ) from error

    def erase(self, group: str) -> None:
        """Forget every reply of a group."""
        shutil.rmtree(self.folder / group, ignore_errors=True)

    def erase_all(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, group: str, key: str) -> Path:
        return self.folder / (group or "shared") / f"{key}.json"
