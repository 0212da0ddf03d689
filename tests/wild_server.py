"""A server on loopback that answers every request with the same bytes, and knows what reached it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class WildServer:
    """What it answers: a status, headers and blocks, with a pause before the headers and after each block.

    With `hangs` it keeps the connection open after the last block until the test is over.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[bytes, ...] = ()
    pause_seconds: float = 0.0
    silent_seconds: float = 0.0
    hangs: bool = False
    reached: list[bytes] = field(default_factory=list)
    url: str = ""
    arrived: threading.Event = field(default_factory=threading.Event)
    """Set when a request is there."""
    left: threading.Event = field(default_factory=threading.Event)
    """Set when whoever asked was gone before all was written."""


@contextmanager
def serving(wild: WildServer, host: str = "127.0.0.1") -> Iterator[WildServer]:
    """Serve until the block ends."""
    gone = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802
            wild.reached.append(self.rfile.read(int(self.headers.get("content-length", "0"))))
            wild.arrived.set()
            gone.wait(wild.silent_seconds)
            try:
                self.send_response(wild.status)
                for name, value in wild.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for block in wild.blocks:
                    self.wfile.write(block)
                    self.wfile.flush()
                    if wild.pause_seconds:
                        gone.wait(wild.pause_seconds)
                if wild.hangs:
                    gone.wait()
            except OSError:
                wild.left.set()

        do_GET = do_POST  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer((host, 0), Handler)
    wild.url = f"http://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield wild
    finally:
        gone.set()
        server.shutdown()
        thread.join()
        server.server_close()
