"""What a scripted candidate says; `scripted` reads one from a file, `replay` plays it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.interview.plan import Style


@dataclass(frozen=True, slots=True)
class ScriptedAnswer:
    """What is said to one question: at first, and by competency when probed ("*" for any other)."""

    first: str
    probed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Script:
    """A scripted candidate and the interview that is wished; `analysis.interview.scripted` has an example."""

    level: str = "mid"
    minutes: int = 15
    category: str | None = None
    style: Style | None = None
    seed: int = 0
    words_per_minute: float = 150.0
    breathes: bool = True
    """False: speaks without any pause, so that the interviewer finds no silence to speak into."""
    volunteers: float = 0.5
    adds_when_probed: bool = True
    answers: Mapping[str, ScriptedAnswer] = field(default_factory=dict)
