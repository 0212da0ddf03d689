"""Where an interview stands: all that is needed to go on after the lid was closed. Pure values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from analysis.interview.facts.assumptions import Assumption
from analysis.interview.planner.moves import Move, MoveKind
from analysis.interview.planning.plan import Plan, Round
from data.domain import Answer, Elicitation, Turn

SPEAKING_WORDS_PER_SECOND = 2.6
"""How fast the interviewer's lines are read aloud, for when silence may begin to count."""

Phase = Literal["waiting", "listening", "collecting", "thinking", "ended"]
After = Literal["probe", "hint", "next", "skip", "end", "pause"]
"""What follows once the last words of a turn have been collected."""
Ending = Literal["open", "done", "skipped"]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns of one round, in order."""

    turns: tuple[Turn, ...] = ()
    ending: Ending = "open"
    challenged: tuple[int, ...] = ()
    """Places of the wrong claims in the question's list that were heard and tested."""
    replies: tuple[str, ...] = ()
    """Lines of the interviewer that answered the candidate: no questions to come back to."""
    assumptions: tuple[Assumption, ...] = ()
    """What was assumed where the facts ended; it stays the same for the round."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything the interviewer said in it."""
        return tuple(turn.text for turn in self.turns if turn.speaker == "interviewer")

    @property
    def is_answered(self) -> bool:
        """True when the candidate said anything."""
        return any(turn.speaker == "candidate" for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds of the interview's clock, and how many of them do not count."""

    last_seconds: float = 0.0
    away_seconds: float = 0.0
    paused: bool = False

    @property
    def active_seconds(self) -> float:
        """The time that counts."""
        return self.last_seconds - self.away_seconds

    def at(self, seconds: float) -> Clock:
        """The clock moved on; time while paused does not count."""
        passed = max(0.0, seconds - self.last_seconds)
        away = self.away_seconds + (passed if self.paused else 0.0)
        return replace(self, last_seconds=self.last_seconds + passed, away_seconds=away)

    def reopened(self, seconds: float) -> Clock:
        """Running again at `seconds`, with as much counted as before."""
        return Clock(seconds, seconds - self.active_seconds)


@dataclass(frozen=True, slots=True)
class RoundMoves:
    """What the interviewer did in a round, as far as its next move depends on it.

    `probed` and `hints` are ids of key points (one entry for each step of a hint), `tested` the words of
    doubtful claims, `points` the ids heard so far; `stale` counts the answers in a row without anything new.
    """

    kinds: tuple[MoveKind, ...] = ()
    probed: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    tested: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    stale: int = 0
    idle: int = 0
    """Requests and questions to us in a row that came without anything new."""
    finished: int = 0
    """How often it was said that there is nothing more."""
    nudged: int = 0
    """How often silence was met with encouragement; once each is enough for a round."""
    topical: bool = False
    """Whether the last line asked for a point of its own accord, and did not answer to what was said."""
    in_question: str | None = None
    """The point that the last line was about."""

    @property
    def asked(self) -> int:
        """How often the interviewer asked on; hints do not count, and waiting does not."""
        return sum(kind not in ("hint_step", "wait") for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class State:
    """One interview at one moment. Times named `..._at` are counted seconds (without pauses).

    `spoken` is False for a typed interview: silence means nothing there. `quiet_at` is when silence may
    begin to count, `asked_at` when the last question or probe was asked.
    """

    plan: Plan
    spoken: bool = True
    phase: Phase = "waiting"
    after: After | None = None
    round: int = 0
    dialogues: tuple[Dialogue, ...] = ()
    clock: Clock = Clock()
    round_at: float = 0.0
    round_seconds: float = 0.0
    asked_at: float = 0.0
    quiet_at: float = 0.0
    made: RoundMoves = RoundMoves()
    move: Move | None = None
    """What was decided on and is being put in words."""
    nudges: int = 0
    paused_at: float = 0.0
    """When the candidate last stopped for a breath."""
    cut_in: bool = False
    """Whether the words being listened to were interrupted."""
    reminded: bool = False
    elicitation: Elicitation = "volunteered"

    @property
    def current(self) -> Round:
        """The round being played."""
        return self.plan.rounds[self.round]

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue of the current round."""
        return self.dialogues[-1] if self.dialogues else Dialogue()

    @property
    def spent_seconds(self) -> float:
        """Counted seconds of this round; none while the first waits for the greeting."""
        return max(0.0, self.clock.active_seconds - self.round_at)

    @property
    def round_left_seconds(self) -> float:
        """What is left of this round."""
        return max(0.0, self.round_seconds - self.spent_seconds)

    @property
    def probes(self) -> int:
        """How often the interviewer asked on in this round."""
        return self.made.asked

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything the interviewer said in this round."""
        return self.dialogue.lines


def begin_state(plan: Plan, *, spoken: bool = True) -> State:
    """An interview that has not begun."""
    return State(plan, spoken=spoken)


def current_answer(state: State) -> Answer:
    """What has been said in this round so far, for the listener."""
    return Answer(state.current.question, state.dialogue.turns)


def answers(state: State) -> tuple[Answer, ...]:
    """Each round in which the candidate said anything, also of an interview that was left half-way."""
    rounds = zip(state.plan.rounds, state.dialogues, strict=False)
    return tuple(Answer(p.question, dialogue.turns) for p, dialogue in rounds if dialogue.is_answered)


def answer_of(state: State, at: int) -> Answer | None:
    """The answer of round `at`, None when nothing was said."""
    if at >= len(state.dialogues) or not state.dialogues[at].is_answered:
        return None
    return Answer(state.plan.rounds[at].question, state.dialogues[at].turns)
