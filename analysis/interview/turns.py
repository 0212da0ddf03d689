"""The turn loop of a mock interview as a pure state machine: `step(state, event) -> (state, actions)`.

It runs the same in the app, in tests and from a script; time only enters through events.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from analysis.interview import lines
from analysis.interview.plan import Plan, Round
from data.domain import Elicitation, Turn

MAX_PROBES = 2
PATIENCE_SECONDS = (4.0, 12.0)
"""Silence before "take your time", and before the offer to move on. Never less than 4 s: thinking is fine."""
REMINDER_SHARE = 0.75
"""The share of a round after which the time left is mentioned once."""

Phase = Literal["waiting", "listening", "thinking", "ended"]


@dataclass(frozen=True, slots=True)
class Begin:
    """The candidate is ready."""


@dataclass(frozen=True, slots=True)
class Said:
    """The candidate said something; `done` when they have finished answering."""

    text: str
    seconds: float
    done: bool = False


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing was said for this many seconds."""

    silent_seconds: float
    seconds: float


@dataclass(frozen=True, slots=True)
class ProbeChosen:
    """What the interviewer asks next; None moves on. `hints` when the probe had to give content."""

    text: str | None
    hints: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """What the candidate asks of the interviewer."""

    name: Literal["repeat", "skip", "pause", "resume", "end"]
    seconds: float


Event = Begin | Said | Quiet | ProbeChosen | Command


@dataclass(frozen=True, slots=True)
class Say:
    """The interviewer says this (and it is always shown as text)."""

    text: str


@dataclass(frozen=True, slots=True)
class ChooseProbe:
    """Look for the one probe that would tell most about the answer so far."""


@dataclass(frozen=True, slots=True)
class RoundOver:
    """This round can be scored."""

    round: int


@dataclass(frozen=True, slots=True)
class InterviewOver:
    """Everything has been asked."""


Action = Say | ChooseProbe | RoundOver | InterviewOver


@dataclass(frozen=True, slots=True)
class State:
    """Where an interview stands; enough to go on after the lid was closed. Seconds from its beginning."""

    plan: Plan
    phase: Phase = "waiting"
    round: int = 0
    turns: tuple[tuple[Turn, ...], ...] = ()
    """The dialogue of each round."""
    probes: int = 0
    nudges: int = 0
    reminded: bool = False
    round_began_seconds: float = 0.0
    now_seconds: float = 0.0
    paused: bool = False
    elicitation: Elicitation = "volunteered"

    @property
    def current(self) -> Round:
        """The round being played."""
        return self.plan.rounds[self.round]

    @property
    def dialogue(self) -> tuple[Turn, ...]:
        """The turns of the current round."""
        return self.turns[-1] if self.turns else ()


Step = tuple[State, tuple[Action, ...]]


def step(state: State, event: Event) -> Step:
    """What happens next. An event that makes no sense now changes nothing."""
    if state.phase == "ended":
        return state, ()
    match event:
        case Begin() if state.phase == "waiting":
            return _ask(state, (Say(lines.greeting(state.plan)),))
        case Command():
            return _obey(_at(state, event.seconds), event)
        case Said() if not state.paused and state.phase == "listening":
            return _hear(_at(state, event.seconds), event)
        case Quiet() if not state.paused and state.phase == "listening":
            return _wait(_at(state, event.seconds), event.silent_seconds)
        case ProbeChosen() if state.phase == "thinking":
            return _probe(state, event)
        case _:
            return state, ()


def _at(state: State, seconds: float) -> State:
    return replace(state, now_seconds=max(state.now_seconds, seconds))


def _spent(state: State) -> float:
    return state.now_seconds - state.round_began_seconds


def _with_turn(state: State, turn: Turn) -> State:
    return replace(state, turns=(*state.turns[:-1], (*state.dialogue, turn)))


def _say(state: State, text: str) -> State:
    return _with_turn(state, Turn(len(state.dialogue), "interviewer", text))


def _ask(state: State, first: tuple[Action, ...] = ()) -> Step:
    text = state.current.question.text
    asked = _say(replace(state, turns=(*state.turns, ())), text)
    fresh = replace(
        asked,
        phase="listening",
        probes=0,
        nudges=0,
        reminded=False,
        elicitation="volunteered",
        round_began_seconds=state.now_seconds,
    )
    return fresh, (*first, Say(text))


def _hear(state: State, said: Said) -> Step:
    heard = state
    if said.text.strip():
        turn = Turn(len(state.dialogue), "candidate", said.text.strip(), elicitation=state.elicitation)
        heard = replace(_with_turn(state, turn), nudges=0)
    if not said.done:
        answered = lines.clarification(said.text, state.current.question)
        if answered:
            return _say(heard, answered), (Say(answered),)
        return _remind(heard)
    if heard.probes >= MAX_PROBES or _spent(heard) >= heard.current.minutes * 60:
        return _next_round(heard)
    return replace(heard, phase="thinking"), (ChooseProbe(),)


def _remind(state: State) -> Step:
    allowed = state.current.minutes * 60
    if state.reminded or _spent(state) < REMINDER_SHARE * allowed:
        return state, ()
    text = lines.time_left(allowed - _spent(state))
    return replace(state, reminded=True), (Say(text),)


def _wait(state: State, silent_seconds: float) -> Step:
    if _spent(state) >= state.current.minutes * 60:
        return _next_round(state)
    if state.nudges < len(PATIENCE_SECONDS) and silent_seconds >= PATIENCE_SECONDS[state.nudges]:
        return replace(state, nudges=state.nudges + 1), (Say(lines.NUDGES[state.nudges]),)
    return state, ()


def _probe(state: State, chosen: ProbeChosen) -> Step:
    if not chosen.text:
        return _next_round(state)
    asked = replace(
        _say(state, chosen.text),
        phase="listening",
        probes=state.probes + 1,
        nudges=0,
        elicitation="hinted" if chosen.hints else "prompted",
    )
    return asked, (Say(chosen.text),)


def _next_round(state: State) -> Step:
    over = RoundOver(state.round)
    if state.round + 1 >= len(state.plan.rounds):
        return replace(state, phase="ended"), (over, Say(lines.CLOSING), InterviewOver())
    return _ask(replace(state, round=state.round + 1), (over, Say(lines.NEXT_ROUND)))


def _obey(state: State, command: Command) -> Step:
    match command.name:
        case "pause" if not state.paused:
            return replace(state, paused=True), (Say(lines.PAUSED),)
        case "resume" if state.paused:
            return replace(state, paused=False), (Say(lines.RESUMED),)
        case "repeat" if state.dialogue:
            return state, (Say(lines.last_question(state.dialogue)),)
        case "skip" if state.phase in ("listening", "thinking"):
            return _next_round(state)
        case "end":
            over = (RoundOver(state.round),) if state.dialogue else ()
            return replace(state, phase="ended"), (*over, Say(lines.CLOSING), InterviewOver())
        case _:
            return state, ()
