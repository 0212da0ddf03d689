"""The questions a judge asks about one answer, ready to be sent, and what they would cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from pydantic import BaseModel

from analysis.llm.batch import Breaker, Watch
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import Call, ChatModel, Message
from analysis.llm.reply_cache import answer_group
from analysis.llm.structured import wire_schema
from analysis.scoring.judge import messages
from analysis.scoring.judge.asked_items import Group, Item, damaged_by_claims, points_of
from analysis.scoring.judge.false_claims import Claim
from analysis.scoring.judge.replies import AgainReply, ClaimsReply, NextReply, ReadReply
from analysis.scoring.judge.view import View, show
from data.domain import Answer, Criterion
from data.rubrics import criteria_for

Reply = TypeVar("Reply", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Case:
    """One answer being judged: what is shown of it, by which criteria and points, and who watches.

    `reason` is why the candidate holds an earlier verdict to be wrong.
    """

    answer: Answer
    view: View
    criteria: tuple[Criterion, ...]
    points: tuple[Item, ...]
    watch: Watch
    breaker: Breaker
    seed: int
    reason: str = ""

    def call(self, look: int) -> Call:
        """What goes with one question of this look, counted from 0."""
        watch = self.watch
        return Call(
            self.seed + look,
            answer_group(self.answer),
            watch.meter,
            watch.cancel,
            watch.forget,
            watch.purpose,
            deadline_seconds=watch.deadline_seconds,
        )

    def begin(self) -> tuple[Message, ...]:
        """How a question that reads the answer begins."""
        disputed = (messages.dispute(self.view, self.reason),) if self.reason else ()
        return (*messages.opening(self.answer.question, self.view), *disputed)


def case_of(
    answer: Answer, seed: int, watch: Watch | None = None, only: Criterion | None = None, reason: str = ""
) -> Case:
    """An answer as it is judged: by all criteria of its question, or by one that is judged again."""
    watch = watch or Watch()
    criteria = criteria_for(answer.question) if only is None else (only,)
    points = points_of(answer.question) if only is None else ()
    return Case(answer, show(answer), criteria, points, watch, Breaker(watch), seed, reason)


@dataclass(frozen=True, slots=True)
class Asking(Generic[Reply]):
    """One question to the model. `items`: entries in the reply, for the estimate."""

    messages: tuple[Message, ...]
    reply: type[Reply]
    call: Call
    items: int

    @property
    def schema(self) -> dict[str, Any]:
        """The shape asked for: the same for every answer, as it may stand at the head of a prompt."""
        return wire_schema(self.reply)

    def ask(self, chat_model: ChatModel) -> Reply:
        """The validated reply; raises `ChatError`."""
        return chat_model.ask(self.messages, self.reply, self.call, self.schema)


Ask: TypeAlias = Callable[[Sequence[Asking[Any]]], list[Any | ChatError]]
"""Sends questions side by side; a reply or its error for each, in order."""


def about_group(case: Case, group: Group, look: int = 0) -> Asking[ReadReply]:
    """What the answer says on these clauses and points."""
    request = messages.read_request(case.answer.question, case.view, group)
    return Asking((*case.begin(), request), ReadReply, case.call(look), len(group.items))


def about_claims(case: Case) -> Asking[ClaimsReply]:
    """What the answer claims that does not hold: the same question whatever is judged, so asked once."""
    opened = messages.opening(case.answer.question, case.view)
    request = messages.claims_request(damaged_by_claims(case.answer.question))
    return Asking((*opened, request), ClaimsReply, case.call(0), 4)


def about_doubts(
    case: Case, items: Sequence[Item], claims: Mapping[str, Claim], look: int
) -> Asking[AgainReply]:
    """Another look at what is in doubt."""
    request = messages.again_request(case.view, items, claims)
    return Asking((*case.begin(), request), AgainReply, case.call(look), len(items) + len(claims))


def about_next(case: Case, lacking: Mapping[str, Sequence[str]]) -> Asking[NextReply]:
    """The one thing that would earn each next level."""
    opened = messages.opening(case.answer.question, case.view)
    return Asking((*opened, messages.next_request(lacking)), NextReply, case.call(0), len(lacking))
