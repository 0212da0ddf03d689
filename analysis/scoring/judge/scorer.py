"""The judge as a scorer: one criterion per call, three runs, levels computed in code."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from analysis.scoring.grader import Call, Grader, Message
from analysis.scoring.grader_errors import GraderError
from analysis.scoring.judge.gates import Gate, gate
from analysis.scoring.judge.levels import ERROR_CAP, Combined, RunResult, cap, combine
from analysis.scoring.judge.machine import found_by_machine
from analysis.scoring.judge.plan import Breaker, ask_all
from analysis.scoring.judge.prompts import (
    coverage_messages,
    criterion_messages,
    error_messages,
    judged_clauses,
    prompt_version,
)
from analysis.scoring.judge.reading import (
    Mistake,
    about_the_answer,
    read_coverage,
    read_criterion,
    read_errors,
    unsupported,
)
from analysis.scoring.judge.view import View, asks_the_grader, show
from analysis.scoring.judge_cache import answer_group
from analysis.scoring.replies import CoverageReply, CriterionReply, ErrorsReply, wire_schema
from analysis.scoring.usage import CostEstimate, Meter
from data.domain import Answer, Assessment, Criterion, Flag, KeyPointResult, Rubric, Score
from data.rubrics import criteria_for, flag_cap, is_invited, load_rubric

RUNS = 3
TOKENS_PER_CLAUSE = 70
TOKENS_PER_REPLY = 120
CHARACTERS_PER_TOKEN = 4
FlagFinder = Callable[[Answer], tuple[Flag, ...]]


def _rule_flags(answer: Answer) -> tuple[Flag, ...]:
    from analysis.scoring.flags import find_flags

    return find_flags(answer)


@dataclass(frozen=True, slots=True)
class _Case:
    """One answer being judged."""

    answer: Answer
    view: View
    flags: tuple[Flag, ...]
    call: Call
    breaker: Breaker
    machine: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Judged:
    """The three replies on one criterion, read, and whether most of them confirm its flag."""

    combined: Combined
    run: RunResult | None
    reply: CriterionReply | None
    flag_confirmed: bool


class JudgeScorer:
    """Scores an answer with a chat model. `version` names everything a score depends on."""

    name = "judge"

    def __init__(
        self,
        grader: Grader,
        rubric: Rubric | None = None,
        runs: int = RUNS,
        seed: int = 1,
        find_flags: FlagFinder = _rule_flags,
    ) -> None:
        """`seed` is the first run's; later runs count up from it."""
        self._grader, self._rubric = grader, rubric or load_rubric()
        self._runs, self._seed, self._find_flags = runs, seed, find_flags
        self.version = (
            f"model={grader.model} prompts={prompt_version()} temperature={grader.temperature:g} "
            f"seed={seed} runs={runs}"
        )

    def score(self, answer: Answer, cancel: threading.Event | None = None) -> Assessment:
        """Levels, key points, confirmed flags, and what it cost. Never raises for a failing model."""
        decided = gate(answer)
        if decided is not None:
            return self._gated(answer, decided)
        case = self._case(answer, cancel)
        mistakes, notes = self._mistakes(case)
        judged = self._judge(case, criteria_for(answer.question))
        scores = tuple(self._score(criterion, found, case, mistakes) for criterion, found in judged)
        points, point_notes = self._coverage(case)
        confirmed = tuple(
            flag
            for criterion, found in judged
            for flag in _flags_of(case.flags, criterion)
            if found.flag_confirmed
        )
        return Assessment(
            scores,
            points,
            confirmed,
            (*_notes(case.view, answer), *notes, *point_notes, case.call.meter.total.sentence),
        )

    def rejudge(
        self, answer: Answer, criterion: Criterion, reason: str, cancel: threading.Event | None = None
    ) -> Score:
        """The criterion judged afresh with the candidate's reason in sight; keep it beside the first."""
        decided = gate(answer)
        if decided is not None:
            return self._gated_score(criterion, decided, answer)
        case = self._case(answer, cancel)
        mistakes, _ = self._mistakes(case)
        [(_, found)] = self._judge(case, (criterion,), reason)
        return self._score(criterion, found, case, mistakes, " rejudged=1")

    def mistakes(self, answer: Answer, cancel: threading.Event | None = None) -> tuple[Mistake, ...]:
        """The separate look for mistakes on its own; raises `GraderError` when the model fails."""
        if gate(answer) is not None:
            return ()
        case = self._case(answer, cancel)
        found, _ = self._mistakes(case)
        if not found and case.breaker.failed is not None:
            raise case.breaker.failed
        return found

    def estimate(self, answer: Answer) -> CostEstimate:
        """An upper estimate before running; nothing is sent."""
        if gate(answer) is not None:
            return CostEstimate(0, 0, 0, 0.0, self._grader.price.of(0, 0))
        view, criteria = show(answer), criteria_for(answer.question)
        asked = [criterion_messages(answer.question, view, c, ()) for c in criteria] * self._runs
        asked.append(error_messages(answer.question, view, criteria))
        replies = sum(len(judged_clauses(c)) for c in criteria) * TOKENS_PER_CLAUSE * self._runs
        if answer.question.key_points:
            asked.append(coverage_messages(answer.question, view))
            replies += len(answer.question.key_points) * TOKENS_PER_CLAUSE
        replies += len(asked) * TOKENS_PER_REPLY
        prompts = sum(_tokens(messages) for messages in asked)
        spent = self._grader.usage.total
        each = spent.seconds / spent.calls if spent.calls else None
        seconds = None if each is None else each * len(asked) / max(1, self._grader.concurrency)
        return CostEstimate(len(asked), prompts, replies, seconds, self._grader.price.of(prompts, replies))

    def _case(self, answer: Answer, cancel: threading.Event | None) -> _Case:
        call = Call(self._seed, answer_group(answer), Meter(), cancel or threading.Event())
        flags, machine = self._find_flags(answer), found_by_machine(answer)
        return _Case(answer, show(answer), flags, call, Breaker(), machine)

    def _judge(
        self, case: _Case, criteria: Sequence[Criterion], dispute: str = ""
    ) -> list[tuple[Criterion, _Judged]]:
        asked = [
            partial(self._ask_criterion, case, criterion, run, dispute)
            for criterion in criteria
            for run in range(self._runs)
        ]
        replies = ask_all(asked, self._grader.concurrency, case.breaker)
        rows = [replies[i : i + self._runs] for i in range(0, len(replies), self._runs)]
        return [(c, self._read(c, row, case)) for c, row in zip(criteria, rows, strict=True)]

    def _ask_criterion(self, case: _Case, criterion: Criterion, run: int, dispute: str) -> CriterionReply:
        flags = _flags_of(case.flags, criterion)
        question = case.answer.question
        machine = case.machine.get(criterion.id, ())
        messages = criterion_messages(question, case.view, criterion, flags, dispute, machine)
        schema = wire_schema(CriterionReply, clause=judged_clauses(criterion))
        call = Call(self._seed + run, case.call.group, case.call.meter, case.call.cancel)
        return self._grader.ask(messages, CriterionReply, call, schema)

    def _read(
        self, criterion: Criterion, replies: Sequence[CriterionReply | GraderError], case: _Case
    ) -> _Judged:
        read: list[RunResult] = []
        usable: list[CriterionReply | None] = []
        for reply in replies:
            if isinstance(reply, GraderError):
                read.append(RunResult(None, f"Not scored: {reply}"))
                usable.append(None)
            else:
                read.append(read_criterion(reply, criterion, case.answer, case.view))
                usable.append(reply)
        combined = combine(read)
        votes = sum(reply is not None and reply.flag_confirmed for reply in usable)
        confirmed = bool(_flags_of(case.flags, criterion)) and votes * 2 > len(replies)
        if combined.run is None:
            return _Judged(combined, None, None, confirmed)
        return _Judged(combined, read[combined.run], usable[combined.run], confirmed)

    def _score(
        self, criterion: Criterion, found: _Judged, case: _Case, mistakes: Sequence[Mistake], more: str = ""
    ) -> Score:
        own = [mistake for mistake in mistakes if mistake.criterion == criterion.id]
        combined = found.combined
        if any(mistake.load_bearing for mistake in own):
            combined = cap(combined, ERROR_CAP)
        if found.flag_confirmed:
            for flag in _flags_of(case.flags, criterion):
                held = flag_cap(flag.name)
                combined = cap(combined, held.level) if held else combined
        run, reply = found.run, found.reply
        return Score(
            criterion=criterion.id,
            level=combined.level,
            scorer=self.name,
            scorer_version=self.version + more,
            rubric_version=self._rubric.version,
            low=combined.low,
            high=combined.high,
            reason=combined.reason,
            evidence=run.evidence if run else (),
            missing_for_next=_missing(run, reply),
            errors=tuple(mistake.sentence for mistake in own),
            fix=about_the_answer(reply.fix) if reply and run and run.missing_clause else "",
        )

    def _mistakes(self, case: _Case) -> tuple[tuple[Mistake, ...], tuple[str, ...]]:
        criteria = criteria_for(case.answer.question)
        messages = error_messages(case.answer.question, case.view, criteria)
        schema = wire_schema(ErrorsReply, criterion=tuple(criterion.id for criterion in criteria))
        reply = case.breaker.run(lambda: self._grader.ask(messages, ErrorsReply, case.call, schema))
        if isinstance(reply, GraderError):
            return (), (f"The separate look for mistakes did not finish: {reply}",)
        return read_errors(reply, case.answer, case.view), ()

    def _coverage(self, case: _Case) -> tuple[tuple[KeyPointResult, ...], tuple[str, ...]]:
        question = case.answer.question
        if not question.key_points:
            return (), ()
        messages = coverage_messages(question, case.view)
        schema = wire_schema(CoverageReply, key_point=tuple(point.id for point in question.key_points))
        reply = case.breaker.run(lambda: self._grader.ask(messages, CoverageReply, case.call, schema))
        if isinstance(reply, GraderError):
            return unsupported(question.key_points), (f"Key points were not checked: {reply}",)
        return read_coverage(reply, case.answer, case.view), ()

    def _gated(self, answer: Answer, decided: Gate) -> Assessment:
        scores = tuple(self._gated_score(c, decided, answer) for c in criteria_for(answer.question))
        points = tuple(
            KeyPointResult(point, "missed" if decided.level else "cannot_tell")
            for point in answer.question.key_points
        )
        return Assessment(scores, points, (), (decided.reason,))

    def _gated_score(self, criterion: Criterion, decided: Gate, answer: Answer) -> Score:
        invited = is_invited(answer.question, criterion.id)
        level = decided.level if invited else None
        reason = None if level else (decided.reason if decided.level is None else "Not asked.")
        first = criterion.anchors[1].clauses[0].text if level else ""
        return Score(
            criterion=criterion.id,
            level=level,
            scorer=self.name,
            scorer_version=self.version,
            rubric_version=self._rubric.version,
            low=level,
            high=level,
            reason=reason,
            missing_for_next=first,
        )


def _flags_of(flags: Sequence[Flag], criterion: Criterion) -> tuple[Flag, ...]:
    return tuple(f for f in flags if (held := flag_cap(f.name)) and held.criterion == criterion.id)


def _missing(run: RunResult | None, reply: CriterionReply | None) -> str:
    if run is None or reply is None or not run.missing_clause:
        return ""
    return about_the_answer(reply.missing_for_next) or run.missing_clause


def _notes(view: View, answer: Answer) -> tuple[str, ...]:
    notes = []
    if view.was_cut:
        notes.append("The transcript is longer than the judge is shown; its end was not judged.")
    if asks_the_grader(answer.candidate_text):
        notes.append("The answer holds an instruction to the grader; it was treated as something said.")
    return tuple(notes)


def _tokens(messages: Sequence[Message]) -> int:
    return sum(len(message.text) for message in messages) // CHARACTERS_PER_TOKEN
