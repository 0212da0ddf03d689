"""A conductor whose world is made by hand: its clock, its floor, its doors, and the work it puts off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.loop.state import begin_state
from analysis.interview.planning.plan import Plan, share_time
from analysis.interview.speaker.llm_speaker import Asker
from analysis.live.conductor import Conductor
from analysis.live.doors import Doors, Heard
from analysis.live.executor import supervised
from analysis.live.typed_floor import TypedFloor
from data.domain import Answer, KeyPointResult, Word
from tests.stored import shipped_questions

BANK = {question.id: question for question in shipped_questions()}
THREE = tuple(BANK[name] for name in ("lru-cache", "distributed-replica-lag", "url-shortener"))
SAID = "I would keep the mapping of links in one table and put a small service in front of it."


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Voice:
    """A microphone by hand: `words` waits to be heard, `late` comes only with the last words."""

    words: list[Word] = field(default_factory=list)
    late: list[Word] = field(default_factory=list)
    seconds: float = 0.0
    silent_seconds: float = 0.0
    turn_over: float | None = None
    to_judge: Callable[[], None] | None = None
    holds: list[bool] = field(default_factory=list)

    def heard(self) -> Heard:
        words, self.words = tuple(self.words), []
        return Heard(" ".join(word.text for word in words), words)

    def last_words(self) -> Heard:
        self.words += self.late
        self.late = []
        return self.heard()

    def pause_to_judge(self) -> Callable[[], None] | None:
        work, self.to_judge = self.to_judge, None
        return work

    def settle(self) -> None:
        pass

    def hold(self, held: bool) -> None:
        self.holds.append(held)


def missed(answer: Answer) -> Sequence[KeyPointResult]:
    return tuple(KeyPointResult(point, "missed") for point in answer.question.key_points)


@dataclass
class Desk:
    """A conductor with everything it did written down."""

    conductor: Conductor
    clock: Clock
    kept: list[Interview]
    over: list[int]
    later: list[tuple[Callable[[], None], Callable[[Exception], None]]]

    def work(self) -> None:
        """Do what was put off to another thread."""
        while self.later:
            supervised(*self.later.pop(0), "by hand")

    def pass_time(self, seconds: float) -> None:
        for _ in range(round(seconds)):
            self.clock.now += 1.0
            self.conductor.tick()
            self.work()


def desk(
    floor: TypedFloor | Voice,
    interview: Interview | None = None,
    *,
    feedback: str = "end",
    assess: Callable[[Answer], Sequence[KeyPointResult]] = missed,
    asker: Asker | None = None,
    keep: Callable[[Interview], None] | None = None,
    put_away: Callable[[Interview, int], None] | None = None,
    later: Callable[..., None] | None = None,
) -> Desk:
    mode = "typed" if isinstance(floor, TypedFloor) else "microphone"
    state = begin_state(Plan(share_time(THREE, 15), 15.0), spoken=mode != "typed")
    now = datetime(2026, 11, 24, tzinfo=UTC)
    made = interview or Interview("i", "me", mode, now, state, feedback)  # type: ignore[arg-type]
    kept: list[Interview] = []
    over: list[int] = []
    waiting: list[tuple[Callable[[], None], Callable[[Exception], None]]] = []
    clock = Clock()

    def put_off(work: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        waiting.append((work, failed))

    away = put_away or (lambda _, at: over.append(at))
    doors = Doors(keep or kept.append, assess, away, later or put_off, asker, clock)
    return Desk(Conductor(made, floor, doors), clock, kept, over, waiting)
