"""A connected model reads the sums of an answer; they are computed here, from numbers that were said.

The model says which numbers were worked out and from which others, as an expression. It is believed only
where every number in that was said, given or is a conversion, and never takes back a slip found without it.
"""

from __future__ import annotations

import ast
import hashlib
import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from pydantic import BaseModel

from analysis.estimates.quantities import Quantity, find_quantities
from analysis.estimates.recomputed_step import CapacityStep, rounding
from analysis.llm.between_marks import without_mark
from analysis.llm.chat_model import Call, ChatModel, Message
from analysis.llm.usage import CHARACTERS_PER_TOKEN, CostEstimate
from analysis.reading.quotes import evidence_at, locate
from data.domain import Answer, Turn

REPLY_TOKENS = 800
MOST_SUMS, LONGEST_EXPRESSION, _BEFORE = 60, 300, 12
_PROMPT = Path(__file__).parent / "prompts" / "sums.md"
_CONVERSIONS = (1, 2, 7, 8, 12, 24, 30, 30.4, 31, 52, 60, 100, 360, 365, 1024, 3600, 86400)
_SAME = 1e-3
_SCALES = (1.0, 1e3, 1e6, 1e9, 1e12)
"""Of the 72 of "72 million"."""
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,
}


class Sum(BaseModel):
    """A number that was worked out, as a model reads it."""

    quote: str
    stated: float
    expression: str


class SumsReply(BaseModel):
    """All of them."""

    sums: list[Sum]


def look_again(
    model: ChatModel, answer: Answer, steps: Sequence[CapacityStep], call: Call
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


def cost_of(model: ChatModel, answer: Answer) -> CostEstimate:
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
        for at, one in enumerate(own):
            q = one.quantity
            told = next(
                (s for s in steps if s.quote.turn == turn.index and s.start < q.end and s.end > q.start), None
            )
            others = [*said, *own[:at], *own[at + 1 :]]
            is_open = told is None or told.verdict == "consistent"
            step = next(_computed_steps(q, turn, sums, others), told) if is_open else told
            is_given = any(_alike(other.value, q.value) for other in given)
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


def _computed_steps(
    quantity: Quantity, turn: Turn, sums: Sequence[Sum], others: Sequence[_Said]
) -> Iterator[CapacityStep]:
    """What a model's sums come to for this quantity, those first that state it to the digit."""
    start = turn.text.rfind(" ", 0, max(0, quantity.start - _BEFORE)) + 1
    quote = locate(turn.text[start : quantity.end], turn)
    about: list[tuple[float, Sum]] = []
    for one in sums[:MOST_SUMS]:
        span = locate(one.quote, turn)
        is_inside = span is not None and quantity.start < span.end and quantity.end > span.start
        scale = next((s for s in _SCALES if is_inside and _alike(quantity.stated, one.stated * s)), None)
        about += [(scale, one)] if scale else []
    for scale, one in sorted(about, key=lambda pair: pair[0]):
        value, mended = (computed(one.expression, others, mending=mending) for mending in (False, True))
        if value is None or mended is None or quote is None:
            continue
        agrees = rounding(quantity, value * scale) is not None
        carries = agrees and rounding(quantity, mended * scale) is None
        recomputed = (mended if carries else value) * scale
        yield CapacityStep(
            quote=evidence_at(turn, quote),
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


def computed(expression: str, said: Sequence[_Said], *, mending: bool) -> float | None:
    """What an expression comes to; None when it holds anything but numbers that were said and conversions."""
    try:
        tree = ast.parse(expression[:LONGEST_EXPRESSION].strip(), mode="eval").body
        value = _value(tree, said, mending) if isinstance(tree, ast.BinOp) else 0.0
    except (SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
        return None
    return value if value > 0 and math.isfinite(value) else None


def _value(node: ast.AST, said: Sequence[_Said], mending: bool) -> float:
    number = node.value if isinstance(node, ast.Constant) else None
    if isinstance(number, int | float) and not isinstance(number, bool):
        return _said(float(number), said, mending)
    work = _OPERATORS.get(type(node.op)) if isinstance(node, ast.BinOp) else None
    if work is None or not isinstance(node, ast.BinOp):
        raise ValueError("no sum of numbers that were said")
    return work(_value(node.left, said, mending), _value(node.right, said, mending))


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
