"""Playing an interview with a scripted candidate through the very loop the app uses, on an invented clock."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from analysis.interview.listener.understood import Heard
from analysis.interview.loop.events import (
    Action,
    Begin,
    Event,
    Listen,
    Listened,
    PutInWords,
    Quiet,
    Said,
    Say,
    TakeWords,
    Worded,
)
from analysis.interview.loop.state import SPEAKING_WORDS_PER_SECOND, State, begin_state, current_answer
from analysis.interview.loop.step import step
from analysis.interview.planner.moves import Move
from analysis.interview.planning.plan import Plan
from analysis.interview.scripted_candidate import Script, first_answer, reply, written_for, written_reply
from data.domain import Answer

PIECE_WORDS = 25
MOST_EVENTS = 20_000
TALKED_OVER = ("nudge", "reminder", "fact")
SILENCE = re.compile(r"\[(\d+) s\]")
Listener = Callable[[Answer], Heard]


@dataclass(frozen=True, slots=True)
class Line:
    """Something said, and when (seconds of the interview)."""

    seconds: float
    speaker: Literal["interviewer", "candidate"]
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One move with its line, what had been said before it, and the seconds listening and choosing took."""

    round: int
    move: Move
    line: str
    before: Answer
    seconds: float


@dataclass(frozen=True, slots=True)
class Replay:
    """A played interview."""

    state: State
    lines: tuple[Line, ...]
    asked: tuple[Asked, ...]

    @property
    def minutes(self) -> float:
        """How long it took, pauses not counted."""
        return self.state.clock.active_seconds / 60

    @property
    def slowest_line_seconds(self) -> float:
        """The longest that a line took (real time)."""
        return max((one.seconds for one in self.asked), default=0.0)


def replay(plan: Plan, script: Script, listener: Listener) -> Replay:
    """Play the whole interview; `listener` says what it hears in the answer so far."""
    player = _Player(plan, script, listener)
    player.send(Begin())
    while player.state.phase != "ended":
        player.respond()
    return Replay(player.state, tuple(player.lines), tuple(player.asked))


class _Player:
    def __init__(self, plan: Plan, script: Script, listener: Listener) -> None:
        self.script, self.listener = script, listener
        self.state = begin_state(plan)
        self.lines: list[Line] = []
        self.asked: list[Asked] = []
        self.pending: list[str] = []
        self.given: list[tuple[int, str]] = []
        self.now = 0.0
        self.began = 0.0
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
        """Say what the script has for what was asked last, until interrupted or finished."""
        words, round_ = self._words(), self.state.round
        self.given.append((round_, words))
        for piece in _pieces(words, self._piece_words()):
            heard = len(self.lines)
            self._utter(piece)
            if self.state.phase != "listening" or self.state.round != round_ or self._interrupted(heard):
                return
        if self.lines[-1].kind in ("nudge", "fact"):
            return
        rest, self.pending = " ".join(self.pending), []
        self.send(Said(rest, self.now, done=True))

    def _words(self) -> str:
        question, round_ = self.state.current.question, self.state.round
        given = [text for number, text in self.given if number == round_]
        move = self.asked[-1].move if self.asked and self.asked[-1].round == round_ else None
        written = written_for(self.script, question)
        if written and given:
            line = next(one.text for one in reversed(self.lines) if one.speaker == "interviewer")
            return written_reply(written, question, move, line, given)
        if move is None:
            return first_answer(self.script, question)
        said = " ".join(current_answer(self.state).candidate_text.split())
        return reply(self.script, question, move, said)

    def _piece_words(self) -> int:
        """Without a pause the interviewer still looks at the clock every two seconds, as the app does."""
        return PIECE_WORDS if self.script.breathes else max(1, int(self.script.words_per_minute / 30))

    def _interrupted(self, heard: int) -> bool:
        """Whether something was said since line `heard` that one does not simply talk on after."""
        return any(one.speaker == "interviewer" and one.kind not in TALKED_OVER for one in self.lines[heard:])

    def _utter(self, piece: str) -> None:
        silence = SILENCE.fullmatch(piece)
        if silence:
            self._wait(int(silence.group(1)))
        else:
            self._speak(piece)

    def _wait(self, seconds: int) -> None:
        """Say nothing until so much time is over, something is asked, or the round ends."""
        heard, round_, began = len(self.lines), self.state.round, self.now
        for _ in range(seconds):
            self.now += 1.0
            self.send(Quiet(self.now - began, self.now))
            if self.state.phase != "listening" or self.state.round != round_:
                return
            if len(self.lines) != heard:
                if "?" in self.lines[-1].text:
                    return
                heard, began = len(self.lines), self.now

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
            case Listen():
                self.began = time.perf_counter()
                self.send(Listened(self.listener(current_answer(self.state)), self.now))
            case PutInWords(line):
                self._asks(line)
            case _:
                pass

    def _asks(self, line: str) -> None:
        move, took = self.state.move, time.perf_counter() - self.began
        if move is not None:
            self.asked.append(Asked(self.state.round, move, line, current_answer(self.state), took))
        self.send(Worded(line, self.now))


def unprompted(answer: Answer) -> Answer:
    """The answer up to the first probe: what it was worth without help."""
    kept = []
    for turn in answer.turns:
        if turn.speaker == "candidate" and turn.elicitation != "volunteered":
            break
        kept.append(turn)
    return replace(answer, turns=tuple(kept))


def _pieces(text: str, length: int) -> list[str]:
    """The text in pieces of so many words, each silence a piece of its own."""
    pieces = []
    for part in re.split(rf"({SILENCE.pattern.replace('(', '(?:')})", text):
        words = [part] if SILENCE.fullmatch(part) else part.split()
        pieces += [" ".join(words[at : at + length]) for at in range(0, len(words), length)]
    return pieces
