"""The questions a judge asks about one answer, ready to be sent, and what they would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from analysis.estimates import recomputed
from analysis.llm.batch import Breaker, Watch
from analysis.llm.chat_model import Call, ChatModel, Message
from analysis.llm.reply_cache import answer_group
from analysis.llm.structured import wire_schema
from analysis.llm.usage import CHARACTERS_PER_TOKEN, CostEstimate
from analysis.scoring.judge.messages import (
    coverage_messages,
    criterion_messages,
    error_messages,
    judged_clauses,
)
from analysis.scoring.judge.replies import CoverageReply, CriterionReply, ErrorsReply
from analysis.scoring.judge.view import View
from data.domain import Answer, Criterion, Flag
from data.rubrics import criteria_for, flag_cap

_RECOMPUTED = "A checker recomputed the candidate's numbers from the candidate's own assumptions:"


TOKENS_PER_CLAUSE = 70
TOKENS_PER_REPLY = 120
Reply = TypeVar("Reply", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Case:
    """One answer being judged: what is shown of it, what rules and machines found in it, who watches."""

    answer: Answer
    view: View
    flags: tuple[Flag, ...]
    machine: Mapping[str, tuple[str, ...]]
    watch: Watch
    breaker: Breaker

    def call(self, seed: int) -> Call:
        """What goes with one question about this answer."""
        watch = self.watch
        return Call(
            seed,
            answer_group(self.answer),
            watch.meter,
            watch.cancel,
            watch.forget,
            watch.purpose,
            deadline_seconds=watch.deadline_seconds,
        )


@dataclass(frozen=True, slots=True)
class Asking(Generic[Reply]):
    """One question to the model. `items`: verdicts in the reply, for the estimate."""

    messages: tuple[Message, ...]
    reply: type[Reply]
    schema: dict[str, Any]
    call: Call
    items: int

    def ask(self, chat_model: ChatModel) -> Reply:
        """The validated reply; raises `ChatError`."""
        return chat_model.ask(self.messages, self.reply, self.call, self.schema)


def about_criterion(case: Case, criterion: Criterion, seed: int, dispute: str = "") -> Asking[CriterionReply]:
    """One criterion, clause by clause; with `dispute`, the candidate's reason in a message of its own."""
    clauses = judged_clauses(criterion)
    messages = criterion_messages(
        case.answer.question,
        case.view,
        criterion,
        flags_of(case.flags, criterion),
        dispute,
        case.machine.get(criterion.id, ()),
    )
    schema = wire_schema(CriterionReply, clause=clauses)
    return Asking(messages, CriterionReply, schema, case.call(seed), len(clauses))


def about_mistakes(case: Case, seed: int) -> Asking[ErrorsReply]:
    """The separate look for mistakes."""
    criteria = criteria_for(case.answer.question)
    messages = error_messages(case.answer.question, case.view, criteria)
    schema = wire_schema(ErrorsReply, criterion=tuple(criterion.id for criterion in criteria))
    return Asking(messages, ErrorsReply, schema, case.call(seed), 1)


def about_key_points(case: Case, seed: int) -> Asking[CoverageReply]:
    """The key points of the question."""
    points = case.answer.question.key_points
    messages = coverage_messages(case.answer.question, case.view)
    schema = wire_schema(CoverageReply, key_point=tuple(point.id for point in points))
    return Asking(messages, CoverageReply, schema, case.call(seed), len(points))


def flags_of(flags: Sequence[Flag], criterion: Criterion) -> tuple[Flag, ...]:
    """The flags that hold this criterion down when they are confirmed."""
    return tuple(f for f in flags if (held := flag_cap(f.name)) and held.criterion == criterion.id)


def cost_of(asked: Sequence[Asking[Any]], chat_model: ChatModel, usual_seconds: float | None) -> CostEstimate:
    """An upper estimate of asking all of these; nothing is sent. Kept replies cost nothing.

    `usual_seconds` is what a call took some other time, for when none has been made since the start.
    """
    new = [one for one in asked if not chat_model.is_kept(one.messages, one.schema, one.call)]
    prompts = sum(len(message.text) for one in new for message in one.messages) // CHARACTERS_PER_TOKEN
    replies = sum(one.items * TOKENS_PER_CLAUSE + TOKENS_PER_REPLY for one in new)
    spent = chat_model.usage.total
    each = spent.seconds / spent.calls if spent.calls else usual_seconds
    seconds = None if each is None else each * len(new) / max(1, chat_model.concurrency)
    price = chat_model.price.of(prompts, replies)
    return CostEstimate(len(new), prompts, replies, seconds, price, len(asked) - len(new))


def found_by_machine(answer: Answer) -> Mapping[str, tuple[str, ...]]:
    """Lines for the judge by criterion: recomputed numbers for C5.

    How the tests of code went is not told: it comes from the candidate's own browser, which can be made to
    say anything. The code itself is in the transcript.
    """
    numbers = recomputed(answer)
    return {"C5": (_RECOMPUTED, *numbers) if numbers else ()}
