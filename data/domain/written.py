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
