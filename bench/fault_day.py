"""One scripted day of `bench.fault_days`: what the product does with what people say, through its own code.

It runs in a process of its own, which may be killed. Before each step it tells whoever watches what it is
about to do, and waits until it may; after it, what a user would have been told: done, or refused and why.
What reads words out of sound and judges them is replaced by hand: nothing of it is kept anywhere.
"""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from hashlib import blake2b
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, TypeVar

import av
import numpy as np

from analysis import media
from analysis.answering import one_answer, uploaded
from analysis.interview.keeping.end_figures import report_of
from analysis.interview.planning.plan import Plan, share_time
from analysis.live import answers_under_way
from analysis.live.answers_under_way import AnswerRunning, Answers
from analysis.live.executor import Supervised
from analysis.live.interview_running import Running
from analysis.live.interviews_under_way import Interviews
from analysis.live.judging_jobs import Jobs
from analysis.live.listening import LiveAnswer
from analysis.live.world import World
from analysis.signals.switches import METRICS, switch_off
from bench.fault_hands import FromFile, Lowest, MovedClock, Typist, limit_files, replace_by_hand
from data.carrying import KEEP_SECONDS, SETTLED_SECONDS, Carrier
from data.domain import (
    AttemptResult,
    CaptureMode,
    Change,
    Evidence,
    Question,
    RehearseError,
    Speech,
    Transcript,
    Word,
)
from data.questions import load_questions, question_by_id
from data.recordings import Recordings
from data.settings import load_settings
from data.store import Database
from data.store.backups import write_backup

PERSON = "local"
PIECES, PICTURES_A_SECOND, SOUND_RATE = 3, 8, 48_000
"""Of a recording: seconds, and how much a second has."""
_QUESTIONS = ("url-shortener", "distributed-replica-lag", "lru-cache")
_VOCABULARY = (
    "shard",
    "cache",
    "queue",
    "index",
    "leader",
    "replica",
    "write",
    "read",
    "limit",
    "retry",
    "log",
)
_MILLISECOND, _SAMPLE = Fraction(1, 1000), Fraction(1, SOUND_RATE)
_PATIENCE_SECONDS = 30.0
_LOOK_SECONDS = 0.005
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a day keeps things. `folder` is on the disk that may be full."""

    database_url: str
    recordings_url: str
    folder: Path
    seed: int

    @property
    def recordings(self) -> Recordings:
        """As the product has them; whether there is room is found out by writing."""
        return Recordings(self.recordings_url, free_bytes_needed=0, here=self.folder / "recordings")


@dataclass(frozen=True, slots=True)
class Line:
    """What is told: of which thing (an attempt's id, a key), and what is known of it."""

    kind: Literal["trying", "done", "refused", "broken", "over"]
    step: str = ""
    of: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Go:
    """That a step may be taken: with a clock that is wrong by so much, and no file longer than that."""

    clock_seconds: float = 0.0
    file_bytes: int | None = None


def world_of(place: Place) -> World:
    """Everything that a page would bring."""
    replace_by_hand(place.folder)
    told = {"DATABASE_URL": place.database_url, "MODELS_DIR": str(place.folder / "models")}
    settings = load_settings(told, place.folder / "none.toml")
    session = Database.open(place.database_url).session()
    return World(session, place.recordings, settings, FromFile(), (Lowest(),), None, Jobs(), None)


@cache
def questions() -> tuple[Question, ...]:
    """Those of a day."""
    every = load_questions()
    return tuple(question_by_id(every, name) for name in _QUESTIONS)


# --- the day ------------------------------------------------------------------------------------


def spend(place: Place, wire: Connection) -> None:
    """Spend the day that belongs to the place's seed; an entry point of a process."""
    day = _Day(place, wire)
    for task in day.tasks():
        day.do(task)
    wire.send(Line("over"))


class _Day:
    def __init__(self, place: Place, wire: Connection) -> None:
        self.place, self.wire = place, wire
        self.dice = random.Random(place.seed)
        self.clock = MovedClock()
        self.questions = questions()
        self.world = world_of(place)
        self.session = self.world.session
        self.answers = Answers(Supervised(2, "finish an answer"))
        self.carrier = Carrier(self.world.recordings)
        self.kept: list[str] = []

    def tasks(self) -> list[Callable[[], None]]:
        """What is done that day: something is said, and a few other things, in an order of its own."""
        modes: tuple[CaptureMode, ...] = ("camera", "microphone")
        some = [self._typed, self._sent, self._interview, self._written, self._carry]
        some = [partial(self._spoken, self.dice.choice(modes)), *self.dice.sample(some, 3)]
        some += [self._backup] if self.dice.random() < 0.3 else []
        self.dice.shuffle(some)
        return [*some, self._erase, self._carry]

    def do(self, task: Callable[[], None]) -> None:
        """What cannot be read between two steps is told, as a page would, and the next thing is done."""
        try:
            task()
        except RehearseError as refusal:
            self.wire.send(Line("refused", "looked", "", str(refusal)))

    def _step(self, name: str, of: str, value: str, work: Callable[[], Done]) -> Done | None:
        """Take a step when it may be taken, and tell what a user would be told."""
        self.wire.send(Line("trying", name, of, value))
        go: Go = self.wire.recv()
        self.clock.seconds = go.clock_seconds
        limit_files(go.file_bytes)
        try:
            done = work()
        except RehearseError as refusal:
            self.wire.send(Line("refused", name, of, str(refusal)))
            return None
        except Exception:  # what the product has no words for
            self.wire.send(Line("broken", name, of, traceback.format_exc()))
            return None
        self.wire.send(Line("done", name, of or str(done), value or str(done)))
        return done

    def _said(self) -> str:
        return " ".join(self.dice.choices(_VOCABULARY, k=12)) + f" {self.dice.randrange(10**9)}"

    def _spoken(self, mode: CaptureMode) -> None:
        question, text = self.dice.choice(self.questions), self._said()
        start = partial(self.answers.start, self.world, "visit", question, mode)
        begun = self._step("begun", "", "", start)
        running = self.answers.find(self.world.viewer, begun) if begun else None
        if begun is None or running is None:
            return
        recorder = media.Recorder(running.path, video=mode == "camera", on_audio=running.live.on_audio)
        for second in range(PIECES):
            self._step("growing", begun, "", partial(_record, recorder, second, mode == "camera"))
        if self._step("recorded", begun, "", lambda: _facts(recorder)) is None:
            return
        running.live = LiveAnswer(_heard(text), None)
        if self._step("words", begun, text, partial(self._finish, running)) is not None:
            self._judged(begun, question)

    def _finish(self, running: AnswerRunning) -> str:
        self.answers.finish(self.world, running)
        assert running.finishing is not None
        answers_under_way.wait(running, running.finishing)
        self.answers.forget(self.world.viewer, running.attempt.id)
        return "kept"

    def _judged(self, name: str, question: Question) -> None:
        """Scored, looked back at by its candidate, corrected."""
        self.kept.append(name)
        self._step("scored", name, "lowest", lambda: self._score(name, question))
        self._step("rated", name, "3.0", lambda: self.session.answers.rate(name, {"C1": 3.0}) or "rated")
        result = self.session.answers.load(name)
        if result is not None and result.assessment is not None:
            said = Evidence(result.turns[1].text.split()[0], 1, "volunteered")
            point = question.key_points[0].id
            mark = partial(self.session.answers.mark_own, name, point, said)
            self._step("marked", name, point, mark)
        if self.dice.random() < 0.5:
            text = self._said()
            self._step("words", name, text, lambda: self._correct(name, question, text))

    def _score(self, name: str, question: Question) -> str:
        one_answer.score_answer(self.session, self._loaded(name), question, Lowest())
        return "scored"

    def _correct(self, name: str, question: Question, text: str) -> str:
        one_answer.correct(self.session, self._loaded(name), question, text)
        return "corrected"

    def _loaded(self, name: str) -> AttemptResult:
        result = self.session.answers.load(name)
        if result is None:
            raise AssertionError(f"the answer {name} is gone")
        return result

    def _typed(self) -> None:
        question, text = self.dice.choice(self.questions), self._said()
        attempt = self._step(
            "begun",
            "",
            "typed",
            lambda: (
                one_answer.start_answer(
                    self.session, candidate_id=PERSON, session_id="visit", question=question, mode="typed"
                ).id
            ),
        )
        if attempt is None:
            return
        begun = self._loaded(attempt).attempt
        keep = partial(one_answer.keep_answer, self.session, begun, question, one_answer.typed_speech(text))
        if self._step("words", attempt, text, lambda: keep() and "kept") is not None:
            self._judged(attempt, question)

    def _sent(self) -> None:
        """A file that was recorded elsewhere is handed over; it is read another day."""
        handed = _Handed(self.dice.randbytes(self.dice.randrange(200_000, 2_000_000)))
        start = partial(one_answer.start_answer, self.session, candidate_id=PERSON, session_id="visit")
        begun = self._step("begun", "", "", lambda: start(question=self.questions[0], mode="upload").id)
        if begun is not None:
            attempt = self._loaded(begun).attempt
            keep = partial(uploaded.keep_file, self.world, attempt, handed)
            self._step("sent", begun, handed.print, lambda: keep() and handed.print)

    def _interview(self) -> None:
        held = Interviews(Supervised(1, "quick"), Supervised(1, "slow"))
        plan = Plan(share_time(self.questions[:2], 10.0), 10.0)
        begun = self._step(
            "interview", "", "begun", lambda: held.start(self.world, plan, "typed", "end", "lowest")
        )
        if begun is None:
            return
        for number in range(4):
            text = self._said()
            self._step("turn", begun, text, partial(self._turn, held, begun, text))
            if number == 1:
                self._step("next", begun, "", partial(self._command, held, begun))
        self._step("ended", begun, "", lambda: self._end(held, begun))

    def _turn(self, held: Interviews, name: str, text: str) -> str:
        running = held.go_on(self.world, name)
        running.conductor.write(text)
        if running.conductor.unkept:
            raise RehearseError("The newest could not be kept yet.")
        return "kept"

    def _command(self, held: Interviews, name: str) -> str:
        held.go_on(self.world, name).conductor.command("next")
        return "asked"

    def _end(self, held: Interviews, name: str) -> str:
        """Over and kept, which a page draws the report of."""
        held.end(self.world, name)
        running = held.go_on(self.world, name)
        until = time.monotonic() + _PATIENCE_SECONDS
        while not self._is_reported(running) and time.monotonic() < until:
            time.sleep(_LOOK_SECONDS)
        if not self._is_reported(running) or running.conductor.unkept:
            raise RehearseError("Not all of it could be kept yet.")
        return "over"

    def _is_reported(self, running: Running) -> bool:
        """Whether its report shows every answer as judged."""
        results = [self.session.answers.load(one.attempt_id) for one in running.interview.rounds]
        return running.interview.over and report_of(running.interview, results).ready

    def _written(self) -> None:
        """A choice, and a draft that grows."""
        self._step("remembered", "camera-off", "", lambda: self._switch_off())
        kept = self.session.drafts.find(PERSON, "code:url-shortener")
        for count in range(1, 4):
            change = Change(self._said(), f"tab.{count}", kept.version)
            keep = partial(self.session.drafts.keep, PERSON, "code:url-shortener", change)
            self._step("drafted", "code:url-shortener", change.text, keep)

    def _switch_off(self) -> str:
        switch_off(self.session.memory, PERSON, METRICS)
        return ",".join(sorted(METRICS))

    def _carry(self) -> None:
        """What is whole goes to the bucket, and from here once it is there."""
        self._step("carried", "", "", partial(self._round, SETTLED_SECONDS + 1))
        if self.dice.random() < 0.5:
            self._step("carried", "", "", partial(self._round, KEEP_SECONDS + 10))

    def _round(self, later_seconds: float) -> str:
        self.carrier.round(time.time() + later_seconds)
        if self.carrier.trouble is not None:
            raise self.carrier.trouble
        return "carried"

    def _backup(self) -> None:
        file = self.place.folder / f"backup-{self.dice.randrange(10**9)}.duckdb"
        self._step("backup", str(file), " ".join(("with", *self.kept)), partial(self._back_up, file))

    def _back_up(self, file: Path) -> str:
        with self.session.database.beside_others() as engine:
            write_backup(engine, file, lambda _: None)
        return "written"

    def _erase(self) -> None:
        if self.kept and self.dice.random() < 0.4:
            name = self.kept.pop(0)
            self._step("erased", name, "", partial(self._erased, name))

    def _erased(self, name: str) -> str:
        self.world.copies.erase_attempt(name)
        return "erased"


@dataclass(frozen=True, slots=True)
class _Handed:
    content: bytes
    name: str = "from my phone.mov"
    suffix: str = ".mov"

    @property
    def print(self) -> str:
        return printed(self.content)

    def save(self, target: Path) -> None:
        target.write_bytes(self.content)


def printed(content: bytes) -> str:
    """What tells a file from every other one."""
    return blake2b(content, digest_size=16).hexdigest()


def _heard(text: str) -> Typist:
    words = text.split()
    timed = tuple(Word(word, 0.2 * at, 0.2 * at + 0.15, 0.9) for at, word in enumerate(words))
    found = Typist()
    found.speech = Speech(Transcript(timed, "by hand", "en"), (), None, float(PIECES))
    return found


def _record(recorder: media.Recorder, second: int, video: bool) -> str:
    """Hand over one second, and wait until it is written; how much is in the file then, in seconds."""
    for at in range(PICTURES_A_SECOND if video else 0):
        seconds = second + at / PICTURES_A_SECOND
        recorder.write_video(_picture(seconds), 100 + seconds)
    for seconds in np.arange(second, second + 1, 0.02):
        recorder.write_audio(_sound(float(seconds)), 100 + float(seconds))
    until = time.monotonic() + _PATIENCE_SECONDS
    while not recorder.closed and recorder.status.seconds < second + 0.9 and not recorder.status.error:
        if time.monotonic() > until:
            raise AssertionError("the recorder does not come on")
        time.sleep(_LOOK_SECONDS)
    if recorder.status.error is not None:
        raise recorder.status.error
    return f"{recorder.status.seconds:.2f}"


def _facts(recorder: media.Recorder) -> str:
    facts = recorder.close()
    return f"{facts.seconds:.3f} {facts.frames}"


def _picture(seconds: float) -> av.VideoFrame:
    pixels = np.full((480, 640, 3), 60, np.uint8)
    pixels[:, round(seconds * 100) % 600 :][:, :40] = 200
    frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
    frame.pts, frame.time_base = round(seconds * 1000), _MILLISECOND
    return frame


def _sound(seconds: float) -> av.AudioFrame:
    times = seconds + np.arange(SOUND_RATE // 50) / SOUND_RATE
    samples = (6000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], "s16", "mono")
    frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, round(seconds * SOUND_RATE), _SAMPLE
    return frame
