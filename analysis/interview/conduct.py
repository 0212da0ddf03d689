"""Conducting an interview: real time and real words into the turn loop, its actions out into the world.

The loop itself is pure (`turns.step`). This is what the app runs around it: it chooses probes on a thread of
their own, asks the floor for words, keeps every turn, and says when a round can be scored. Thread-safe.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from analysis.interview.choice import next_probe
from analysis.interview.events import (
    Action,
    Begin,
    ChooseProbe,
    Command,
    CommandName,
    Event,
    ProbeChosen,
    Quiet,
    Reopened,
    RoundOver,
    Said,
    Say,
    TakeWords,
)
from analysis.interview.kept import Interview, changed, noted
from analysis.interview.llm_probe import Asker, ground_probe
from analysis.interview.probes import Probe, choose_hint
from analysis.interview.state import current_answer
from analysis.interview.turns import Step, step
from data.domain import Answer, KeyPointResult, RehearseError, Word

AWAY_SECONDS = 6.0
"""With no tick for this long nobody was there (a closed lid, a reload): the time does not count."""
KEEP_SECONDS = 10.0
"""The clock alone is kept this often; everything else at once."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Words of the candidate; `words` carry times when they were spoken."""

    text: str
    words: tuple[Word, ...] = ()


class Floor(Protocol):
    """Where the candidate's words come from: a microphone, or a text box."""

    @property
    def seconds(self) -> float:
        """Where the round's recording stands; 0 when nothing is recorded."""

    @property
    def silent_seconds(self) -> float:
        """For how long nobody has been heard."""

    def heard(self) -> Heard:
        """What was heard since the last call; never blocks."""

    def last_words(self) -> Heard:
        """Everything said up to now and not given yet; may take seconds."""

    def hold(self, held: bool) -> None:
        """Record nothing (True) until further notice (False)."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The world of a conductor. `later` runs something on another thread."""

    keep: Callable[[Interview], None]
    assess: Callable[[Answer], Sequence[KeyPointResult]]
    round_over: Callable[[Interview, int], None]
    later: Callable[[Callable[[], None]], object]
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


class Conductor:
    """One interview under way."""

    def __init__(self, interview: Interview, floor: Floor, doors: Doors) -> None:
        """Nothing happens before `begin` or `reopen`."""
        self.interview = interview
        self.spoken = Spoken()
        self.floor = floor
        self.begun = False
        self.slowest_probe_seconds = 0.0
        self._doors = doors
        self._lock = threading.RLock()
        self._origin = doors.now() - interview.state.clock.last_seconds
        self._ticked = self._kept = self._seconds()
        self._choice = 0
        self._wrote = float("-inf")
        self._closed = False

    def begin(self) -> None:
        """Greet, and put the first question; go on where it was when it had begun."""
        self.begun = True
        waiting = self.interview.state.phase == "waiting"
        self._send(Begin(self._seconds()) if waiting else Reopened(self._seconds()))

    def tick(self) -> None:
        """Time has passed; call this about every second while somebody is there."""
        with self._lock:
            now, state = self._seconds(), self.interview.state
            if state.phase in ("waiting", "ended"):
                return
            away, self._ticked = now - self._ticked > AWAY_SECONDS, now
            if away and not state.clock.paused:
                self._send(Reopened(now))
                return
            if state.phase != "collecting":
                heard = self.floor.heard()
                if heard.text:
                    self._send(Said(heard.text, now, words=heard.words))
            still = min(self.floor.silent_seconds, self._doors.now() - self._wrote)
            self._send(Quiet(still, self._seconds()))

    def write(self, text: str) -> None:
        """The candidate sent this text."""
        self._send(Said(text, self._seconds(), done=True))

    def wrote(self) -> None:
        """The candidate is writing code or a sketch: as little to be interrupted as speech."""
        self._wrote = self._doors.now()

    def command(self, name: CommandName) -> None:
        """The candidate pressed a button."""
        self._send(Command(name, self._seconds()))

    def close(self) -> None:
        """Do and keep nothing more: the interview is being erased."""
        with self._lock:
            self._closed = True

    def note(self, change: Callable[[Interview], Interview]) -> None:
        """Keep a change that is not the loop's (which file is recorded, when it was paused)."""
        with self._lock:
            self.interview = change(self.interview)
            self._doors.keep(self.interview)

    def _seconds(self) -> float:
        return self._doors.now() - self._origin

    def _send(self, event: Event) -> None:
        with self._lock:
            if self._closed:
                return
            before = self.interview
            after = step(before.state, event)
            self.interview = noted(before, after.state, self.floor.seconds)
            says = tuple(action for action in after.actions if isinstance(action, Say))
            if says:
                self.spoken = Spoken(self.spoken.number + 1, says)
            if changed(before, self.interview) or self._seconds() - self._kept > KEEP_SECONDS:
                self._kept = self._seconds()
                self._doors.keep(self.interview)
            if before.state.clock.paused != after.state.clock.paused:
                self.floor.hold(after.state.clock.paused)
            for action in after.actions:
                self._do(action)
            if self.interview.feedback == "each" and _next_begun(after):
                self._send(Command("pause", self._seconds()))

    def _do(self, action: Action) -> None:
        match action:
            case RoundOver(at):
                self._doors.round_over(self.interview, at)
            case TakeWords():
                self._doors.later(self._collect)
            case ChooseProbe(hint):
                self._choice += 1
                self._doors.later(partial(self._choose, hint, self._choice))
            case _:
                pass

    def _collect(self) -> None:
        heard = self.floor.last_words()
        with self._lock:
            if self.interview.state.phase == "collecting":
                self._send(Said(heard.text, self._seconds(), done=True, words=heard.words))

    def _choose(self, hint: bool, choice: int) -> None:
        started, state = time.perf_counter(), self.interview.state
        answer = current_answer(state)
        results = self._results(answer)
        probe = choose_hint(results, state.probed) if hint else next_probe(state, results)
        self.slowest_probe_seconds = max(self.slowest_probe_seconds, time.perf_counter() - started)
        if probe and not hint and self._doors.asker:
            probe = ground_probe(self._doors.asker, answer, probe)
        with self._lock:
            if choice == self._choice:
                self._send(_chosen(probe, self._seconds()))

    def _results(self, answer: Answer) -> Sequence[KeyPointResult]:
        """What the scorer found; a scorer that fails leaves every point open, and the interview goes on."""
        try:
            return self._doors.assess(answer)
        except RehearseError:
            return tuple(KeyPointResult(point, "cannot_tell") for point in answer.question.key_points)


def _next_begun(after: Step) -> bool:
    """Whether a round has just ended and another one has begun."""
    ended = any(isinstance(action, RoundOver) for action in after.actions)
    return ended and after.state.phase == "listening"


def _chosen(probe: Probe | None, seconds: float) -> ProbeChosen:
    point = probe.key_point.id if probe and probe.key_point else None
    return ProbeChosen(probe.text if probe else None, seconds, point)
