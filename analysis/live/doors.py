"""What a conductor needs of the world: where words come from, and what is done with them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.loop.events import Say
from analysis.interview.speaker.llm_speaker import Asker
from data.domain import Answer, KeyPointResult, Word


@dataclass(frozen=True, slots=True)
class Heard:
    """Words of the candidate; `words` carry times when they were spoken."""

    text: str
    words: tuple[Word, ...] = ()


NOTHING = Heard("")


class Floor(Protocol):
    """Where the candidate's words come from: a microphone, or a text box."""

    @property
    def seconds(self) -> float:
        """Where the round's recording stands; 0 when nothing is recorded."""

    @property
    def silent_seconds(self) -> float:
        """For how long nobody has been heard."""

    @property
    def turn_over(self) -> float | None:
        """How likely (0-1) the turn is over, by the sound before this pause; None: not measured."""

    def pause_to_judge(self) -> Callable[[], None] | None:
        """What is to be done on another thread to know `turn_over` of a new pause; None: nothing."""

    def heard(self) -> Heard:
        """What was heard since the last call; never blocks."""

    def last_words(self) -> Heard:
        """Everything said up to now and not given yet; may take seconds."""

    def settle(self) -> None:
        """The words that were taken are kept with the interview."""

    def hold(self, held: bool) -> None:
        """Record nothing (True) until further notice (False)."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The world of a conductor. `later` runs something on another thread and tells of its failure."""

    keep: Callable[[Interview], None]
    assess: Callable[[Answer], Sequence[KeyPointResult]]
    round_over: Callable[[Interview, int], None]
    later: Callable[[Callable[[], None], Callable[[Exception], None]], object]
    asker: Asker | None = None
    now: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the interviewer said last, in one go. `number` grows with each."""

    number: int = 0
    lines: tuple[Say, ...] = ()

    @property
    def text(self) -> str:
        """To be read aloud."""
        return " ".join(line.text for line in self.lines)
