"""A connected model reads the sums of an answer; they are computed here, from numbers that were said.

The model says which numbers were worked out and from which others, as an expression. It is believed only
where every number in that was said, given or is a conversion, and never overrules a step found without it.
"""

from __future__ import annotations

import ast
import hashlib
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from analysis.estimates.quantities import find_quantities
from analysis.estimates.quantity import Quantity
from analysis.estimates.recomputed_step import CapacityStep, rounding
from analysis.llm.between_marks import without_mark
from analysis.llm.chat_model import Call, Message
from analysis.llm.usage import CHARACTERS_PER_TOKEN, CostEstimate, Price
from analysis.reading.quotes import evidence_at, locate
from data.domain import Answer, Turn

REPLY_TOKENS = 800
MOST_SUMS, LONGEST_EXPRESSION, LARGEST_EXPONENT = 60, 300, 128
_PROMPT = Path(__file__).parent / "prompts" / "sums.md"
_CONVERSIONS = (1, 2, 7, 8, 12, 24, 30, 30.4, 31, 52, 60, 100, 360, 365, 1024, 3600, 86400)
_SAME = 1e-3
_Reply = TypeVar("_Reply", bound=BaseModel)


class Sum(BaseModel):
    """A number that was worked out, as a model reads it."""

    quote: str
    stated: float
    expression: str


class SumsReply(BaseModel):
    """All of them."""

    sums: list[Sum]


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


def look_again(
    model: Asker, answer: Answer, steps: Sequence[CapacityStep], call: Call
) -> tuple[CapacityStep, ...]:
    """The steps with those that the model led to, in the order said; raises `ChatError`."""
    return with_sums(answer, steps, model.ask(messages_of(answer), SumsReply, call).sums)


def messages_of(answer: Answer) -> tuple[Message, ...]:
    """The one request: question and turns, word for word, between marks nobody can write into them."""
    turns = [
        ("given", answer.question.text),
        *((turn.speaker, turn.text) for turn in answer.turns if turn.kind == "said"),
    ]
    fence = f"=== {hashlib.sha256(str(turns).encode()).hexdigest()[:16]}"
    said = "\n".join(f"[{who}] {without_mark(' '.join(text.split()), fence)}" for who, text in turns)
    prompt = Template(_PROMPT.read_text(encoding="utf-8"))
    return (Message("user", prompt.substitute(fence=fence, said=said)),)


def cost_of(model: Asker, answer: Answer) -> CostEstimate:
    """About what it costs; nothing is sent."""
    tokens = sum(len(one.text) for one in messages_of(answer)) // CHARACTERS_PER_TOKEN
    return CostEstimate(1, tokens, REPLY_TOKENS, None, model.price.of(tokens, REPLY_TOKENS))


def with_sums(answer: Answer, steps: Sequence[CapacityStep], sums: Sequence[Sum]) -> tuple[CapacityStep, ...]:
    """The steps with those of a model's sums that can be computed and say nothing of a number twice. Pure."""
    given = [q for turn in answer.turns if turn.speaker != "candidate" for q in find_quantities(turn.text)]
    given += find_quantities(answer.question.text)
    known, found = list(given), list(steps)
    for turn in answer.candidate_turns:
        quantities = find_quantities(turn.text)
        known += quantities
        for one in sums[:MOST_SUMS]:
            quantity = _meant(one, turn, quantities)
            is_told = quantity is not None and any(_is_about(step, turn, quantity) for step in found)
            if quantity is None or is_told or any(_alike(q.value, quantity.value) for q in given):
                continue
            value = computed(one.expression, known)
            if value is not None:
                found += _step(turn, quantity, value, one.expression)
    order = {turn.index: at for at, turn in enumerate(answer.turns)}
    return tuple(sorted(found, key=lambda step: (order[step.quote.turn], step.start)))


def _meant(one: Sum, turn: Turn, quantities: Sequence[Quantity]) -> Quantity | None:
    span = locate(one.quote, turn)
    inside = [q for q in quantities if span and q.start < span.end and q.end > span.start]
    return next((q for q in inside if _alike(q.stated, one.stated)), None)


def _is_about(step: CapacityStep, turn: Turn, quantity: Quantity) -> bool:
    return step.quote.turn == turn.index and step.start < quantity.end and step.end > quantity.start


def _step(turn: Turn, quantity: Quantity, value: float, expression: str) -> Iterator[CapacityStep]:
    start, end = quantity.start, quantity.end
    span = locate(turn.text[max(0, turn.text.rfind(" ", 0, max(0, start - 12)) + 1) : end], turn)
    if span is not None:
        agrees = rounding(quantity, value) is not None
        yield CapacityStep(
            quote=evidence_at(turn, span),
            text=turn.text[start:end],
            stated=quantity.stated,
            unit=quantity.unit or quantity.label,
            recomputed=value,
            off_by_factor=quantity.stated / value,
            verdict="consistent" if agrees else "slip",
            formula=expression,
            start=start,
            end=end,
        )


def computed(expression: str, known: Sequence[Quantity]) -> float | None:
    """What an expression comes to; None when it holds anything but numbers that were said and conversions."""
    try:
        tree = (
            ast.parse(expression.strip(), mode="eval").body if len(expression) <= LONGEST_EXPRESSION else None
        )
        value = _value(tree, known) if isinstance(tree, ast.BinOp) else 0.0
    except (SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
        return None
    return value if value > 0 and math.isfinite(value) else None


def _value(node: ast.AST | None, known: Sequence[Quantity]) -> float:
    number = node.value if isinstance(node, ast.Constant) else None
    if isinstance(number, int | float) and not isinstance(number, bool) and _was_said(number, known):
        return float(number)
    if not isinstance(node, ast.BinOp):
        raise ValueError("no number that was said")
    left, right = _value(node.left, known), _value(node.right, known)
    match node.op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
        case ast.Pow() if right <= LARGEST_EXPONENT:
            return math.pow(left, right)
        case _:
            raise ValueError("no sum")


def _was_said(number: float, known: Sequence[Quantity]) -> bool:
    """True for a number that was said, in whatever unit, and for a conversion."""
    if any(_alike(number, conversion) for conversion in _CONVERSIONS) or _is_power_of_ten(number):
        return True
    return any(_alike(number, q.value) or _is_power_of_ten(number / q.stated) for q in known if q.stated)


def _is_power_of_ten(number: float) -> bool:
    return number > 0 and abs(math.log10(number) - round(math.log10(number))) < _SAME


def _alike(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_SAME)
