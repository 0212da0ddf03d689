"""Two servers behind nginx, on one PostgreSQL, from Debian's packages: `make replicas`, until Ctrl-C.

The parts that `compose.yaml` starts in containers, for a machine that has none: on loopback, in a folder of
their own. Needs nginx-light and postgresql, and what `make install-server` brings.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

from upkeep.postgres_server import free_port, server_in

ROOT = Path(__file__).parent.parent
NGINX = ROOT / "deploy" / "nginx.conf.in"
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Replicas:
    """What runs: the address people use, and the two servers behind it by the name their cookie has."""

    url: str
    servers: dict[str, subprocess.Popen[bytes]]
    ports: dict[str, int]
    database: str
    """The address of what they share."""


@contextmanager
def replicas(folder: Path, port: int, base: str = "", drain_seconds: int = 30) -> Iterator[Replicas]:
    """All of it until the block ends; `folder` keeps what people make. `base`: a sub-path to serve under."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        database = stack.enter_context(_postgres(folder / "postgres"))
        ports = {"first": free_port(), "second": free_port()}
        environ = os.environ | {
            "DATABASE_URL": database,
            "RECORDINGS_URL": (folder / "recordings").as_uri(),
            "LANGUAGE_MODEL_FILE": str(folder / "language_model.json"),
            "DRAIN_SECONDS": str(drain_seconds),
            # What one of them signed the other must be able to read.
            "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32),
        }
        servers = {
            name: stack.enter_context(_app(folder / f"{name}.log", at, base, environ))
            for name, at in ports.items()
        }
        for name, server in servers.items():
            _wait(server, f"http://127.0.0.1:{ports[name]}{_below(base)}/ready", folder / f"{name}.log")
        proxy = stack.enter_context(_nginx(folder / "nginx", port, ports))
        _wait(proxy, f"http://127.0.0.1:{port}{_below(base)}/", folder / "nginx" / "log")
        yield Replicas(f"http://127.0.0.1:{port}{_below(base)}", servers, ports, database)


def nginx_program() -> str | None:
    """Where nginx is installed; it is not on everybody's path."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def _below(base: str) -> str:
    return f"/{base}" if base else ""


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    folder.mkdir(exist_ok=True)
    server = server_in(folder)
    if not (folder / "data").exists():
        server.make()
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


@contextmanager
def _app(log: Path, port: int, base: str, environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1"]
    command += [f"--server.port={port}", f"--server.baseUrlPath={base}", "--server.fileWatcherType=none"]
    with log.open("ab") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=subprocess.STDOUT)
    with _ended(server):
        yield server


@contextmanager
def _nginx(folder: Path, port: int, ports: dict[str, int]) -> Iterator[subprocess.Popen[bytes]]:
    program = nginx_program()
    if program is None:
        raise SystemExit("nginx is not installed. On Debian: sudo apt install nginx-light")
    folder.mkdir(exist_ok=True)
    user = "user root;" if os.getuid() == 0 else ""
    written = Template(NGINX.read_text()).substitute(ports, folder=folder, port=port, user=user)
    (folder / "nginx.conf").write_text(written)
    with (folder / "log").open("ab") as output:
        command = [program, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]
        proxy = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    with _ended(proxy):
        yield proxy


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise SystemExit(f"{address} does not answer. The log ends:\n{log.read_text(errors='replace')[-2000:]}")


def main() -> None:
    """Start it all and say where; end it all on Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.replicas", description=__doc__)
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--base", default="", help="a sub-path to serve under")
    parser.add_argument("--folder", type=Path, default=ROOT / "data" / "local" / "replicas")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with replicas(given.folder.resolve(), given.port, given.base.strip("/")) as running:
        print(
            f"Two servers ({', '.join(map(str, running.ports.values()))}) are behind {running.url}",
            flush=True,
        )
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("Ending; who is answering is waited for.", flush=True)


if __name__ == "__main__":
    main()
