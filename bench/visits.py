"""A browser's side of Streamlit without a browser: one WebSocket a visit, its protobuf messages both ways."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from bench.startup import ROOT, free_port

PATIENCE_SECONDS = 60
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running app on loopback."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu_seconds(self) -> float:
        """CPU time of the process so far, user and system."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND

    def memory_mb(self) -> float:
        """Resident memory of the process."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def serving(script: Path, environ: Mapping[str, str], *options: str) -> Iterator[Server]:
    """Run a Streamlit script as `make run` does, on a free port of this machine, until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), *options]
    command += ["--server.address", "127.0.0.1", "--server.fileWatcherType", "none"]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    ) as process:
        try:
            _wait_until_healthy(port)
            yield Server(process, port)
        finally:
            process.terminate()


def _wait_until_healthy(port: int) -> None:
    until = monotonic() + PATIENCE_SECONDS
    while monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            sleep(0.05)
    raise TimeoutError("The server did not become healthy.")


@dataclass
class Visit:
    """One browser tab: it opens a page, and draws it again as after a click."""

    page: str
    connection: ClientConnection
    script_hash: str = ""
    seen: set[str] = field(default_factory=set)
    """The texts of what was drawn last: to know that a page was really there."""

    def redraw(self) -> None:
        """Ask for a run of the script and read until it has finished; a fault of the page is raised."""
        asked = BackMsg()
        asked.rerun_script.page_name = "" if self.script_hash else self.page
        asked.rerun_script.page_script_hash = self.script_hash
        asked.rerun_script.context_info.timezone = "UTC"
        self.connection.send(asked.SerializeToString())
        self.seen.clear()
        for received in iter(self._receive, None):
            if received.WhichOneof("type") == "script_finished":
                if received.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError(f"{self.page}: the script ended with {received.script_finished}")
                return
            self._note(received)

    def _receive(self) -> ForwardMsg:
        received = ForwardMsg()
        received.ParseFromString(self.connection.recv(timeout=PATIENCE_SECONDS, decode=False))
        return received

    def _note(self, received: ForwardMsg) -> None:
        kind = received.WhichOneof("type")
        if kind == "navigation":
            self.script_hash = received.navigation.page_script_hash
        elif kind == "delta":
            element = received.delta.new_element
            if element.WhichOneof("type") == "exception":
                raise RuntimeError(f"{self.page}: {element.exception.message}")
            if element.WhichOneof("type") == "alert" and element.alert.format == Alert.ERROR:
                raise RuntimeError(f"{self.page}: {element.alert.body}")
            if drawn := element.WhichOneof("type"):
                self.seen.add(drawn)


@contextmanager
def visiting(server: Server, page: str) -> Iterator[Visit]:
    """Open a page by its address and draw it once."""
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None) as connection:  # type: ignore[list-item]
        visit = Visit(page, connection)
        visit.redraw()
        yield visit
