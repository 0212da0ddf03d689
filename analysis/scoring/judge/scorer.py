"""The judge as a scorer: one criterion per call, three runs, levels computed in code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from pydantic import BaseModel

from analysis.llm.batch import Breaker, Watch, ask_all
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import ChatModel
from analysis.llm.reply_cache import answer_group
from analysis.llm.usage import CostEstimate
from analysis.scoring.judge.checked_replies import (
    Mistake,
    about_the_answer,
    read_coverage,
    read_criterion,
    read_errors,
    unsupported,
)
from analysis.scoring.judge.clause_levels import ERROR_CAP, Combined, RunResult, cap, combine
from analysis.scoring.judge.decided_unasked import Gate, gate
from analysis.scoring.judge.messages import prompt_version
from analysis.scoring.judge.questions_asked import (
    Asking,
    Case,
    about_criterion,
    about_key_points,
    about_mistakes,
    cost_of,
    flags_of,
    found_by_machine,
)
from analysis.scoring.judge.replies import CoverageReply, CriterionReply, ErrorsReply
from analysis.scoring.judge.view import View, asks_the_grader, show
from data.domain import Answer, Assessment, Criterion, Flag, KeyPointResult, Rubric, Score, WrongClaim
from data.rubrics import criteria_for, flag_cap, is_invited, load_rubric

RUNS = 3
FlagFinder = Callable[[Answer], tuple[Flag, ...]]
Reply = TypeVar("Reply", bound=BaseModel)


def _rule_flags(answer: Answer) -> tuple[Flag, ...]:
    from analysis.scoring.flags import find_flags

    return find_flags(answer)


@dataclass(frozen=True, slots=True)
class _Judged:
    """The three replies on one criterion, read, and whether most of them confirm its flag."""

    combined: Combined
    run: RunResult | None
    reply: CriterionReply | None
    flag_confirmed: bool
    failed: bool


class JudgeScorer:
    """Scores an answer with a chat model. `version` names everything a score depends on."""

    name = "judge"

    def __init__(
        self,
        chat_model: ChatModel,
        rubric: Rubric | None = None,
        runs: int = RUNS,
        seed: int = 1,
        find_flags: FlagFinder = _rule_flags,
    ) -> None:
        """`seed` is the first run's; later runs count up from it."""
        self._grader, self._rubric = chat_model, rubric or load_rubric()
        self._runs, self._seed, self._find_flags = runs, seed, find_flags
        self.version = (
            f"model={chat_model.model} prompts={prompt_version()} temperature={chat_model.temperature:g} "
            f"seed={seed} runs={runs}"
        )

    @property
    def receiver(self) -> str:
        """Its model and where that runs, without credentials: who reads what it is given."""
        return self._grader.receiver

    @property
    def concurrency(self) -> int:
        """How many calls its model takes at once."""
        return self._grader.concurrency

    def score(self, answer: Answer, watch: Watch | None = None) -> Assessment:
        """Levels, key points, confirmed flags, and what it cost. Never raises for a failing model."""
        decided = gate(answer)
        if decided is not None:
            return self._gated(answer, decided)
        case = self._case(answer, watch)
        criteria = criteria_for(answer.question)
        case.watch.questions = len(self._askings(case))
        mistakes, notes = self._mistakes(case)
        judged = self._judge(case, criteria)
        points, point_notes = self._coverage(case)
        scores = tuple(self._score(criterion, found, case, mistakes) for criterion, found in judged)
        confirmed = tuple(
            flag
            for criterion, found in judged
            for flag in flags_of(case.flags, criterion)
            if found.flag_confirmed
        )
        cost = case.watch.meter.total.sentence
        return Assessment(scores, points, confirmed, (*_notes(case.view, answer), *notes, *point_notes, cost))

    def rejudge(self, answer: Answer, criterion: Criterion, reason: str, watch: Watch | None = None) -> Score:
        """The criterion judged afresh with the candidate's reason in sight; keep it beside the first.

        Raises `ChatError` when it is the model's failure that leaves it unscored: that is no judgement.
        """
        decided = gate(answer)
        if decided is not None:
            return self._gated_score(criterion, decided, answer)
        case = self._case(answer, watch)
        case.watch.questions = self._runs + 1
        mistakes, _ = self._mistakes(case)
        [(_, found)] = self._judge(case, (criterion,), reason)
        if found.failed and case.watch.failed is not None:
            raise case.watch.failed
        return self._score(criterion, found, case, mistakes, " rejudged=1")

    def mistakes(self, answer: Answer) -> tuple[Mistake, ...]:
        """The separate look for mistakes on its own; raises `ChatError` when the model fails."""
        if gate(answer) is not None:
            return ()
        case = self._case(answer)
        found, _ = self._mistakes(case)
        if not found and case.watch.failed is not None:
            raise case.watch.failed
        return found

    def estimate(self, answer: Answer, usual_seconds: float | None = None) -> CostEstimate:
        """An upper estimate before running; nothing is sent. `usual_seconds` of a call, if known."""
        if gate(answer):
            return cost_of([], self._grader, usual_seconds)
        return self.estimate_unheard(answer, usual_seconds)

    def estimate_unheard(self, answer: Answer, usual_seconds: float | None = None) -> CostEstimate:
        """The same for words that stand in for an answer not given yet."""
        return cost_of(self._askings(self._case(answer)), self._grader, usual_seconds)

    def estimate_again(
        self, answer: Answer, criterion: Criterion, reason: str, usual_seconds: float | None = None
    ) -> CostEstimate:
        """The same for judging one criterion once more."""
        if gate(answer):
            return cost_of([], self._grader, usual_seconds)
        case = self._case(answer)
        asked = [about_criterion(case, criterion, self._seed + run, reason) for run in range(self._runs)]
        return cost_of([*asked, about_mistakes(case, self._seed)], self._grader, usual_seconds)

    def forget(self, answer: Answer) -> None:
        """Erase every kept reply about this answer."""
        if self._grader.cache:
            self._grader.cache.erase(answer_group(answer))

    def _case(self, answer: Answer, watch: Watch | None = None) -> Case:
        watch = watch or Watch()
        return Case(
            answer, show(answer), self._find_flags(answer), found_by_machine(answer), watch, Breaker(watch)
        )

    def _askings(
        self, case: Case
    ) -> list[Asking[CriterionReply] | Asking[ErrorsReply] | Asking[CoverageReply]]:
        """Every question that scoring this answer takes."""
        question = case.answer.question
        return [
            about_mistakes(case, self._seed),
            *(
                about_criterion(case, criterion, self._seed + run)
                for criterion in criteria_for(question)
                for run in range(self._runs)
            ),
            *([about_key_points(case, self._seed)] if question.key_points else []),
        ]

    def _ask(self, case: Case, asked: Sequence[Asking[Reply]]) -> list[Reply | ChatError]:
        questions = [partial(one.ask, self._grader) for one in asked]
        return ask_all(questions, self._grader.concurrency, case.breaker)

    def _judge(
        self, case: Case, criteria: Sequence[Criterion], dispute: str = ""
    ) -> list[tuple[Criterion, _Judged]]:
        asked = [
            about_criterion(case, criterion, self._seed + run, dispute)
            for criterion in criteria
            for run in range(self._runs)
        ]
        replies = self._ask(case, asked)
        rows = [replies[i : i + self._runs] for i in range(0, len(replies), self._runs)]
        return [(c, self._read(c, row, case)) for c, row in zip(criteria, rows, strict=True)]

    def _read(
        self, criterion: Criterion, replies: Sequence[CriterionReply | ChatError], case: Case
    ) -> _Judged:
        read: list[RunResult] = []
        usable: list[CriterionReply | None] = []
        for reply in replies:
            if isinstance(reply, ChatError):
                read.append(RunResult(None, f"Not scored: {reply}"))
                usable.append(None)
            else:
                read.append(read_criterion(reply, criterion, case.answer, case.view))
                usable.append(reply)
        combined = combine(read)
        votes = sum(reply is not None and reply.flag_confirmed for reply in usable)
        confirmed = bool(flags_of(case.flags, criterion)) and votes * 2 > len(replies)
        failed = combined.level is None and None in usable
        if combined.run is None:
            return _Judged(combined, None, None, confirmed, failed)
        return _Judged(combined, read[combined.run], usable[combined.run], confirmed, failed)

    def _score(
        self, criterion: Criterion, found: _Judged, case: Case, mistakes: Sequence[Mistake], more: str = ""
    ) -> Score:
        own = [mistake for mistake in mistakes if mistake.criterion == criterion.id]
        combined = found.combined
        if any(mistake.load_bearing for mistake in own):
            combined = cap(combined, ERROR_CAP)
        if found.flag_confirmed:
            for flag in flags_of(case.flags, criterion):
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
            errors=tuple(WrongClaim(mistake.quote, "", mistake.why) for mistake in own),
            fix=about_the_answer(reply.fix) if reply and run and run.missing_clause else "",
        )

    def _mistakes(self, case: Case) -> tuple[tuple[Mistake, ...], tuple[str, ...]]:
        [reply] = self._ask(case, [about_mistakes(case, self._seed)])
        if isinstance(reply, ChatError):
            return (), (f"The separate look for mistakes did not finish: {reply}",)
        return read_errors(reply, case.answer, case.view), ()

    def _coverage(self, case: Case) -> tuple[tuple[KeyPointResult, ...], tuple[str, ...]]:
        points = case.answer.question.key_points
        if not points:
            return (), ()
        [reply] = self._ask(case, [about_key_points(case, self._seed)])
        if isinstance(reply, ChatError):
            return unsupported(points), (f"Key points were not checked: {reply}",)
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
