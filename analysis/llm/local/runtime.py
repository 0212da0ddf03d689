"""The one language model that runs here: loaded on first use, unloaded when idle, never two.

`LocalTransport` stands in for the network of a chat client: what is sent to `BASE_URL` reaches the model over
a socket in a folder that only this user can open. The process that serves it has no network at all.
"""

from __future__ import annotations

import atexit
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx2

from analysis.llm.local.served_model import BUSY_STATUS, START_SECONDS, NotServedError, ServedModel

BASE_URL = "http://local-model/v1"
IDLE_SECONDS = 300.0
CLOSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is in memory now. `memory_bytes` is None where the system does not tell."""

    file: Path
    memory_bytes: int | None
    load_seconds: float


class Served(Protocol):
    """A process with a model in it, as the runtime needs it."""

    file: Path
    socket: Path
    load_seconds: float

    @property
    def runs(self) -> bool:
        """Whether it is there."""

    @property
    def memory_bytes(self) -> int | None:
        """What it holds."""

    def stop(self) -> None:
        """End it."""


class Runtime:
    """Holds the process of the model that is used. One for the whole server: `RUNTIME`."""

    def __init__(
        self,
        idle_seconds: float = IDLE_SECONDS,
        serve: Callable[[Path, Path, str], Served] = ServedModel,
        lock_file: Path | None = None,
    ) -> None:
        """Starts nothing. `serve` starts a process for a file; `lock_file` makes two programs take turns."""
        self._idle_seconds = idle_seconds
        self._serve = serve
        self._lock_file = (
            lock_file or Path(tempfile.gettempdir()) / f"rehearse-language-model-{os.getuid()}.lock"
        )
        self._turn = threading.Condition()
        self._served: Served | None = None
        self._in_flight = 0
        self._alarm: threading.Timer | None = None

    @property
    def loaded(self) -> Loaded | None:
        """The model that is in memory, also while it answers."""
        served = self._served
        if served is None or not served.runs:
            return None
        return Loaded(served.file, served.memory_bytes, served.load_seconds)

    def take(self, file: Path, seconds: float, name: str = "") -> Path:
        """The socket of this model, loaded if need be; give it back with `give_back`.

        Another model goes first, once nobody waits for it, for which at most `seconds` pass. Raises
        NotServedError.
        """
        with self._turn:
            self._make_way(file, seconds)
            if self._served is None:
                self._served = self._serve(file, self._lock_file, name)
            self._in_flight += 1
            return self._served.socket

    def give_back(self) -> None:
        """Whoever took it has its answer."""
        with self._turn:
            self._in_flight -= 1
            self._turn.notify_all()
            if self._alarm is not None:
                self._alarm.cancel()
            self._alarm = threading.Timer(self._idle_seconds, self._unload_when_idle)
            self._alarm.daemon = True
            self._alarm.start()

    def close(self) -> None:
        """Unload whatever is loaded, also from under whoever waits for an answer.

        A model that is being loaded is not waited for: its process ends by itself with this one.
        """
        if not self._turn.acquire(timeout=CLOSE_SECONDS):
            return
        try:
            if self._alarm is not None:
                self._alarm.cancel()
            self._unload()
        finally:
            self._turn.release()

    def _make_way(self, file: Path, seconds: float) -> None:
        served = self._served
        if served is not None and served.file == file and served.runs:
            return
        if (
            served is not None
            and served.runs
            and not self._turn.wait_for(lambda: self._in_flight == 0, seconds)
        ):
            raise NotServedError(
                f"The language model {served.file.name} is still at work.",
                "Try again in a minute.",
                BUSY_STATUS,
            )
        self._unload()

    def _unload_when_idle(self) -> None:
        with self._turn:
            if self._in_flight == 0 and self._alarm is threading.current_thread():
                self._unload()

    def _unload(self) -> None:
        served, self._served = self._served, None
        if served is not None:
            served.stop()


class LocalTransport(httpx2.BaseTransport):
    """Carries calls to `BASE_URL` to a model file on this computer, loaded when the first one comes."""

    def __init__(self, file: Path, runtime: Runtime | None = None, name: str = "") -> None:
        """Starts nothing. `name` is what the model lists itself under, else its file's."""
        self._file = file
        self._name = name
        self._runtime = runtime or RUNTIME

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The model's answer; what cannot be run is told as a server's refusal, in words."""
        seconds = (request.extensions.get("timeout") or {}).get("read") or START_SECONDS
        try:
            socket = self._runtime.take(self._file, seconds, self._name)
        except NotServedError as problem:
            told = {"error": {"message": str(problem)}}
            return httpx2.Response(problem.status, json=told, request=request)
        way = httpx2.HTTPTransport(uds=str(socket), limits=httpx2.Limits(max_keepalive_connections=0))
        given_back = _Once(self._runtime.give_back, way.close)
        try:
            answer = way.handle_request(request)
        except BaseException:
            given_back()
            raise
        answer.stream = _Given(answer.stream, given_back)
        return answer


class _Once:
    """Does things once, however often and from wherever it is called."""

    def __init__(self, *done: Callable[[], None]) -> None:
        self._left = list(done)
        self._lock = threading.Lock()

    def __call__(self) -> None:
        with self._lock:
            todo, self._left = self._left, []
        for one in todo:
            one()


class _Given(httpx2.SyncByteStream):
    """An answer's body; the model is given back at its end."""

    def __init__(
        self, stream: httpx2.SyncByteStream | httpx2.AsyncByteStream, done: Callable[[], None]
    ) -> None:
        assert isinstance(stream, httpx2.SyncByteStream)
        self._stream = stream
        self._done = done

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        try:
            self._stream.close()
        finally:
            self._done()


RUNTIME = Runtime()
atexit.register(RUNTIME.close)
