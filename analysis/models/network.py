"""The two ways to a model's bytes: a package of the registry through pip, a file at an address."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from data.configuration import SETTINGS

BLOCK_BYTES = 1 << 20
ANSWER_SECONDS = 30.0
LOOK_SECONDS = 0.2
RANGE_NOT_THERE = 416
PART_OF_IT = 206


class NoAnswerError(Exception):
    """A source did not give what was asked for; the text says why, in words."""


class StoppedError(Exception):
    """Whoever asked does not want it any more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gives: its blocks from byte `first` on."""

    first: int
    blocks: Iterator[bytes]


Arriving = Callable[[int], None]
"""Told how many bytes of what is under way are there; raises StoppedError to end it."""


@dataclass(frozen=True, slots=True)
class Network:
    """The outside world of a fetch. Each raises NoAnswerError; tests give their own."""

    wheel: Callable[[str, Path, Arriving], Path]
    """Puts the wheel of a requirement (`name==version`) into a folder."""

    address: Callable[[str, int], Answer]
    """The bytes at an address from a given one on; from the first where the server cannot do otherwise."""


def pip_wheel(requirement: str, folder: Path, arriving: Arriving) -> Path:
    """The wheel, as `pip download` brings it: from whatever index this machine's pip is set to."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--dest", str(folder), requirement]
    ours = {setting.name for setting in SETTINGS}
    environ = {name: value for name, value in os.environ.items() if name not in ours}
    with (folder / "told").open("w+b") as told:
        with _ended(
            subprocess.Popen(
                command,
                env=environ | {"TMPDIR": str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
            )
        ) as process:
            while not _over(process):
                arriving(_size(folder))
        if process.returncode:
            raise NoAnswerError(_last_line(told))
    found = next(folder.glob("*.whl"), None)
    if found is None:
        raise NoAnswerError("pip brought no wheel")
    return found


def address_blocks(url: str, first: int) -> Answer:
    """The bytes at an address over HTTPS, with the standard library's client."""
    asked = Request(url, headers={"Range": f"bytes={first}-"} if first else {})
    try:
        answer = urlopen(asked, timeout=ANSWER_SECONDS)
    except HTTPError as error:
        error.close()
        if error.code == RANGE_NOT_THERE and first:
            return address_blocks(url, 0)
        raise NoAnswerError(f"it answers {error.code} {error.reason}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswerError(_reason(error)) from error
    return Answer(first if answer.status == PART_OF_IT else 0, _blocks(answer))


def no_network() -> Network:
    """A network that is not there: only what is on this machine counts."""

    def wheel(requirement: str, folder: Path, arriving: Arriving) -> Path:
        raise NoAnswerError(f"{requirement.partition('==')[0]} is not installed")

    def address(url: str, first: int) -> Answer:
        raise NoAnswerError("it was not asked")

    return Network(wheel, address)


NETWORK = Network(pip_wheel, address_blocks)


def _blocks(answer: HTTPResponse) -> Iterator[bytes]:
    with answer:
        try:
            while block := answer.read(BLOCK_BYTES):
                yield block
            if answer.length:  # the library is silent about an end before the promised one
                raise NoAnswerError("the connection broke")
        except (OSError, HTTPException) as error:
            raise NoAnswerError(_reason(error)) from error


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _over(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(LOOK_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:  # pip moves its files while we look
            continue
    return total


def _last_line(told: IO[bytes]) -> str:
    told.seek(0)
    lines = told.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("ERROR: ")[:200] if lines else "pip failed without a word"


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", None) or error or type(error).__name__)[:200]
