"""A PostgreSQL of one's own: on loopback, in one folder. What replicas, tests and `bench.scale` run on."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 600


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_programs() -> Path | None:
    """The folder with the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL whose data are in `folder`, running or not."""

    folder: Path
    port: int
    programs: Path
    user: str
    settings: Mapping[str, str]

    @property
    def url(self) -> str:
        """What `DATABASE_URL` would be."""
        return f"postgresql+psycopg://rehearse@127.0.0.1:{self.port}/postgres"

    def make(self, *options: str) -> None:
        """Make its data; everybody on this machine comes in as `rehearse` without a password."""
        self.run(
            "initdb", "-D", f"{self.folder}/data", "-U", "rehearse", "-A", "trust", "-E", "UTF8", *options
        )

    def start(self) -> None:
        """Start it and wait until it answers, with what it must repair behind it."""
        here = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.folder}
        told = " ".join(f"-c {name}={value}" for name, value in (here | dict(self.settings)).items())
        self._control("-l", f"{self.folder}/log", "-o", told, "-t", "300", "start")

    def stop(self) -> None:
        """End it in order."""
        self._control("-m", "fast", "stop")

    def stop_at_once(self) -> None:
        """End it as a power cut would, as far as a process can: no checkpoint, every connection cut."""
        self._control("-m", "immediate", "stop")

    def cpu_seconds(self) -> float:
        """What it and all its processes that have ended worked so far; 0 where the system does not tell."""
        told = Path("/proc", Path(self.folder, "data", "postmaster.pid").read_text().split()[0], "stat")
        if not told.exists():
            return 0.0
        ticks = told.read_text().rpartition(")")[2].split()[11:15]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the programs that come with it, as the user that it belongs to."""
        command = [str(self.programs / program), *arguments]
        user = self.user if os.getuid() == 0 else None
        subprocess.run(
            command,
            check=True,
            user=user,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
        )

    def _control(self, *arguments: str) -> None:
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-w", *arguments)


def server_in(folder: Path, settings: Mapping[str, str] | None = None) -> Server:
    """The server of that folder, which is there, with these settings; it is neither made nor started yet."""
    programs, root = postgres_programs(), os.getuid() == 0
    if programs is None:
        raise SystemExit("PostgreSQL is not installed. On Debian: sudo apt install postgresql")
    if root:
        shutil.chown(folder, "postgres")
    user = "postgres" if root else pwd.getpwuid(os.getuid()).pw_name
    return Server(folder, free_port(), programs, user, settings or {})


@contextmanager
def passing_server(settings: Mapping[str, str] | None = None, rules: str = "") -> Iterator[Server]:
    """A new one until the block ends; `rules` stand before those that say who may come in."""
    folder = Path(tempfile.mkdtemp(prefix="rehearse-postgres-"))
    try:
        server = server_in(folder, settings)
        server.make("--no-sync")
        before = folder / "data" / "pg_hba.conf"
        before.write_text(f"{rules}{before.read_text()}")
        server.start()
        try:
            yield server
        finally:
            server.stop_at_once()
    finally:
        shutil.rmtree(folder)
