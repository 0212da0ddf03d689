"""A PostgreSQL of its own for `bench.scale`: on loopback, in a folder that goes with it, as safe as it comes.

Nothing that keeps a confirmed change on the disk is switched off. `stop_at_once` ends it as a power cut
would, as far as a process can: no checkpoint, every connection cut.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from upkeep.replicas import free_port, postgres_programs

PATIENCE_SECONDS = 600
FOR_MANY_ROWS: Mapping[str, str] = {
    "shared_buffers": "2GB",
    "effective_cache_size": "12GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "4GB",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "random_page_cost": "1.1",
    "jit": "off",
}
"""For tens of gigabytes on a machine of 24; without replicas, which leaves out some of its log."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL."""

    folder: Path
    port: int
    programs: Path
    user: str
    told: str

    @property
    def url(self) -> str:
        """What `DATABASE_URL` would be."""
        return f"postgresql+psycopg://rehearse@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and wait until it answers, with what it must repair behind it."""
        self._control("-l", f"{self.folder}/log", "-o", self.told, "-t", "300", "start")

    def stop_at_once(self) -> None:
        """End it without letting it finish anything."""
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


@contextmanager
def postgres(settings: Mapping[str, str] | None = None, beside: Path | None = None) -> Iterator[Server]:
    """A new one, with these settings, until the block ends; `beside`: the folder its own is made in."""
    programs = postgres_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed. On Debian: sudo apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="rehearse-scale-", dir=beside))
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    port = free_port()
    chosen = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": str(folder)}
    told = " ".join(f"-c {name}={value}" for name, value in (chosen | dict(settings or {})).items())
    server = Server(folder, port, programs, user, told)
    try:
        server.run("initdb", "-D", f"{folder}/data", "-U", "rehearse", "-A", "trust", "-E", "UTF8")
        server.start()
        try:
            yield server
        finally:
            server.stop_at_once()
    finally:
        shutil.rmtree(folder)
