"""The known vulnerabilities of all that is locked: `python -m upkeep.vulnerabilities` (`make audit`).

pip-audit asks the package index's advisory service. Where it gets no answer for a package it leaves that
package out and still says that nothing was found; here that is told, and is no success.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from upkeep.lock import LOCKED, lock_of

CLEAN, FOUND, NOT_ASKED = 0, 1, 2
"""Exit codes: nothing known, something known, and no answer for some package."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back: how many packages were answered for, which are vulnerable, which got no answer."""

    answered: int
    vulnerable: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    failure: str = ""

    @property
    def exit_code(self) -> int:
        """What was found counts more than what could not be asked."""
        if self.vulnerable:
            return FOUND
        return NOT_ASKED if self.unanswered or self.failure else CLEAN

    def told(self) -> str:
        """The result in sentences."""
        lines = list(self.vulnerable)
        if self.failure:
            lines.append(f"The advisory service could not be asked: {self.failure}")
        elif self.unanswered and not self.answered:
            lines.append("The advisory service could not be asked: it knows none of the packages.")
        elif self.unanswered:
            lines.append(f"The advisory service gave no answer for: {', '.join(self.unanswered)}.")
        if self.answered:
            lines.append(f"{len(self.vulnerable)} known vulnerabilities in {self.answered} packages.")
        return "\n".join(lines)


def read_reply(printed: str, complaint: str = "") -> Asked:
    """What pip-audit printed as JSON; where it printed none, the last line of its complaint."""
    try:
        dependencies: Sequence[Mapping[str, Any]] = json.loads(printed)["dependencies"]
    except (ValueError, KeyError):
        return Asked(0, failure=(complaint.strip().splitlines() or ["no reply"])[-1][:200])
    known = [one for one in dependencies if "skip_reason" not in one]
    vulnerable = tuple(_sentence(one, found) for one in known for found in one["vulns"])
    unanswered = tuple(one["name"] for one in dependencies if "skip_reason" in one)
    return Asked(len(known), vulnerable, unanswered)


def _sentence(package: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    mended = ", ".join(found["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']}: {found['id']}, mended in {mended}"


def ask(lock: Path, options: Sequence[str] = ()) -> Asked:
    """Ask about every package of a lock file; options go to pip-audit."""
    command = [
        str(Path(sys.executable).parent / "pip-audit"),
        "--disable-pip",
        "--require-hashes",
        "-r",
        str(lock),
    ]
    command += ["--format", "json", "--progress-spinner", "off", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return read_reply(done.stdout, done.stderr)


def main(options: Sequence[str]) -> int:
    """Ask about every lock file, print, and return the gravest exit code: found, then not asked."""
    codes = set()
    for requirements in LOCKED:
        asked = ask(lock_of(requirements), options)
        print(f"{requirements}\n{asked.told()}\n")
        codes.add(asked.exit_code)
    return FOUND if FOUND in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
