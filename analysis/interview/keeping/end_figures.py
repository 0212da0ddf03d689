"""The end of an interview in figures: time, levels and what was asked for, round by round. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.answering.one_answer import answer_of
from analysis.answering.what_counts import claims_at
from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.planner.moves import MoveKind
from analysis.reading.design_steps import StepTime, find_steps, time_per_step
from analysis.scoring.coverage import only_heard
from analysis.scoring.judge.decided_unasked import gate
from data.domain import AttemptResult, Misconception, Question, Score

MADE_HARDER: tuple[MoveKind, ...] = ("ten_times", "change_requirement")
"""Moves that change what was asked."""


@dataclass(frozen=True, slots=True)
class RoundReport:
    """One round that was begun. `result` is None while its answer is being written down.

    `probes` is how often the interviewer asked on; `steps` is empty unless the question was a design.
    """

    question: Question
    attempt_id: str
    given_minutes: float
    used_minutes: float
    skipped: bool
    probes: int
    result: AttemptResult | None
    steps: tuple[StepTime, ...] = ()
    expected: str = ""
    """What the question's level sheet asks of the level it was held against."""
    claims: tuple[Misconception, ...] = ()
    """Wrong claims that were heard and tested, with what holds instead."""
    harder: tuple[str, ...] = ()
    """The lines with which the interviewer made it harder."""
    hint_steps: int = 0
    replies: int = 0
    """How many questions of the candidate were answered."""

    @property
    def elicited(self) -> Mapping[str, int]:
        """How many key points were covered or partly so, by what invited them."""
        points = self.result.assessment.key_points if self.result and self.result.assessment else ()
        made = [point.evidence for point in points if point.status in ("covered", "partly")]
        return Counter(evidence.elicitation if evidence else "volunteered" for evidence in made)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole interview."""

    rounds: tuple[RoundReport, ...]
    planned_rounds: int
    planned_minutes: float
    used_minutes: float
    level: str
    """The level it was held against."""

    @property
    def ready(self) -> bool:
        """Whether every answer has been judged, or cannot be."""
        return all(one.result and one.result.attempt.status in ("scored", "unscored") for one in self.rounds)

    @property
    def levels_by(self) -> tuple[str, ...]:
        """Who gave levels; a judge only where it was asked: what repeats the question is sent to nobody."""
        names = [
            score.scorer for one in self.rounds for score in _levels_read(one) if score.level is not None
        ]
        return tuple(dict.fromkeys(names))

    @property
    def was_read(self) -> bool:
        """Whether somebody told what was heard in an answer."""
        told = [one.result.assessment for one in self.rounds if one.result and one.result.assessment]
        return any(only_heard(found) for found in told)

    def next_steps(self) -> tuple[tuple[Question, str], ...]:
        """What to do next, once for each round that has advice."""
        told = [(one.question, one.result.advice) for one in self.rounds if one.result]
        return tuple((question, advice.do_next) for question, advice in told if advice and advice.do_next)


def _levels_read(one: RoundReport) -> tuple[Score, ...]:
    if one.result is None or one.result.assessment is None:
        return ()
    return () if gate(answer_of(one.result, one.question)) else one.result.assessment.scores


def report_of(interview: Interview, results: Sequence[AttemptResult | None]) -> Report:
    """`results` has one entry for each round that was begun."""
    plan = interview.state.plan
    rounds = tuple(_round(interview, at, result) for at, result in enumerate(results))
    used = sum(one.used_minutes for one in rounds)
    return Report(rounds, len(plan.rounds), plan.minutes, used, plan.level)


def _round(interview: Interview, at: int, result: AttemptResult | None) -> RoundReport:
    planned, kept = interview.state.plan.rounds[at], interview.rounds[at]
    turns = result.turns if result else ()
    replies = interview.state.dialogues[at].replies
    lines = [turn.text for turn in turns if turn.speaker == "interviewer"]
    moves = [line.move for line in kept.lines]
    design = planned.question.category == "system_design"
    return RoundReport(
        question=planned.question,
        attempt_id=kept.attempt_id,
        given_minutes=planned.minutes if kept.given_seconds is None else kept.given_seconds / 60,
        used_minutes=kept.seconds / 60,
        skipped=interview.state.dialogues[at].ending == "skipped",
        probes=sum(line not in replies for line in lines[1:]),
        result=result,
        steps=time_per_step(find_steps(turns)) if design else (),
        expected=planned.question.expected.get(interview.state.plan.level, ""),
        claims=claims_at(planned.question, interview.state.dialogues[at].challenged),
        harder=tuple(line for line, move in zip(lines, moves, strict=False) if move in MADE_HARDER),
        hint_steps=moves.count("hint_step"),
        replies=sum(line in replies for line in lines[1:]),
    )
