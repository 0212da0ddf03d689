"""Which facts answer what was asked, found by a chat model; on any fault the rules' reply.

The model names kinds and numbers of facts only: every word that is said is the bank's or ours.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal, Protocol

from pydantic import BaseModel, Field

from analysis.interview.facts.answer_facts import reply_of_kind, reply_to
from analysis.interview.facts.assumptions import Assumption
from analysis.interview.facts.reply import Reply
from analysis.interview.facts.which_facts import MOST_FACTS
from analysis.interview.listener.questions_asked import AskKind
from analysis.llm.between_marks import without_mark
from analysis.llm.chat_model import Call, Message
from data.domain import Question, RehearseError

PATIENCE_SECONDS = 6.0
"""How long the candidate may wait for a model before the rules reply."""
KINDS: dict[str, AskKind] = {
    "fact": "ask",
    "sum": "confirm",
    "how": "checkin",
    "meaning": "rephrase",
    "time": "time",
}
_PROMPT = Path(__file__).parent / "prompts" / "facts.md"


class FactsReply(BaseModel):
    """What the model is asked for."""

    kind: Literal["fact", "sum", "how", "meaning", "time", "none"]
    facts: list[int] = Field(max_length=20)


class FactsAsker(Protocol):
    """The part of `analysis.llm.chat_model.ChatModel` that is needed."""

    def ask(self, messages: list[Message], reply: type[FactsReply], call: Call) -> FactsReply:
        """The model's reply, or ChatError."""


def reply_by_model(
    asker: FactsAsker,
    said: str,
    question: Question,
    given: Sequence[Assumption] = (),
    *,
    seconds_left: float | None = None,
    patience_seconds: float = PATIENCE_SECONDS,
) -> Reply | None:
    """What to say to this as the model hears it; the rules' reply whenever the model gives none that fits."""
    call = Call(purpose="interviewer", deadline_seconds=patience_seconds)
    try:
        found = asker.ask(messages_for(said, question), FactsReply, call)
    except RehearseError:
        return reply_to(said, question, given, seconds_left=seconds_left)
    if found.kind == "none":
        return None
    places = tuple(dict.fromkeys(number - 1 for number in found.facts))[:MOST_FACTS]
    if not all(0 <= at < len(question.facts) for at in places):
        return reply_to(said, question, given, seconds_left=seconds_left)
    return reply_of_kind(KINDS[found.kind], said, question, given, facts=places, seconds_left=seconds_left)


def messages_for(said: str, question: Question) -> list[Message]:
    """The one message the model gets; question and words are fenced, because both are data."""
    fence = f"SAID-{secrets.token_hex(4)}"
    facts = (f"{at}. {without_mark(fact.text, fence)}" for at, fact in enumerate(question.facts, 1))
    text = _template().substitute(
        fence=fence,
        question=without_mark(question.text, fence),
        facts="\n".join(facts),
        said=without_mark(said, fence),
    )
    return [Message("user", text)]


@cache
def _template() -> Template:
    return Template(_PROMPT.read_text(encoding="utf-8"))
