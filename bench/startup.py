"""How long the installed app takes until it is healthy, against an empty Streamlit app in the same run."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
RUNS = 5
PATIENCE_SECONDS = 60


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def seconds_to_healthy(script: Path) -> float:
    """Start `streamlit run script` and wait for its health check."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    command += ["--browser.gatherUsageStats", "false"]
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {
            "DATABASE_URL": f"duckdb:///{folder}/bench.duckdb",
            "RECORDINGS_URL": f"file://{folder}",
        }
        began = time.perf_counter()
        with subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            try:
                _wait_healthy(port, began)
                return time.perf_counter() - began
            finally:
                server.terminate()


def _wait_healthy(port: int, began: float) -> None:
    while time.perf_counter() - began < PATIENCE_SECONDS:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as reply:
                if reply.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise TimeoutError("The app did not become healthy.")


def main() -> None:
    """Print one row."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text("import streamlit as st\n\nst.write('hello')\n")
        ours, floor = [], []
        for _ in range(RUNS):
            ours.append(seconds_to_healthy(ROOT / "app.py"))
            floor.append(seconds_to_healthy(empty))
    ratio = median(a / b for a, b in zip(ours, floor, strict=True))
    print(
        f"| `streamlit run app.py` until healthy (median of {RUNS}) | {median(ours):.2f} s "
        f"| empty Streamlit app {median(floor):.2f} s | {ratio:.2f} |"
    )


if __name__ == "__main__":
    main()
