"""Whether this commit can be released: `python -m upkeep.release`, run by `make release-check`."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from data.version import version

ROOT = Path(__file__).parent.parent
_SECTION = re.compile(r"^## (\S+)(?: — \w+ \d{4})?$\n+(?P<text>.*?)(?=^## |\Z)", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Commit:
    """What a release looks at."""

    version: str
    changelog: str
    tags: frozenset[str]
    changed: tuple[str, ...]
    """Files that are not committed."""


def faults(commit: Commit) -> list[str]:
    """What stands in the way of a release, in sentences."""
    found = []
    newest = _SECTION.search(commit.changelog)
    if newest is None or newest[1] != commit.version:
        top = newest[1] if newest else "nothing"
        found.append(f"pyproject.toml says {commit.version}, the first section of CHANGELOG.md is {top}.")
    elif "\n* " not in f"\n{newest['text']}":
        found.append(f"The section {commit.version} of CHANGELOG.md lists nothing.")
    if f"v{commit.version}" in commit.tags:
        found.append(f"v{commit.version} is released already: set the next version in pyproject.toml.")
    if commit.changed:
        found.append(f"Not committed: {', '.join(commit.changed)}.")
    return found


def this_commit() -> Commit:
    """The working tree as it is."""
    return Commit(
        version=version(),
        changelog=(ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
        tags=frozenset(_git("tag", "--list").split()),
        changed=tuple(line[3:] for line in _git("status", "--porcelain").splitlines()),
    )


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    standing = faults(this_commit())
    print("\n".join(standing) or f"Ready: git tag -a v{version()} -m 'Rehearse {version()}'")
    sys.exit(bool(standing))
