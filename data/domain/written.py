"""What was written beside the words: code with the results of its tests, and a design sketch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CheckOutcome = Literal["passed", "failed", "stopped", "not_run"]
"""stopped: it ran past the time limit; not_run: an earlier one was stopped."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one test of a coding question went, in the candidate's browser: practice, not proof."""

    name: str
    outcome: CheckOutcome
    edge: bool = False
    seconds: float | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Code as it was written. `changed_since`: it is no longer the text that the tests ran on."""

    language: str
    text: str
    checks: tuple[CheckResult, ...] = ()
    changed_since: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """A design as Mermaid text; the picture is drawn from it again wherever it is shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """All that was written for one answer."""

    code: Code | None = None
    sketch: Sketch | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written, as it is kept. `version` is "" while nothing is."""

    text: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a browser tab asks to be kept.

    `version` is "<tab>.<count>": a tab names itself anew when it takes up a draft, and counts its changes.
    `base` is the version it took up or was last told of.
    """

    text: str
    version: str
    base: str = ""

    def follows(self, kept: str) -> bool:
        """Whether it is newer than the version that is kept, so that nothing another tab wrote is lost."""
        if kept == self.base:
            return self.version != kept
        tab, count = _tab_and_count(self.version)
        other, before = _tab_and_count(kept)
        return tab == other and count > before


def _tab_and_count(version: str) -> tuple[str, int]:
    tab, _, count = version.rpartition(".")
    return tab, int(count) if count.isdecimal() and len(count) < 10 else 0
