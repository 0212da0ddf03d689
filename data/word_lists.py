"""Lists kept as text files: one entry a line, lines that begin with `#` are remarks."""

from __future__ import annotations

from pathlib import Path

from data.domain import RehearseError


def load_list(path: Path, remedy: str = "Restore it with git.") -> tuple[str, ...]:
    """The entries of a list in their order; `RehearseError` with this remedy when it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RehearseError(f"The list {path} cannot be read: {error}.", remedy) from error
    entries = (line.strip() for line in lines)
    return tuple(entry for entry in entries if entry and not entry.startswith("#"))
