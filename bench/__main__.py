"""Run every benchmark and print one table: `make bench`, or `python -m bench vision store` for some."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

BENCHES = (
    "startup",
    "vision",
    "capture",
    "live_answer",
    "analyse",
    "speech",
    "scoring",
    "store",
    "cohorts",
    "seek",
    "pages",
    "sessions",
    "probe",
    "door",
    "local_model",
)
ALONE = ("scale",)
"""Runs when it is named: it takes an hour and much of a disk."""


def machine() -> str:
    """What the figures were measured on."""
    where = f"{platform.system()} {platform.machine()}"
    return f"{where}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main(names: list[str]) -> int:
    """Each benchmark in its own process, so that none pays for another's memory or imports."""
    unknown = set(names) - {*BENCHES, *ALONE}
    if unknown:
        there = ", ".join((*BENCHES, *ALONE))
        print(f"No benchmark called {', '.join(sorted(unknown))}. There are: {there}.")
        return 2
    print(f"Measured on {machine()}.\n\n| what | figure | floor | ratio |\n|---|---|---|---|", flush=True)
    failed = 0
    for name in names or BENCHES:
        failed |= subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
