"""Conducting an interview: real time and real words into the turn loop, its actions out into the world.

The loop itself is pure (`loop.step`). This is what the app runs around it: it listens on a thread of its
own, asks the floor for words, keeps every turn, and says when a round can be scored. Thread-safe.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from analysis.interview.keeping.kept_interview import Interview, changed, noted
from analysis.interview.listener.listener import listen
from analysis.interview.loop.events import (
    Action,
    Begin,
    Command,
    Event,
    Failed,
    Listen,
    Listened,
    PutInWords,
    Quiet,
    Reopened,
    RoundOver,
    Said,
    Say,
    TakeWords,
    Worded,
    Work,
)
from analysis.interview.loop.state import current_answer
from analysis.interview.loop.step import Step, step
from analysis.interview.moves.commands import CommandName
from analysis.interview.speaker.llm_speaker import in_their_words
from analysis.live.doors import NOTHING, Doors, Floor, Spoken
from data.domain import Answer, KeyPointResult, panics_as_errors
from data.domain.letters import visible

LOGGER = logging.getLogger(__name__)
Value = TypeVar("Value")
AWAY_SECONDS = 6.0
"""With no tick for this long nobody was there (a closed lid, a reload): the time does not count."""
KEEP_SECONDS = 10.0
"""The clock alone is kept this often, and what could not be kept is tried again; everything else at once."""
PATIENCE_SECONDS = 60.0
"""Work on another thread that is not back after this long has failed: the interview goes on without it."""


class Conductor:
    """One interview under way. Whatever fails around it is logged and sent into the loop as an event."""

    def __init__(self, interview: Interview, floor: Floor, doors: Doors) -> None:
        """Nothing happens before `begin` or `reopen`."""
        self.interview = interview
        self.spoken = Spoken()
        self.floor = floor
        self.begun = False
        self.slowest_line_seconds = 0.0
        self._doors = doors
        self._lock = threading.RLock()
        self._origin = doors.now() - interview.state.clock.last_seconds
        self._ticked = self._kept = self._seconds()
        self._choice = 0
        self._asked_at = self._ticked
        self._unkept = False
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
                self.keep_again()
                return
            away, self._ticked = now - self._ticked > AWAY_SECONDS, now
            if away and not state.clock.paused:
                self._send(Reopened(now))
                return
            if state.phase in ("collecting", "thinking") and now - self._asked_at > PATIENCE_SECONDS:
                self._choice += 1  # what still comes is too late
                self.failed("words" if state.phase == "collecting" else "probe")
            elif state.phase != "collecting":
                heard = _tried("hearing what was said", self.floor.heard, NOTHING)
                if heard.text:
                    self._send(Said(heard.text, now, words=heard.words))
            self._judge_pause()
            self._send(self._quiet())

    def write(self, text: str) -> None:
        """The candidate sent this text."""
        self._send(Said(visible(text), self._seconds(), done=True))
        self._settle()

    def wrote(self) -> None:
        """The candidate is writing code or a sketch: as little to be interrupted as speech."""
        self._wrote = self._doors.now()

    def command(self, name: CommandName) -> None:
        """The candidate pressed a button."""
        self._send(Command(name, self._seconds()))

    def failed(self, work: Work, problem: Exception | None = None) -> None:
        """Some work failed (it is in the log already), or has not come back: the interview goes on."""
        with self._lock:
            if problem is None:
                LOGGER.error("Interview: %s did not come back in time", work)
            told, self._unkept = self._unkept, self._unkept or work == "keep"
            if work != "keep" or not told:
                self._send(Failed(work, self._seconds()))

    def close(self) -> None:
        """Do and keep nothing more: the interview is being erased, or was left and goes on another day."""
        with self._lock:
            self._closed = True

    def note(self, change: Callable[[Interview], Interview]) -> None:
        """Keep a change that is not the loop's (which file is recorded, what is written down)."""
        with self._lock:
            if self._closed:
                return
            self.interview = change(self.interview)
            self._keep()

    def keep_again(self) -> None:
        """Try again to keep what could not be kept, now and then; call this as often as you like."""
        with self._lock:
            if self._unkept and not self._closed and self._seconds() - self._kept > KEEP_SECONDS:
                self._keep()

    @property
    def unkept(self) -> bool:
        """Whether the newest could not be written down yet."""
        return self._unkept

    def _seconds(self) -> float:
        return self._doors.now() - self._origin

    def _send(self, event: Event, *, also: bool = False) -> None:
        """Take the event. `also`: what is said because of it comes after what has just been said."""
        with self._lock:
            if self._closed:
                return
            before = self.interview
            after = step(before.state, event)
            self.interview = noted(before, after.state, self.floor.seconds)
            says = tuple(action for action in after.actions if isinstance(action, Say))
            if says:
                before_it = self.spoken.lines if also else ()
                self.spoken = Spoken(self.spoken.number + 1, (*before_it, *says))
            was_kept = not self._unkept
            if changed(before, self.interview) or self._seconds() - self._kept > KEEP_SECONDS:
                self._keep()
            if before.state.clock.paused != after.state.clock.paused:
                _tried("holding the recording", partial(self.floor.hold, after.state.clock.paused), None)
            for action in after.actions:
                self._do(action)
            if was_kept and self._unkept:
                self._send(Failed("keep", self._seconds()), also=True)
            if self.interview.feedback == "each" and _next_begun(after):
                self._send(Command("pause", self._seconds()))

    def _quiet(self) -> Quiet:
        silent, unwritten = self.floor.silent_seconds, self._doors.now() - self._wrote
        over = self.floor.turn_over if silent <= unwritten else None  # a hand at work says: not yet
        return Quiet(min(silent, unwritten), self._seconds(), over, unheard_seconds=silent)

    def _judge_pause(self) -> None:
        work = _tried("looking at a pause", self.floor.pause_to_judge, None)
        if work is not None:
            self._doors.later(work, partial(self.failed, "turn"))

    def _keep(self) -> None:
        self._kept = self._seconds()
        try:
            with panics_as_errors():
                self._doors.keep(self.interview)
        except Exception:  # the interview goes on, and it is tried again
            LOGGER.exception("An interview could not be kept")
            self._unkept = True
        else:
            before, self._unkept = self._unkept, False
            if before:
                self._settle()

    def _do(self, action: Action) -> None:
        try:
            with panics_as_errors():
                self._act(action)
        except Exception as problem:  # a door: what fails behind it becomes an event
            LOGGER.exception("An interview could not do what was due: %s", action)
            self.failed(_work(action), problem)

    def _act(self, action: Action) -> None:
        match action:
            case RoundOver(at):
                self._doors.round_over(self.interview, at)
            case TakeWords():
                self._asked_at = self._seconds()
                self._doors.later(self._collect, partial(self.failed, "words"))
            case Listen():
                self._beside(self._listen)
            case PutInWords(line, None):
                self._send(Worded(line, self._seconds()))
            case PutInWords(line, _) if self._doors.asker is None:
                self._send(Worded(line, self._seconds()))
            case PutInWords():
                self._beside(partial(self._put_in_words, action))
            case _:
                pass

    def _collect(self) -> None:
        heard = self.floor.last_words()
        with self._lock:
            done = self.interview.state.phase == "collecting"
            if done or heard.text:  # words that come too late are still words of the answer
                self._send(Said(heard.text, self._seconds(), done=done, words=heard.words))
        self._settle()

    def _settle(self) -> None:
        if not self._unkept:
            _tried("emptying what was taken", self.floor.settle, None)

    def _beside(self, work: Callable[[int], None]) -> None:
        """Do it on another thread. What comes after the loop has gone on without it is not heard any more."""
        self._choice += 1
        self._asked_at = self._seconds()
        self._doors.later(partial(work, self._choice), partial(self._not_done, self._choice))

    def _listen(self, choice: int) -> None:
        started = time.perf_counter()
        answer = current_answer(self.interview.state)
        heard = listen(answer, self._results(answer))
        self.slowest_line_seconds = max(self.slowest_line_seconds, time.perf_counter() - started)
        self._send_if_awaited(choice, Listened(heard, self._seconds()))

    def _put_in_words(self, wanted: PutInWords, choice: int) -> None:
        """The line in the candidate's own words by a chat model; the plain one whenever that fails."""
        answer = current_answer(self.interview.state)
        point = next((one for one in answer.question.key_points if one.id == wanted.point), None)
        asker, own = self._doors.asker, None
        if asker is not None and point is not None:
            reword = partial(in_their_words, asker, answer, wanted.line, point)
            own = _tried("wording a line", reword, None)
        said = Worded(own or wanted.line, self._seconds(), by_model=own is not None)
        self._send_if_awaited(choice, said)

    def _send_if_awaited(self, choice: int, event: Event) -> None:
        with self._lock:
            if choice == self._choice:
                self._send(event)

    def _not_done(self, choice: int, problem: Exception) -> None:
        with self._lock:
            if choice == self._choice:
                self.failed("probe", problem)

    def _results(self, answer: Answer) -> Sequence[KeyPointResult]:
        """What the scorer found; a scorer that fails leaves every point open, and the interview goes on."""
        points = answer.question.key_points
        open_points = tuple(KeyPointResult(point, "cannot_tell") for point in points)
        return _tried("looking for key points", partial(self._doors.assess, answer), open_points)


def _work(action: Action) -> Work:
    match action:
        case TakeWords():
            return "words"
        case Listen() | PutInWords():
            return "probe"
        case _:
            return "round"


def _tried(what: str, call: Callable[[], Value], otherwise: Value) -> Value:
    """What `call` gives; when it fails, that is logged, and the interview goes on with `otherwise`."""
    try:
        with panics_as_errors():
            return call()
    except Exception:  # a door: the interview does not stop for it
        LOGGER.exception("Interview: %s failed", what)
        return otherwise


def _next_begun(after: Step) -> bool:
    """Whether a round has just ended and another one has begun."""
    ended = any(isinstance(action, RoundOver) for action in after.actions)
    return ended and after.state.phase == "listening"
