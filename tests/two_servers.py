"""Two servers of the app behind nginx, on one PostgreSQL; left out where these are not installed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.needs import leave_out
from upkeep.postgres_server import free_port, postgres_programs
from upkeep.replicas import Replicas, nginx_program, replicas


@contextmanager
def two_servers() -> Iterator[Replicas]:
    """They run, below a sub-path, until this is left."""
    if nginx_program() is None or postgres_programs() is None:
        leave_out("nginx and PostgreSQL are needed", "nginx-light postgresql")
    folder = Path(tempfile.mkdtemp(prefix="rehearse-replicas-"))
    folder.chmod(0o755)  # the database runs as its own user
    with replicas(folder, free_port(), base="practice", drain_seconds=0) as both:
        yield both
    shutil.rmtree(folder)
