"""A coturn on loopback for the browser tests."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import needs
from tests.browser.rig import free_port
from tests.browser.room import until


@contextmanager
def coturn(folder: Path, secret: str) -> Iterator[int]:
    """A coturn that takes credentials made with `secret`; its port."""
    program = needs.program("turnserver", package="coturn")
    port = free_port()
    options = f"-n --listening-ip 127.0.0.1 --relay-ip 127.0.0.1 --listening-port {port} --realm rehearse "
    options += "--use-auth-secret --no-tls --no-dtls --no-cli --allow-loopback-peers --log-file stdout"
    with (folder / "coturn.log").open("wb") as log:
        command = [program, *options.split(), "--static-auth-secret", secret]
        process = subprocess.Popen(
            [*command, "--pidfile", str(folder / "coturn.pid"), "--userdb", str(folder / "turndb")],
            stdout=log,
            stderr=log,
        )
    try:
        until(lambda: _listens(port))
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
