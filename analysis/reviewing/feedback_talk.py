"""Asking about feedback: a reply counts only with words of the answer or a source that are really there.

The talk is kept nowhere: it lives as long as the tab it is held in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from analysis.llm.between_marks import without_mark
from analysis.llm.chat_model import Call, Message
from analysis.llm.usage import CHARACTERS_PER_TOKEN, CostEstimate, Price
from analysis.reading.quotes import SHORTEST_QUOTE_WORDS, count_words
from analysis.reviewing.feedback_sources import Material, Source
from analysis.scoring.judge.words_shown import about_the_answer
from data.domain import Evidence, RehearseError
from data.domain.letters import visible

LONGEST_QUESTION = 500
LONGEST_REPLY = 1500
REPLY_TOKENS = 300
REMEMBERED = 6
"""Exchanges that are told again with the next question."""
NOT_THERE = "NOT THERE"
NOTHING_SAYS = "Neither your answer nor the rubric, the facts of the question or the verdicts say that."
UNBACKED = "The reply named neither words of your answer nor a source, so it is not shown. Ask again."
LEFT_OUT = "(words that stand nowhere)"
"""In place of a quote that is in nothing the model was given."""
_QUOTED = re.compile(r"[“\"]([^“”\"]{1,400})[”\"]")
_CITED = re.compile(r" ?\[([A-Za-z][\w.\-]{0,40})\]")


class Asker(Protocol):
    """A language model that writes a reply in pieces."""

    @property
    def price(self) -> Price:
        """What its tokens cost, where that is known."""

    def stream(self, messages: Sequence[Message], call: Call) -> Generator[str]:
        """The reply in pieces; raises `ChatError`."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What may be shown of a reply, and the words and sources in it that were found."""

    text: str
    quotes: tuple[Evidence, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def is_backed(self) -> bool:
        """Whether anything stands behind it."""
        return bool(self.quotes or self.sources)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its reply."""

    question: str
    reply: Reply


def ask(
    model: Asker,
    material: Material,
    earlier: Sequence[Exchange],
    question: str,
    call: Call,
    tell: Callable[[str], None],
) -> Exchange:
    """Ask, and tell what is written so far each time more of it is there; raises `ChatError`.

    Raises `RehearseError` for an empty question.
    """
    asked = visible(question).strip()[:LONGEST_QUESTION]
    if not asked:
        raise RehearseError("There is no question.", "Write one.")
    written = ""
    with closing(model.stream(messages_of(material, earlier, asked), call)) as pieces:
        for piece in pieces:
            written += piece
            tell(read_reply(written, material).text)
    return Exchange(asked, settled(read_reply(written, material), written))


def messages_of(material: Material, earlier: Sequence[Exchange], question: str) -> tuple[Message, ...]:
    """The rules and the data, what was asked before as it was shown, and the question."""
    fence = material.view.fence
    told = [
        message
        for one in earlier[-REMEMBERED:]
        for message in (Message("user", one.question), Message("assistant", one.reply.text))
    ]
    return (*material.messages, *told, Message("user", without_mark(question, fence)))


def cost_of(model: Asker, material: Material, earlier: Sequence[Exchange] = ()) -> CostEstimate:
    """About what the next question costs; nothing is sent."""
    messages = messages_of(material, earlier, "")
    tokens = (sum(len(one.text) for one in messages) + LONGEST_QUESTION) // CHARACTERS_PER_TOKEN
    return CostEstimate(1, tokens, REPLY_TOKENS, None, model.price.of(tokens, REPLY_TOKENS))


def settled(reply: Reply, written: str) -> Reply:
    """The reply as it stays: one that nothing stands behind says so instead."""
    if NOT_THERE in written:
        return Reply(NOTHING_SAYS)
    return reply if reply.is_backed else Reply(UNBACKED)


def read_reply(written: str, material: Material) -> Reply:
    """What may be shown of what is written so far; sentences about a person and made-up quotes go."""
    quotes: dict[tuple[int, str], Evidence] = {}
    sources: dict[str, Source] = {}
    known = {one.id: one for one in material.sources}

    def quoted(found: re.Match[str]) -> str:
        evidence = material.view.evidence(found[1], material.answer.turns, "")
        if evidence is not None:
            quotes[evidence.turn, evidence.quote] = evidence
            return found[0]
        return found[0] if _may_stand(found[1], material) else LEFT_OUT

    def cited(found: re.Match[str]) -> str:
        if found[1] == "person":
            return found[0]
        if found[1] not in known:
            return ""
        sources[found[1]] = known[found[1]]
        return found[0]

    text = about_the_answer(written, LONGEST_REPLY)
    text = _CITED.sub(cited, _QUOTED.sub(quoted, text))
    return Reply(text, tuple(quotes.values()), tuple(sources.values()))


def _may_stand(quote: str, material: Material) -> bool:
    """Whether it is a term only, or stands in a source, the question or what the interviewer said."""
    if count_words(quote) < SHORTEST_QUOTE_WORDS:
        return True
    asked = [turn.text for turn in material.answer.turns if turn.speaker == "interviewer"]
    whole = [material.answer.question.text, *asked, *(one.text for one in material.sources)]
    return any(_bare(quote) in _bare(text) for text in whole)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
