"""Files of one person: whatever we make is for the owner of the process alone, and what is not is told."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

_OTHERS = 0o077
_THROUGH = 0o011


def keep_private() -> None:
    """From now on this process, and whatever it starts, makes files and folders for their owner only."""
    os.umask(_OTHERS)


def open_to_others(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Those of the files and folders that another user of this machine could get at."""
    return tuple(path for path in paths if path.exists() and _is_open(path.resolve()))


def replaceable_by_others(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Folders around them in which every user of this machine may put another file in place of ours."""
    around = {folder for path in paths for folder in path.resolve().parents}
    return tuple(sorted(folder for folder in around if folder.is_dir() and _takes_any_file(folder)))


def _takes_any_file(folder: Path) -> bool:
    mode = folder.stat().st_mode
    return os.name != "nt" and bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX and _is_open(folder)


def _is_open(path: Path) -> bool:
    if os.name == "nt" or not path.stat().st_mode & _OTHERS:
        return False
    return all(folder.stat().st_mode & _THROUGH for folder in path.parents)
