"""A disk of one's own that `bench.fault_days` can fill up, where this user may mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DISK_BYTES = 64 << 20
_BALLAST, _TRIES = "ballast", 20


class Disk:
    """A folder for days, and whether it is a small disk of its own, which can be really full."""

    def __init__(self, folder: Path, *, small: bool) -> None:
        """Nothing is in it."""
        self.folder, self.small = folder, small
        self._ballast = folder / _BALLAST

    def fill(self, spare: int) -> None:
        """Leave `spare` bytes free."""
        with self._ballast.open("wb") as file:
            for _ in range(_TRIES):  # somebody may write meanwhile
                with suppress(OSError):
                    os.posix_fallocate(file.fileno(), 0, self._leaving(spare))
                    return

    def _leaving(self, spare: int) -> int:
        return max(1, shutil.disk_usage(self.folder).free - spare)

    def free(self) -> None:
        """Make room."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def disk() -> Iterator[Disk]:
    """A small disk in memory where this user may mount one, else a folder."""
    folder = Path(os.environ.get("TMPDIR", "/tmp"), f"rehearse-days-{os.getpid()}")
    folder.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    small = subprocess.run(mounted, capture_output=True, check=False).returncode == 0
    try:
        yield Disk(folder, small=small)
    finally:
        if small:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)
