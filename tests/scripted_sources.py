"""Where a model comes from, scripted: a registry of wheels, a maker's server, in memory or on loopback."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from analysis.models.network import Answer, Arriving, Network, NoAnswerError
from data.model_table import Address, Model, ModelFile, Packages, Part

CONTENT = bytes(range(256)) * 12_000
"""Three megabytes: three blocks of a stream."""
THIRD = len(CONTENT) // 3
PIECES = (CONTENT[:THIRD], CONTENT[THIRD : 2 * THIRD], CONTENT[2 * THIRD :])
NOTES = b"read me"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def part(number: int) -> Part:
    return Part(f"toy-part{number}==1.0", f"toy_part{number}/data/{number}.bin", sha256(PIECES[number - 1]))


def toy(address: str = "https://maker.test/toy") -> Model:
    """A model of two files; the large one comes in three packages, or from the maker."""
    notes = Part("toy-part1==1.0", "toy_part1/notes.txt", sha256(NOTES))
    packages = Packages({"notes.txt": (notes,), "toy.gguf": (part(1), part(2), part(3))})
    return Model(
        name="toy",
        purpose="language",
        title="Toy 1B",
        licence="MIT",
        size_bytes=len(CONTENT) + len(NOTES),
        files=(ModelFile("notes.txt", sha256(NOTES)), ModelFile("toy.gguf", sha256(CONTENT))),
        sources=(packages, Address(address)),
        folder="toy-1b",
        good_for="tests",
        cache_bytes_a_token=1000,
    )


@dataclass
class Scripted:
    """Both sources in memory. What is in `withdrawn` is not answered; a test changes what is served."""

    withdrawn: set[str] = field(default_factory=set)
    served: dict[str, bytes] = field(
        default_factory=lambda: {
            **{f"toy-part{number}": piece for number, piece in enumerate(PIECES, 1)},
            "toy.gguf": CONTENT,
            "notes.txt": NOTES,
        }
    )
    breaks_after: int | None = None
    """After how many blocks the maker's connection breaks."""
    wheels: list[str] = field(default_factory=list)
    asked: list[tuple[str, int]] = field(default_factory=list)

    @property
    def network(self) -> Network:
        return Network(self._wheel, self._address)

    def _wheel(self, requirement: str, folder: Path, arriving: Arriving) -> Path:
        name = requirement.partition("==")[0]
        self.wheels.append(name)
        if name in self.withdrawn:
            raise NoAnswerError(f"No matching distribution found for {requirement}")
        arriving(len(self.served[name]))
        return wheel(folder, name, self.served[name])

    def _address(self, url: str, first: int) -> Answer:
        self.asked.append((url, first))
        name = url.rpartition("/")[2]
        if name in self.withdrawn:
            raise NoAnswerError("it answers 404 Not Found")
        return Answer(first, self._blocks(self.served[name][first:]))

    def _blocks(self, content: bytes) -> Iterator[bytes]:
        for number, start in enumerate(range(0, len(content), THIRD)):
            if number == self.breaks_after:
                raise NoAnswerError("the connection broke")
            yield content[start : start + THIRD]


def wheel(folder: Path, name: str, content: bytes) -> Path:
    """A data package as the registry serves it, small enough to be made here."""
    package = name.replace("-", "_")
    info = f"{package}-1.0.dist-info"
    path = folder / f"{package}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(f"{package}/__init__.py", "raise SystemExit('a data package is never imported')")
        packed.writestr(f"{package}/data/{name[-1]}.bin", content)
        packed.writestr(f"{package}/notes.txt", NOTES)
        packed.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        packed.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        packed.writestr(f"{info}/RECORD", "")
    return path


@dataclass
class Maker:
    """What a real server on loopback was asked: `first` bytes; it serves at most `most` bytes a call."""

    files: dict[str, bytes]
    ranges: bool = True
    most: int | None = None
    asked: list[str | None] = field(default_factory=list)
    url: str = ""


@contextmanager
def maker(**files: bytes) -> Iterator[Maker]:
    """A server that holds files and knows ranges, ended with the block."""
    told = Maker({name.replace("_", "."): content for name, content in files.items()})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            told.asked.append(asked)
            content = told.files.get(self.path.rpartition("/")[2])
            if content is None:
                self.send_error(404)
                return
            first = int(asked.removeprefix("bytes=").rstrip("-")) if asked and told.ranges else 0
            if first >= len(content):
                self.send_error(416)
                return
            self.send_response(206 if first else 200)
            self.send_header("Content-Length", str(len(content) - first))
            self.end_headers()
            self.wfile.write(content[first:][: told.most])

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


class HeldSources(Scripted):
    """Sources that wait in the second package until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.go = threading.Event(), threading.Event()

    @property
    def network(self) -> Any:
        honest = super().network

        def wheel(requirement: str, folder: Path, arriving: Any) -> Path:
            if requirement.startswith("toy-part2"):
                self.inside.set()
                assert self.go.wait(20)
            return honest.wheel(requirement, folder, arriving)

        return replace(honest, wheel=wheel)
