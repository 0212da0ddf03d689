"""An answer made shorter by leaving out, and by nothing else: what stays was said, in this order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel

from analysis.llm.between_marks import without_mark
from analysis.llm.chat_model import Call, Message
from analysis.llm.usage import CHARACTERS_PER_TOKEN, CostEstimate, Price
from analysis.reading.quotes import locate
from analysis.reviewing.transcript_lines import quotes
from data.domain import Answer, Assessment, Evidence, RehearseError, Turn

Kind = Literal["kept", "repeated", "empty"]
REPLY_TOKENS = 600
_PROMPT = Path(__file__).parent / "prompts" / "tighten.md"
_Reply = TypeVar("_Reply", bound=BaseModel)


class Cut(BaseModel):
    """A passage that could be left out, as the model quotes it."""

    quote: str
    kind: Literal["repeated", "empty"]


class CutsReply(BaseModel):
    """All of them."""

    cuts: list[Cut]


class Asker(Protocol):
    """A language model that answers in a given shape."""

    @property
    def price(self) -> Price:
        """What its tokens cost, where that is known."""

    def ask(
        self,
        messages: Sequence[Message],
        reply: type[_Reply],
        call: Call,
        schema: dict[str, Any] | None = None,
    ) -> _Reply:
        """The validated reply; raises `ChatError`."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of the answer as they were said, and whether they stay."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Tightened:
    """The whole answer in passages, in the order it was said."""

    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """What stays."""
        return " ".join(word for one in self.passages if one.kind == "kept" for word in one.text.split())

    @property
    def words_said(self) -> int:
        """Words of the answer."""
        return sum(len(one.text.split()) for one in self.passages)

    @property
    def words_kept(self) -> int:
        """Words that stay."""
        return len(self.text.split())


def tighten(model: Asker, answer: Answer, assessment: Assessment, call: Call) -> Tightened:
    """Have marked what is repeated or empty, and leave it out; raises `ChatError`."""
    reply = model.ask(messages_of(answer), CutsReply, call)
    return tightened(answer, reply.cuts, [one.evidence for one in quotes(assessment)])


def messages_of(answer: Answer) -> tuple[Message, ...]:
    """The one request: the candidate's turns, word for word, between marks nobody can write into them."""
    turns = _said(answer)
    whole = "\n".join(turn.text for turn in turns)
    fence = f"=== {hashlib.sha256(whole.encode()).hexdigest()[:16]}"
    said = "\n".join(f"[turn {one.index}] {without_mark(' '.join(one.text.split()), fence)}" for one in turns)
    return (
        Message("user", Template(_PROMPT.read_text(encoding="utf-8")).substitute(fence=fence, said=said)),
    )


def cost_of(model: Asker, answer: Answer) -> CostEstimate:
    """About what it costs; nothing is sent."""
    tokens = sum(len(one.text) for one in messages_of(answer)) // CHARACTERS_PER_TOKEN
    return CostEstimate(1, tokens, REPLY_TOKENS, None, model.price.of(tokens, REPLY_TOKENS))


def tightened(answer: Answer, cuts: Sequence[Cut], needed: Sequence[Evidence]) -> Tightened:
    """The answer without these passages; those that were not said, or that a verdict goes by, stay. Pure."""
    found: list[Passage] = []
    for turn in _said(answer):
        kept = [place for one in needed if (place := _place(one.quote, turn)) and one.turn == turn.index]
        found += _passages(turn, cuts, kept)
    made = Tightened(tuple(found))
    if not is_within(_words(made.text), [word for turn in _said(answer) for word in _words(turn.text)]):
        raise RehearseError("The shorter answer holds words that were not said.", "It is not shown.")
    return made


def is_within(shorter: Sequence[str], said: Sequence[str]) -> bool:
    """Whether all these words were said, in this order."""
    words = iter(said)
    return all(word in words for word in shorter)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _said(answer: Answer) -> list[Turn]:
    return [turn for turn in answer.turns if turn.speaker == "candidate" and turn.kind == "said"]


def _passages(turn: Turn, cuts: Sequence[Cut], needed: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    at = 0
    for start, end, kind in sorted(_places(turn, cuts)):
        if start < at or any(start < last and first < end for first, last in needed):
            continue
        if turn.text[at:start].strip():
            yield Passage(turn.text[at:start].strip(), "kept")
        yield Passage(turn.text[start:end].strip(), kind)
        at = end
    if turn.text[at:].strip():
        yield Passage(turn.text[at:].strip(), "kept")


def _places(turn: Turn, cuts: Sequence[Cut]) -> Iterator[tuple[int, int, Kind]]:
    for cut in cuts:
        place = _place(cut.quote, turn, last=cut.kind == "repeated")
        if place is not None:
            start, end = place
            while end < len(turn.text) and not turn.text[end].isspace():
                end += 1  # the mark that ends it goes with it
            yield start, end, cut.kind


def _place(quote: str, turn: Turn, *, last: bool = False) -> tuple[int, int] | None:
    """Where the words stand: what is repeated goes where it was said last."""
    found: tuple[int, int] | None = None
    offset = 0
    while (span := locate(quote, replace(turn, text=turn.text[offset:], words=()))) is not None:
        found = (offset + span.start, offset + span.end)
        if not last:
            break
        offset += span.end
    return found
