"""A connected model reads the sums of an answer; they are computed here, from numbers that were said.

The model says which numbers were worked out and from which others, as an expression. It is believed only
where every number in that was said, given or is a conversion, and never takes back a slip found without it.
"""

from __future__ import annotations

import ast
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

from analysis.estimates.quantities import Quantity, find_quantities
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
    """The steps, and what comes of a model's sums; a slip that was found without it stays one. Pure."""
    given = [q for turn in answer.turns if turn.speaker != "candidate" for q in find_quantities(turn.text)]
    given += find_quantities(answer.question.text)
    said = [_Said(quantity) for quantity in given]
    found: list[CapacityStep] = []
    for turn in answer.candidate_turns:
        own = [_Said(quantity) for quantity in find_quantities(turn.text)]
        meant = _meant(sums[:MOST_SUMS], turn, [one.quantity for one in own])
        told = [step for step in steps if step.quote.turn == turn.index]
        for at, one in enumerate(own):
            others = [*said, *own[:at], *own[at + 1 :]]
            step = _chosen(one.quantity, told, meant.get(at), others, turn)
            is_given = any(_alike(q.value, one.quantity.value) for q in given)
            if step is not None and not (is_given and step.verdict == "slip"):
                found.append(step)
                one.mended = step.recomputed / step.stated if step.verdict != "consistent" else 1.0
        said += own
    return tuple(found)


@dataclass(slots=True)
class _Said:
    """A quantity, and by how much it should have been another where it is or follows from a slip."""

    quantity: Quantity
    mended: float = 1.0


def _meant(sums: Sequence[Sum], turn: Turn, quantities: Sequence[Quantity]) -> dict[int, Sum]:
    """The sums of a model by the place of the quantity that each is about."""
    found: dict[int, Sum] = {}
    for one in sums:
        span = locate(one.quote, turn)
        inside = [at for at, q in enumerate(quantities) if span and q.start < span.end and q.end > span.start]
        fitting = [at for at in inside if _times_thousands(quantities[at].stated, one.stated) is not None]
        exact = [at for at in fitting if _alike(quantities[at].stated, one.stated)]
        found |= {at: one for at in (exact or fitting)[:1]}
    return found


def _times_thousands(stated: float, other: float) -> float | None:
    """1,000,000 for the 72 of "72 million"; None for another number."""
    return next((s for s in (1.0, 1e3, 1e6, 1e9, 1e12) if other and _alike(stated, other * s)), None)


def _chosen(
    quantity: Quantity, told: Sequence[CapacityStep], one: Sum | None, others: Sequence[_Said], turn: Turn
) -> CapacityStep | None:
    """What to say of a quantity, by what was found without the model and by the model's sum."""
    own = next((step for step in told if step.start < quantity.end and step.end > quantity.start), None)
    scale = _times_thousands(quantity.stated, one.stated) if one is not None else None
    value = computed(one.expression, others) if one is not None else None
    span = locate(turn.text[_quote_start(turn.text, quantity.start) : quantity.end], turn)
    is_told = own is not None and own.verdict != "consistent"
    if one is None or value is None or scale is None or span is None or is_told:
        return own
    value *= scale
    agrees = rounding(quantity, value) is not None
    mended = scale * (computed(one.expression, others, mending=True) or 0.0) or value
    carries = agrees and rounding(quantity, mended) is None
    recomputed = mended if carries else value
    return CapacityStep(
        quote=evidence_at(turn, span),
        text=turn.text[quantity.start : quantity.end],
        stated=quantity.stated,
        unit=quantity.unit or quantity.label,
        recomputed=recomputed,
        off_by_factor=quantity.stated / recomputed,
        verdict="carried" if carries else "consistent" if agrees else "slip",
        formula=one.expression,
        start=quantity.start,
        end=quantity.end,
    )


def _quote_start(text: str, start: int) -> int:
    """Where a quote begins that ends with this number: a few words before it."""
    return text.rfind(" ", 0, max(0, start - 12)) + 1


def computed(expression: str, said: Sequence[_Said], *, mending: bool = False) -> float | None:
    """What an expression comes to; None when it holds anything but numbers that were said and conversions."""
    try:
        tree = (
            ast.parse(expression.strip(), mode="eval").body if len(expression) <= LONGEST_EXPRESSION else None
        )
        value = _value(tree, said, mending) if isinstance(tree, ast.BinOp) else 0.0
    except (SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
        return None
    return value if value > 0 and math.isfinite(value) else None


def _value(node: ast.AST | None, said: Sequence[_Said], mending: bool) -> float:
    number = node.value if isinstance(node, ast.Constant) else None
    if isinstance(number, int | float) and not isinstance(number, bool):
        return _said(float(number), said, mending)
    if not isinstance(node, ast.BinOp):
        raise ValueError("no number that was said")
    left, right = _value(node.left, said, mending), _value(node.right, said, mending)
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


def _said(number: float, said: Sequence[_Said], mending: bool) -> float:
    """A number that was said, in whatever unit, or a conversion; when mending, as it should have been."""
    for one in reversed(said):
        q = one.quantity
        if q.stated and (_alike(number, q.value) or _is_power_of_ten(number / q.stated)):
            return number * one.mended if mending else number
    if any(_alike(number, conversion) for conversion in _CONVERSIONS) or _is_power_of_ten(number):
        return number
    raise ValueError("a number that was not said")


def _is_power_of_ten(number: float) -> bool:
    return number > 0 and abs(math.log10(number) - round(math.log10(number))) < _SAME


def _alike(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_SAME)
