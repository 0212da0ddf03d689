"""What tests have the limited worker do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from data.domain import RehearseError


def echo(*values: object) -> list[object]:
    return list(values)


def read(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, count: int) -> None:
    path.write_bytes(b"x" * count)


def take_memory(count: int) -> int:
    return len(bytearray(count))


def hide_memory_error(count: int) -> None:
    try:
        bytearray(count)
    except MemoryError as failure:
        raise RehearseError("It is cut off.", "Copy it again.") from failure


def give(count: int) -> str:
    return "x" * count


def give_bytes(count: int) -> bytes:
    return b"x" * count


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    threading.Event().wait()


def complain() -> None:
    raise RehearseError("Line 3 has no title.", "Give it one.")


def break_down() -> None:
    raise ZeroDivisionError


def die() -> None:
    os.abort()


def leave_early() -> None:
    os._exit(0)


def give_a_link() -> None:
    Path("result.json").symlink_to("/etc/passwd")
    os._exit(0)


def give_a_pipe() -> None:
    os.mkfifo("result.json")
    os._exit(0)


def give_nonsense(content: str) -> None:
    Path("result.json").write_text(content)
    os._exit(0)


def give_something_odd() -> object:
    return object()


def flood() -> None:
    while True:
        sys.stdout.write("x" * 10_000)


def connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=5)


def start_a_program() -> None:
    subprocess.run(["true"], check=True)


def surroundings() -> dict[str, object]:
    return {
        "environment": dict(os.environ),
        "here": str(Path.cwd()),
        "path": sys.path,
        "group": os.getpgid(0) == os.getpid(),
    }


def pieces(*sizes: int) -> Iterator[bytes]:
    for size in sizes:
        print("libraries print what they like")
        yield b"x" * size


def pieces_then(end: str) -> Iterator[bytes]:
    yield b"first"
    globals()[end]()


def half_a_piece() -> Iterator[bytes]:
    os.write(1, b"\xff\0\0\0\0\0\0\0half")
    os._exit(0)
    yield b""
