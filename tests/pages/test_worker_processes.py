"""A worker process of the server runs app.py as well (multiprocessing does that): it must serve nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from data.settings import PROJECT_ROOT

_AS_A_WORKER = """
import runpy, sys, threading
found = runpy.run_path("app.py", run_name="__mp_main__")
print("app" in found, "pages.entrance.gate" in sys.modules, threading.active_count())
"""


@pytest.mark.slow
def test_a_worker_process_of_the_server_makes_no_second_gate_and_starts_no_threads() -> None:
    command = [sys.executable, "-c", _AS_A_WORKER]
    ran = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert ran.stdout.split() == ["False", "False", "1"]
