"""One model at a time: loaded on first use, unloaded when idle, anew after a crash, refused in words."""

from __future__ import annotations

import socketserver
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx2
import pytest

from analysis.llm.local import served_model
from analysis.llm.local.runtime import BASE_URL, LocalTransport, Runtime
from analysis.llm.local.served_model import BUSY_STATUS, NotServedError, ServedModel, usable_cores
from tests.local_model import needs_runtime


class Scripted:
    """A process that is none: it answers at its socket with the name of its file."""

    def __init__(self, house: House, file: Path) -> None:
        self.file = file
        self.socket = house.folder / f"{len(house.started)}.sock"
        self.load_seconds = 0.5
        self.runs = True
        self.memory_bytes = 1000
        self.house = house
        house.started.append(file.name)
        house.alive.append(self)
        house.most = max(house.most, len(house.alive))
        house.open_sockets(self)

    def stop(self) -> None:
        self.runs = False
        self.house.stopped.set()
        if self in self.house.alive:
            self.house.alive.remove(self)


class House:
    """Where scripted processes are started, and what is known of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[str] = []
        self.alive: list[Scripted] = []
        self.most = 0
        self.stopped = threading.Event()
        self.inside, self.go = threading.Event(), threading.Event()
        self.go.set()
        self.breaks = False
        self.servers: list[socketserver.UnixStreamServer] = []

    def serve(self, file: Path, lock_file: Path, name: str) -> Scripted:
        if file.name == "broken":
            raise NotServedError("The language model broken could not be loaded.", "Choose another.")
        return Scripted(self, file)

    def open_sockets(self, served: Scripted) -> None:
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                house.inside.set()
                assert house.go.wait(20)
                if house.breaks:
                    self.close_connection = True
                    return
                self.send_response(200)
                body = served.file.name.encode()
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def address_string(self) -> str:
                return "a socket"

            def log_message(self, format: str, *args: object) -> None:
                return

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True

        server = Server(str(served.socket), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        self.servers.append(server)

    def close(self) -> None:
        for server in self.servers:
            server.shutdown()
            server.server_close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = House(tmp_path)
    yield opened
    opened.close()


def asked(runtime: Runtime, name: str, seconds: float = 20.0) -> httpx2.Response:
    with httpx2.Client(transport=LocalTransport(Path(name), runtime), timeout=seconds) as client:
        return client.get(f"{BASE_URL}/models")


def test_a_model_is_loaded_when_it_is_first_asked_and_stays_for_the_next(house: House) -> None:
    runtime = Runtime(serve=house.serve)
    assert runtime.loaded is None
    assert [asked(runtime, "one").text, asked(runtime, "one").text] == ["one", "one"]
    assert house.started == ["one"]
    loaded = runtime.loaded
    assert loaded is not None
    assert (loaded.file, loaded.memory_bytes, loaded.load_seconds) == (Path("one"), 1000, 0.5)
    runtime.close()
    assert (runtime.loaded, house.alive) == (None, [])


def test_another_model_waits_for_the_first_ones_answer_and_takes_its_place(house: House) -> None:
    runtime, answers = Runtime(serve=house.serve), list[str]()
    house.go.clear()
    first = threading.Thread(target=lambda: answers.append(asked(runtime, "one").text))
    first.start()
    assert house.inside.wait(20)
    second = threading.Thread(target=lambda: answers.append(asked(runtime, "two").text))
    second.start()
    house.go.set()
    first.join(20)
    second.join(20)
    assert sorted(answers) == ["one", "two"]
    assert (house.started, house.most) == (["one", "two"], 1)
    runtime.close()


def test_who_has_no_time_to_wait_is_told_who_is_at_work(house: House) -> None:
    runtime = Runtime(serve=house.serve)
    house.go.clear()
    first = threading.Thread(target=lambda: asked(runtime, "one"))
    first.start()
    assert house.inside.wait(20)
    refused = asked(runtime, "two", seconds=0.01)
    assert refused.status_code == BUSY_STATUS
    assert "one is still at work" in refused.json()["error"]["message"]
    house.go.set()
    first.join(20)
    runtime.close()


def test_an_idle_model_gives_its_memory_back_and_is_loaded_again(house: House) -> None:
    runtime = Runtime(idle_seconds=0.01, serve=house.serve)
    asked(runtime, "one")
    assert house.stopped.wait(20)
    asked(runtime, "one")
    assert house.started == ["one", "one"]
    runtime.close()


def test_a_model_whose_process_ended_is_loaded_again(house: House) -> None:
    runtime = Runtime(serve=house.serve)
    asked(runtime, "one")
    house.alive[0].runs = False
    assert runtime.loaded is None
    assert asked(runtime, "one").text == "one"
    assert house.started == ["one", "one"]
    runtime.close()


def test_a_model_that_cannot_be_run_is_a_refusal_in_words(house: House) -> None:
    runtime = Runtime(serve=house.serve)
    refused = asked(runtime, "broken")
    assert refused.status_code == 424
    assert refused.json()["error"]["message"].startswith("The language model broken could not be loaded.")
    assert asked(runtime, "one").text == "one"
    runtime.close()


def test_a_connection_that_breaks_leaves_the_model_free_for_the_next(house: House) -> None:
    runtime = Runtime(serve=house.serve)
    house.breaks = True
    with pytest.raises(httpx2.RemoteProtocolError):
        asked(runtime, "one")
    house.breaks = False
    assert asked(runtime, "two").text == "two"
    runtime.close()


def test_without_the_program_the_app_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served_model, "find_spec", lambda name: None)
    with pytest.raises(NotServedError, match=r"xllamacpp.* is not installed.*make install-optional"):
        ServedModel(tmp_path / "any.gguf", tmp_path / "lock")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    needs_runtime()
    with pytest.raises(NotServedError, match=r"gone\.gguf cannot be read"):
        ServedModel(tmp_path / "gone.gguf", tmp_path / "lock")


def test_a_model_larger_than_the_memory_is_refused_before_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_runtime()
    file = tmp_path / "large.gguf"
    file.write_bytes(b"GGUF" * 1000)
    monkeypatch.setattr(served_model, "_available_bytes", lambda: 1000)
    with pytest.raises(NotServedError, match="choose a smaller model"):
        ServedModel(file, tmp_path / "lock")


def test_a_socket_whose_folder_would_be_too_deep_lies_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/deep" * 20)
    assert served_model._short_folder() == "/tmp"
    monkeypatch.setattr(tempfile, "tempdir", "/short")
    assert served_model._short_folder() is None


@pytest.mark.slow
def test_a_file_that_is_no_model_is_refused_and_leaves_no_process(tmp_path: Path) -> None:
    needs_runtime()
    file = tmp_path / "mine.gguf"
    file.write_bytes(b"not a model")
    for _ in range(2):  # the second time would find the lock taken, had the first left anything
        with pytest.raises(NotServedError, match=r"mine\.gguf could not be loaded \(.*GGUF"):
            ServedModel(file, tmp_path / "lock")


def test_there_is_a_thread_for_each_core_that_may_be_used() -> None:
    assert usable_cores() >= 1
