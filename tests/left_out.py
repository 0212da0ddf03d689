"""What the runs of `make test` left out, told once at the end: `python -m tests.left_out FILE`."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

NOTED = "REHEARSE_LEFT_OUT"
"""Where each run of pytest adds a line a test that it left out; `make test` sets it."""

_PACKAGES = re.compile(r"\(Debian: apt-get install ([^)]+)\)")


def note(reasons: Iterable[str], environ: Mapping[str, str] = os.environ) -> None:
    """Add the reasons to the file, where there is one."""
    if NOTED in environ:
        with Path(environ[NOTED]).open("a", encoding="utf-8") as file:
            file.writelines(f"{' '.join(reason.split())}\n" for reason in reasons)


def told(reasons: Iterable[str]) -> str:
    """The reasons counted, the commonest first, and the one command that lets everything run."""
    counted = Counter(reasons)
    if not counted:
        return "Every test ran; nothing was left out."
    installs = " ".join(found for reason in counted for found in _PACKAGES.findall(reason))
    packages = " ".join(sorted(set(installs.split())))
    lines = [f"Every test that can run here passed. {counted.total()} were left out:"]
    lines += [f"  {count:4d}  {_PACKAGES.sub('', reason).strip()}" for reason, count in counted.most_common()]
    if packages:
        lines.append(f"To run these too, on Debian or Ubuntu: sudo apt install {packages}")
    return "\n".join(lines)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    print(told(path.read_text(encoding="utf-8").splitlines() if path.exists() else ()))
