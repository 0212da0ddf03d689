"""Replies of the judge kept by content hash, so that a re-run costs nothing.

A reply holds quotes of an answer, which are personal: replies are grouped by answer, and `erase(group)`
removes all of one answer's replies.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from data.domain import Answer, RehearseError

_OWNED = "of-"
"""Begins the names of groups that belong to an attempt."""


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
    """The group of one answer, whatever becomes of its words; a hash of them where it is kept nowhere."""
    if answer.attempt_id:
        return attempt_group(answer.attempt_id)
    said = "\x1f".join([answer.question.id, *(f"{turn.speaker}:{turn.text}" for turn in answer.turns)])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def attempt_group(attempt_id: str) -> str:
    """The group of everything about one attempt; safe as the name of a folder."""
    is_plain = re.fullmatch(r"[\w-]{1,128}", attempt_id, re.ASCII)
    return _OWNED + (attempt_id if is_plain else hashlib.sha256(attempt_id.encode()).hexdigest())


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

    def erase_unowned(self) -> None:
        """Forget the replies of which nobody can say whose answer they quote."""
        for group in self.folder.glob("*"):
            if not group.name.startswith(_OWNED):
                shutil.rmtree(group, ignore_errors=True)

    def _path(self, group: str, key: str) -> Path:
        return self.folder / (group or "shared") / f"{key}.json"
