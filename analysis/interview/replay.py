"""Playing an interview with a scripted candidate through the very loop the app uses, on an invented clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.interview.loop.events import (
    Action,
    Begin,
    ChooseProbe,
    Event,
    ProbeChosen,
    Quiet,
    Said,
    Say,
    TakeWords,
)
from analysis.interview.loop.state import SPEAKING_WORDS_PER_SECOND, State, begin_state, current_answer
from analysis.interview.loop.step import next_probe, step
from analysis.interview.moves.probes import Probe, choose_hint
from analysis.interview.planning.plan import Plan
from analysis.interview.scripted_candidate import Script, first_answer, reply
from data.domain import Answer, KeyPoint, KeyPointResult

PIECE_WORDS = 25
MOST_EVENTS = 5000
Assess = Callable[[Answer], Sequence[KeyPointResult]]


@dataclass(frozen=True, slots=True)
class Line:
    """Something said, and when (seconds of the interview)."""

    seconds: float
    speaker: Literal["interviewer", "candidate"]
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class AskedProbe:
    """One probe with what the scorer had found before it, and the seconds that choosing it really took."""

    round: int
    probe: Probe
    before: Answer
    seconds: float


@dataclass(frozen=True, slots=True)
class Replay:
    """A played interview."""

    state: State
    lines: tuple[Line, ...]
    probes: tuple[AskedProbe, ...]

    @property
    def minutes(self) -> float:
        """How long it took, pauses not counted."""
        return self.state.clock.active_seconds / 60

    @property
    def slowest_probe_seconds(self) -> float:
        """The longest that choosing a probe took, the scorer's work included (real time)."""
        return max((asked.seconds for asked in self.probes), default=0.0)


def replay(plan: Plan, script: Script, assess: Assess) -> Replay:
    """Play the whole interview. `assess` gives the key points of the answer so far."""
    player = _Player(plan, script, assess)
    player.send(Begin())
    while player.state.phase != "ended":
        player.respond()
    return Replay(player.state, tuple(player.lines), tuple(player.probes))


class _Player:
    def __init__(self, plan: Plan, script: Script, assess: Assess) -> None:
        self.script, self.assess = script, assess
        self.state = begin_state(plan)
        self.lines: list[Line] = []
        self.probes: list[AskedProbe] = []
        self.pending: list[str] = []
        self.looked_for: KeyPoint | None = None
        self.now = 0.0
        self.events = 0

    def send(self, event: Event) -> None:
        self.events += 1
        if self.events > MOST_EVENTS:
            raise RuntimeError("The interview does not end.")
        after = step(self.state, event)
        self.state = after.state
        for action in after.actions:
            self._do(action)

    def respond(self) -> None:
        """Say what the script has for the question or probe that is open, until interrupted or finished."""
        at = (self.state.round, self.state.probes)
        question = self.state.current.question
        first = self.state.probes == 0
        text = first_answer(self.script, question) if first else reply(self.script, question, self.looked_for)
        for piece in _pieces(text, self._piece_words()):
            self._speak(piece)
            if self.state.phase != "listening" or (self.state.round, self.state.probes) != at:
                return
        rest, self.pending = " ".join(self.pending), []
        self.send(Said(rest, self.now, done=True))

    def _piece_words(self) -> int:
        """Without a pause the interviewer still looks at the clock every two seconds, as the app does."""
        return PIECE_WORDS if self.script.breathes else max(1, int(self.script.words_per_minute / 30))

    def _speak(self, piece: str) -> None:
        self.now += len(piece.split()) * 60 / self.script.words_per_minute
        self.lines.append(Line(self.now, "candidate", piece, self.state.elicitation))
        if not self.script.breathes:
            self.pending.append(piece)
            self.send(Quiet(0.0, self.now))
            return
        self.send(Said(piece, self.now))
        self.now += 2.0
        self.send(Quiet(2.0, self.now))

    def _do(self, action: Action) -> None:
        match action:
            case Say(text, kind):
                self.lines.append(Line(self.now, "interviewer", text, kind))
                self.now += len(text.split()) / SPEAKING_WORDS_PER_SECOND
            case TakeWords():
                rest, self.pending = " ".join(self.pending), []
                self.send(Said(rest, self.now, done=True))
            case ChooseProbe(hint):
                self._choose(hint)
            case _:
                pass

    def _choose(self, hint: bool) -> None:
        started = time.perf_counter()
        answer = current_answer(self.state)
        results = self.assess(answer)
        probe = choose_hint(results, self.state.probed) if hint else next_probe(self.state, results)
        took = time.perf_counter() - started
        if probe:
            self.probes.append(AskedProbe(self.state.round, probe, answer, took))
        self.looked_for = probe.key_point if probe else None
        point = self.looked_for.id if self.looked_for else None
        self.send(ProbeChosen(probe.text if probe else None, self.now, point))


def unprompted(answer: Answer) -> Answer:
    """The answer up to the first probe: what it was worth without help."""
    kept = []
    for turn in answer.turns:
        if turn.speaker == "candidate" and turn.elicitation != "volunteered":
            break
        kept.append(turn)
    return replace(answer, turns=tuple(kept))


def _pieces(text: str, length: int) -> list[str]:
    words = text.split()
    return [" ".join(words[at : at + length]) for at in range(0, len(words), length)]
