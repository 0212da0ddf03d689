"""A mock interview with all that must outlive the page: who, how, the state, what each round left. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from analysis.interview.loop.state import Dialogue, State
from analysis.interview.planner.moves import MoveKind
from data.domain import CaptureMode, Elicitation, KeptInterview, Question, RehearseError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FORM = 1
"""Of the saved form; raise it when a field changes its meaning."""
Feedback = Literal["end", "each"]


@dataclass(frozen=True, slots=True)
class LineAt:
    """When the interviewer's line was put (seconds of the round's recording), and what words after it are.

    `move` is None for the question itself, for a reply, and in what an earlier version kept.
    """

    seconds: float
    elicitation: Elicitation
    move: MoveKind | None = None


@dataclass(frozen=True, slots=True)
class RoundKept:
    """What is known of a round that has begun. `seconds` is the counted time it took.

    `given_seconds` is the time it was given, None when it was kept by a version that did not say;
    `lines` has one entry for each of the interviewer's turns; `pauses` are the seconds of the recording at
    which it was interrupted; `files` are the parts of the recording; `written` says whether all of it is in
    its attempt, None in what an earlier version kept.
    """

    attempt_id: str
    seconds: float = 0.0
    lines: tuple[LineAt, ...] = ()
    pauses: tuple[float, ...] = ()
    files: tuple[str, ...] = ()
    given_seconds: float | None = None
    written: bool | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """One mock interview. `feedback` "each" shows what an answer was worth before the next question.

    `receiver` is the model that its candidate let it be sent to, and where that runs; empty for none.
    """

    id: str
    candidate_id: str
    mode: CaptureMode
    started_at: datetime
    state: State
    feedback: Feedback = "end"
    scorer: str = "reader"
    rounds: tuple[RoundKept, ...] = ()
    form: int = FORM
    receiver: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will be asked."""
        return self.state.phase == "ended"

    def id_of_round(self, at: int) -> str:
        """The attempt of round `at` (from 0), begun or not.

        It stands in addresses, and whoever an answer is shared with knows it: no interview is found by it.
        """
        if at < len(self.rounds):
            return self.rounds[at].attempt_id
        return blake2b(f"{self.id}-{at + 1}".encode(), digest_size=16).hexdigest()

    def question(self, at: int) -> Question:
        """The question of round `at` (from 0)."""
        return self.state.plan.rounds[at].question


def noted(interview: Interview, after: State, seconds: float) -> Interview:
    """The interview moved on to `after`; `seconds` is where the round's recording stands (0 when typed)."""
    before, rounds = interview.state, list(interview.rounds)
    if before.dialogues and rounds:
        spent = after.clock.active_seconds - before.round_at
        rounds[-1] = replace(rounds[-1], seconds=round(max(0.0, spent), 1))
        rounds[-1] = _with_lines(rounds[-1], after.dialogues[len(rounds) - 1], after, seconds)
        if after.clock.paused and not before.clock.paused:
            rounds[-1] = replace(rounds[-1], pauses=(*rounds[-1].pauses, seconds))
    while len(rounds) < len(after.dialogues):
        attempt_id = interview.id_of_round(len(rounds))
        files = () if interview.mode == "typed" else (f"{attempt_id}.mp4",)
        begun = RoundKept(attempt_id, files=files, given_seconds=round(after.round_seconds, 1), written=False)
        rounds.append(_with_lines(begun, after.dialogues[len(rounds)], after, 0.0))
    return replace(interview, state=after, rounds=tuple(rounds))


def changed(before: Interview, after: Interview) -> bool:
    """Whether more than the clock moved on, so that it is worth keeping at once."""
    one, two = before.state, after.state
    return (one.phase, one.round, one.dialogues, one.probes, one.clock.paused) != (
        two.phase,
        two.round,
        two.dialogues,
        two.probes,
        two.clock.paused,
    ) or [kept.files for kept in before.rounds] != [kept.files for kept in after.rounds]


def with_written(interview: Interview, at: int) -> Interview:
    """All of round `at` is in its attempt."""
    done = replace(interview.rounds[at], written=True)
    return replace(interview, rounds=(*interview.rounds[:at], done, *interview.rounds[at + 1 :]))


def unwritten(interview: Interview) -> tuple[int, ...]:
    """The rounds that have ended and are not written down."""
    ended = len(interview.rounds) - (not interview.over)
    return tuple(at for at in range(ended) if interview.rounds[at].written is False)


def to_kept(interview: Interview) -> KeptInterview:
    """As the store keeps it. Once it is over and written down, the words are in the attempts, and only there.

    Until then it is not over for the store: a server that is killed must find them.
    """
    state = interview.state
    over = interview.over and not unwritten(interview)
    if over:
        wordless = tuple(replace(one, turns=()) for one in state.dialogues)
        state = replace(state, dialogues=wordless)
    written = _adapter().dump_json(replace(interview, state=state)).decode()
    return KeptInterview(interview.id, interview.candidate_id, interview.started_at, over, written)


def from_kept(kept: KeptInterview) -> Interview:
    """The interview that `to_kept` wrote. RehearseError when it cannot be read."""
    from pydantic import ValidationError

    try:
        interview = _adapter().validate_json(kept.state)
    except ValidationError as error:
        raise RehearseError("The kept interview cannot be read.", "Start a new one.") from error
    if interview.form != FORM:
        raise RehearseError("The interview was kept by another version of the app.", "Start a new one.")
    return interview


def _with_lines(kept: RoundKept, dialogue: Dialogue, state: State, seconds: float) -> RoundKept:
    asked = sum(turn.speaker == "interviewer" for turn in dialogue.turns)
    told = sum(line.move is not None for line in kept.lines)
    move = next(iter(state.made.kinds[told:]), None)
    fresh = (LineAt(seconds, state.elicitation, move),) * (asked - len(kept.lines))
    return replace(kept, lines=(*kept.lines, *fresh)) if fresh else kept


@cache
def _adapter() -> TypeAdapter[Interview]:
    from pydantic import TypeAdapter

    return TypeAdapter(Interview)
