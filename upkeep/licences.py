"""The licence of every package of the default install; fails on one that is GPL, LGPL, AGPL or not stated.

`python -m upkeep.licences`, in the environment of the app. Read is what a package says of itself, and which
libraries under the GPL it carries inside.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from upkeep.lock import lock_of, pinned

ACCEPTED = {"av": "docs/decisions/2026-11-24-own-recorder.md"}
"""Packages that may carry a library under the GPL, and where that was decided."""

_STATED = ("License-Expression", "License")
_COPYLEFT = re.compile(r"\b[AL]?GPL|\bGNU\b", re.I)
_CARRIED = re.compile(r"lib(x264|x265|xvidcore|xavs2?|davs2|rubberband|vidstab)\b")
"""What FFmpeg's own list calls GPL, as files of shared libraries are named."""


@dataclass(frozen=True, slots=True)
class Package:
    """What an installed package says of its licence, and the GPL libraries in it."""

    name: str
    licence: str
    carries: tuple[str, ...] = ()

    @property
    def fault(self) -> str | None:
        """Why it may not be in the default install."""
        if not self.licence:
            return "states no licence"
        if _COPYLEFT.search(self.licence):
            return f"is under {self.licence}"
        if self.carries and self.name not in ACCEPTED:
            return f"carries {', '.join(self.carries)} (GPL)"
        return None


def read_package(name: str, installed: Distribution) -> Package:
    """What the metadata and the file list of an installed package say."""
    stated = installed.metadata
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in stated.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    expression, written = (next(iter(stated.get_all(name) or ()), "") for name in _STATED)
    licence = expression or ", ".join(classifiers) or written.strip().partition("\n")[0]
    found = {match[0] for path in installed.files or () if (match := _CARRIED.match(path.name))}
    return Package(name, licence, tuple(sorted(found)))


def told(packages: Iterable[Package]) -> tuple[list[str], list[str]]:
    """A line a package, and a sentence for each fault."""
    lines, faults = [], []
    for package in packages:
        lines.append(f"{package.name:32} {package.licence}")
        if package.carries:
            where = ACCEPTED.get(package.name, "not decided")
            lines.append(f"{'':32} carries {', '.join(package.carries)} (GPL): {where}")
        if package.fault:
            faults.append(f"{package.name} {package.fault}.")
    return lines, faults


def main() -> int:
    """Print every licence; 1 where a package may not be there."""
    packages, absent = [], []
    locks = ("requirements.txt", "requirements-optional.txt")
    for name in sorted({name for lock in locks for name in pinned(lock_of(lock))}):
        try:
            packages.append(read_package(name, distribution(name)))
        except PackageNotFoundError:
            absent.append(name)
    lines, faults = told(packages)
    print("\n".join(lines))
    if absent:
        print(f"Not installed on this platform, so not read: {', '.join(absent)}.")
    print("\n".join(faults) or f"Licences: none of {len(packages)} packages is GPL, LGPL or AGPL.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
