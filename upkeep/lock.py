"""The lock files: every package of a requirements file with its hashes. `make lock` writes them.

`requirements.txt` names what we use, `requirements.lock` all that it brings along. Versions in a lock stay as
they are until a requirement moves them, or until `make lock UPGRADE=--upgrade` asks for newer ones.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKED = (
    "requirements.txt",
    "tests/requirements.txt",
    "upkeep/requirements.txt",
    "requirements-optional.txt",
    "requirements-server.txt",
)
BESIDE_THE_APP = ("requirements-server.txt",)
"""Installed where the app is, so at its versions; setuptools reads the file and takes no `-c` in it."""
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-apple-darwin")
"""What every package must have a wheel for."""

MACOS = "14.0"
"""The oldest macOS that av has a wheel for."""

_PACKAGE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[\w,-]+\])?==(?P<version>[^\s;\\]+)", re.M)


def lock_of(requirements: str) -> Path:
    """The lock file beside a requirements file."""
    return (ROOT / requirements).with_suffix(".lock")


def pinned(path: Path) -> dict[str, str]:
    """The packages of a requirements or lock file with their versions, names as an index writes them."""
    return {
        re.sub(r"[-_.]+", "-", found["name"]).lower(): found["version"]
        for found in _PACKAGE.finditer(path.read_text())
    }


def unhashed(path: Path) -> list[str]:
    """The packages of a lock file that no hash is given for."""
    text = path.read_text()
    starts = [*_PACKAGE.finditer(text)]
    ends = [*(found.start() for found in starts[1:]), len(text)]
    parts = zip(starts, ends, strict=True)
    return [found["name"] for found, end in parts if "--hash=sha256:" not in text[found.start() : end]]


def _uv(*arguments: str) -> None:
    environ = os.environ | {"MACOSX_DEPLOYMENT_TARGET": MACOS}
    command = [str(Path(sys.executable).parent / "uv"), "pip", *arguments, "--quiet"]
    subprocess.run(command, cwd=ROOT, env=environ, check=True)


def _write(requirements: str, options: list[str]) -> None:
    resolving = ["--universal", "--generate-hashes", "--python-version", PYTHONS[0]]
    lock = str(lock_of(requirements).relative_to(ROOT))
    written = ["--output-file", lock, "--custom-compile-command", "make lock"]
    if requirements in BESIDE_THE_APP:
        written += ["--constraints", str(lock_of(LOCKED[0]).relative_to(ROOT))]
    _uv("compile", requirements, *resolving, "--only-binary", ":all:", *written, *options)


def _try_every_platform(requirements: str) -> None:
    """Resolve the lock, hashes and wheels only, for each Python and platform; nothing is installed."""
    lock = str(lock_of(requirements).relative_to(ROOT))
    strict = ["--dry-run", "--require-hashes", "--only-binary", ":all:", "--target", "test-results/unused"]
    for python in PYTHONS:
        for platform in PLATFORMS:
            where = ["--python-version", python, "--python-platform", platform]
            _uv("install", *strict, *where, "-r", lock)
            print(f"{lock}: a wheel of every package for Python {python} on {platform}")


if __name__ == "__main__":
    for requirements in LOCKED:
        _write(requirements, sys.argv[1:])
    for requirements in (*LOCKED[:2], *LOCKED[3:]):
        _try_every_platform(requirements)
