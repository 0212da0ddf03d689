"""What goes into the turn loop (events) and what comes out (actions).

`seconds` of an event is what a clock shows that started with the interview; it only has to grow. Whether
time counts (it does not while paused) is the loop's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.interview.listener.understood import Heard
from analysis.interview.moves.commands import CommandName
from data.domain import Word

LineKind = Literal["greeting", "question", "probe", "hint", "fact", "nudge", "reminder", "repeat", "remark"]


@dataclass(frozen=True, slots=True)
class Begin:
    """The candidate is ready."""

    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Said:
    """The candidate said or wrote this. `done`: they have finished (a button, or a message was sent).

    A spoken answer may arrive in pieces; pieces without an interviewer's line between them become one turn.
    `words` carry times in seconds of the recording.
    """

    text: str
    seconds: float
    done: bool = False
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Quiet:
    """The time, and for how long nobody has been heard or seen writing (0 while somebody does).

    `turn_over`: how likely (0-1) what was said before is a whole turn, by its sound; None: not measured.
    `unheard_seconds`: for how long there was no voice, where it is more because somebody writes. Send it
    every second.
    """

    silent_seconds: float
    seconds: float
    turn_over: float | None = None
    unheard_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Listened:
    """What the listener made of the candidate's latest words."""

    heard: Heard
    seconds: float


@dataclass(frozen=True, slots=True)
class Worded:
    """The line for the move that was decided on; `by_model` when a chat model worded it."""

    text: str
    seconds: float
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """What the candidate asks of the interviewer by a button."""

    name: CommandName
    seconds: float


@dataclass(frozen=True, slots=True)
class Reopened:
    """The page was closed and is open again: time between does not count, the clock may start anew."""

    seconds: float


Work = Literal["words", "probe", "keep", "round", "recording", "turn"]
"""words: taking what was said last; probe: listening and wording; keep: writing the interview down;
round: putting an answer away when its round is over; recording: writing down what is heard and seen;
turn: judging by the sound whether a turn is over."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Some work of the interviewer failed, or did not come back. It is in the log; the interview goes on."""

    work: Work
    seconds: float


Event = Begin | Said | Quiet | Listened | Worded | Command | Reopened | Failed


@dataclass(frozen=True, slots=True)
class Say:
    """The interviewer says this (and it is always shown as text)."""

    text: str
    kind: LineKind
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class Listen:
    """Answer with Listened: what was said since the last line. It may take a second."""


@dataclass(frozen=True, slots=True)
class PutInWords:
    """Answer with Worded: this line, or the same in better words. It may take seconds.

    `point` is the id of the key point that it looks for.
    """

    line: str
    point: str | None = None


@dataclass(frozen=True, slots=True)
class TakeWords:
    """Answer with Said(..., done=True): the words heard and not sent yet, or nothing. The floor changes."""


@dataclass(frozen=True, slots=True)
class RoundOver:
    """This round (from 0) can be scored."""

    round: int


@dataclass(frozen=True, slots=True)
class InterviewOver:
    """Everything has been asked, or the interview was ended."""


Action = Say | Listen | PutInWords | TakeWords | RoundOver | InterviewOver
