"""What a judging will cost at most, before it runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import ChatModel
from analysis.llm.usage import CHARACTERS_PER_TOKEN, CostEstimate
from analysis.scoring.judge.asking import Asking, Case, about_doubts, about_next
from analysis.scoring.judge.reading import first_questions, items_of, read_answer
from analysis.scoring.judge.scores import Stamp, scores_of

TOKENS_PER_ITEM = 45
TOKENS_PER_REPLY = 60
LATER_LOOKS = 2
"""So many questions follow the first ones at most, when nothing fails, and one for what is next."""


def cost_at_most(case: Case, chat_model: ChatModel, usual_seconds: float | None) -> CostEstimate:
    """An upper estimate; nothing is sent, and kept replies cost nothing.

    Later questions depend on the first replies: while those are kept, what is asked is known. `usual_seconds`
    is what a call took some other time, for when none has been made since the start.
    """
    first = first_questions(case)
    if all(_is_kept(one, chat_model) for one in first):
        return _cost(_asked_from_kept(case, chat_model), chat_model, usual_seconds)
    doubtful = items_of(case)[: len(items_of(case)) // 2]
    later = [about_doubts(case, doubtful, {}, look) for look in range(1, LATER_LOOKS + 1)]
    lacking = {one.id: [one.anchors[1].clauses[0].text] for one in case.criteria}
    return _cost([*first, *later, about_next(case, lacking)], chat_model, usual_seconds)


def nothing(chat_model: ChatModel) -> CostEstimate:
    """The cost of what is decided without asking."""
    return _cost([], chat_model, None)


def _asked_from_kept(case: Case, chat_model: ChatModel) -> list[Asking[Any]]:
    """The questions of a judging that finds its replies kept, up to those that it does not find."""
    every: list[Asking[Any]] = []

    def ask(asked: Sequence[Asking[Any]]) -> list[Any | ChatError]:
        every.extend(asked)
        missing = ChatError("cancelled", "Not asked.")
        return [one.ask(chat_model) if _is_kept(one, chat_model) else missing for one in asked]

    scores_of(case, read_answer(case, ask), ask, Stamp("", "", ""))
    return every


def _cost(asked: Sequence[Asking[Any]], chat_model: ChatModel, usual_seconds: float | None) -> CostEstimate:
    new = [one for one in asked if not _is_kept(one, chat_model)]
    prompts = sum(len(message.text) for one in new for message in one.messages) // CHARACTERS_PER_TOKEN
    replies = sum(one.items * TOKENS_PER_ITEM + TOKENS_PER_REPLY for one in new)
    spent = chat_model.usage.total
    each = spent.seconds / spent.calls if spent.calls else usual_seconds
    seconds = None if each is None else each * len(new) / max(1, chat_model.concurrency)
    price = chat_model.price.of(prompts, replies)
    return CostEstimate(len(new), prompts, replies, seconds, price, len(asked) - len(new))


def _is_kept(one: Asking[Any], chat_model: ChatModel) -> bool:
    """Whether this question was answered before."""
    return chat_model.is_kept(one.messages, one.schema, one.call)
