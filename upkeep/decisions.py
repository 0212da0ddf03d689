"""The index of `docs/decisions`: `make decisions` writes it; a test holds it and the files' form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "docs" / "decisions"
INDEX = FOLDER / "README.md"
STATUSES = ("accepted", "replaced")
MAX_LINES = 25

_NAME = re.compile(r"\d{4}-\d\d-\d\d-[a-z0-9]+(-[a-z0-9]+)*\.md")
_FORM = re.compile(
    r"# (?P<title>[^\n]+)\n\n"
    r"Status: (?P<status>[^\n]+)\n\n"
    r"## Context\n\n.+\n\n"
    r"## Decision\n\n.+\n",
    re.S,
)
_PREAMBLE = """# Decisions

Why things are as they are, one short file each. A decision is not rewritten: a new file replaces it, and the
old one says so in its status (`replaced by` and the new file's name). `make decisions` writes this page.

| date | decision | status |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """One file of the folder."""

    name: str
    title: str
    status: str

    @property
    def date(self) -> str:
        """The day it was taken, as the file's name begins."""
        return self.name[:10]


def read_decision(path: Path) -> Decision:
    """A decision; `ValueError` says which part of the form is missing."""
    text = path.read_text()
    if not _NAME.fullmatch(path.name):
        raise ValueError(f"{path.name}: a name is a date and some words, like 2026-11-29-one-thing.md")
    form = _FORM.fullmatch(text)
    if form is None:
        raise ValueError(f"{path.name}: it needs `# title`, `Status: accepted`, `## Context`, `## Decision`")
    if form["status"].split()[0] not in STATUSES:
        raise ValueError(f"{path.name}: a status begins with {' or '.join(STATUSES)}")
    if len(text.splitlines()) > MAX_LINES:
        raise ValueError(f"{path.name}: a decision has at most {MAX_LINES} lines")
    return Decision(path.name, form["title"], form["status"])


def index() -> str:
    """The page that lists every decision, newest first."""
    decisions = [read_decision(path) for path in FOLDER.glob("*.md") if path != INDEX]
    newest = sorted(sorted(decisions, key=lambda one: one.name), key=lambda one: one.date, reverse=True)
    return _PREAMBLE + "".join(f"| {d.date} | [{d.title}]({d.name}) | {d.status} |\n" for d in newest)


if __name__ == "__main__":
    INDEX.write_text(index())
