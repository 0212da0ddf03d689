"""The capacity checker: recompute what a candidate computed, from the candidate's own assumptions.

A result is *consistent* when some plausible chain of what was said comes to it, a *slip* when chains with
the right unit exist and none does, and *cannot tell* otherwise. An assumption is never judged: another
number of users is another system, not a mistake. A result that follows from an earlier slip is not a second
slip. Rounding as on a whiteboard is fine: within 25 %, or the recomputed number rounded to one significant
figure, or a count of machines rounded up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.estimates.chains import Chain, Context, Operand, Work, chains
from analysis.estimates.links import (
    Sign,
    Strength,
    goes_on,
    is_added,
    is_complement,
    is_condition,
    is_growing,
    is_growth,
    is_introduced,
    is_loaded,
    is_same_measure,
    is_shared,
    is_sum,
    is_supposed,
    is_taking,
    names_factors,
    sign,
    strength,
)
from analysis.estimates.other_meanings import per_period
from analysis.estimates.plausible import (
    exactly,
    is_aside,
    is_bystander,
    is_part,
    is_telling,
    is_time_share,
    is_work,
    may_be_added,
    may_be_wrong,
    may_go_on,
    may_take,
    nearest,
    spoken_of_each,
    stated_per,
)
from analysis.estimates.quantities_found import find_quantities, has_too_many, leading_period, sentence_starts
from analysis.estimates.quantity import LONGEST_WINDOW, MOST_NEAR, Quantity
from analysis.estimates.recomputed_step import CapacityStep, Verdict, agrees, formula
from analysis.estimates.sums import sums
from analysis.reading.quotes import WordPlaces, evidence_at
from data.domain import Answer, Evidence, Turn

CONSISTENT_COST, SLIP_COST, SLACK = 1.7, 1.5, 0.9
REMEMBERED = 12
SHORTEST_QUOTE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """Every recomputed step of an answer, in order; `whole`: it has no more numbers than are tried."""

    steps: tuple[CapacityStep, ...]
    whole: bool


def check_answer(answer: Answer) -> Checked:
    """Recompute an answer, at a cost that has a limit however long it is and whatever it says."""
    work = Work()
    turns = answer.candidate_turns
    steps = tuple(step for turn in turns for step in check_turn(turn, work))
    return Checked(steps, not (work.is_spent or any(has_too_many(turn.text) for turn in turns)))


def check_capacity(answer: Answer) -> tuple[CapacityStep, ...]:
    """Every recomputed step of an answer, in order."""
    return check_answer(answer).steps


def check_turn(turn: Turn, work: Work | None = None) -> tuple[CapacityStep, ...]:
    """Every recomputed step of one turn, as far as there is `work` left for it."""
    return tuple(_Checker(turn, work or Work()).steps())


class _Checker:
    """Walks through the quantities of one turn, remembering results as said and as recomputed."""

    def __init__(self, turn: Turn, work: Work) -> None:
        self._turn, self._text, self._work = turn, turn.text, work
        self._places = WordPlaces(turn)
        self._quantities = list(find_quantities(turn.text))
        self._starts = sentence_starts(turn.text)
        self._other: dict[int, float] = {}
        self._results: set[int] = set()
        self._used: set[int] = set()

    def steps(self) -> Iterator[CapacityStep]:
        """What is recomputed, up to where the work that is left for it ends."""
        for at in range(len(self._quantities)):
            step = self._constant(at) or self._step(at)
            if self._work.is_spent:
                return
            if step is not None:
                yield step

    def _between(self, at: int) -> str:
        """The words before a quantity, back to the quantity before it or the start of its sentence."""
        quantity = self._quantities[at]
        start = max(self._quantities[at - 1].end if at else 0, quantity.start - LONGEST_WINDOW)
        before = self._text[start : quantity.start]
        if at and self._quantities[at - 1].sentence == quantity.sentence:
            return before
        return self._text[max(start, self._sentence_start(quantity)) : quantity.start]

    def _constant(self, at: int) -> CapacityStep | None:
        """A conversion constant that is stated with its unit: 86,400 seconds in a day."""
        quantity = self._quantities[at]
        if quantity.period is None or quantity.data or quantity.time != 1:
            return None
        return self._made(quantity, quantity.period, "units", ())

    def _step(self, at: int) -> CapacityStep | None:
        between = self._between(at)
        result = self._with_period(at, between)
        operands = self._operands(at)
        before = [operand for operand in operands if operand.near and not operand.optional]
        signed = any(operand.sign for operand in before)
        follows = at - 1 in self._results and self._quantities[at - 1].sentence == result.sentence
        goes_along = follows and goes_on(between)
        if is_supposed(self._lead(at), between) and not goes_along:
            return None
        is_factor = result.percent or result.multiplier or result.constant or result.descriptive
        is_factor = is_factor or is_part(result)
        if is_factor or self._sign_of(at):
            return None
        if is_condition(between) or len(operands) == sum(operand.optional for operand in operands):
            return None
        how = "none" if is_taking(between) and not may_take(result, between) else strength(between)
        if how == "weak" and self._restates(at, between):
            how = "strong"
        if how != "strong" and goes_along and may_go_on(result):
            how = "strong"
        if how != "strong" and before and is_introduced(self._lead(at), between):
            how = "strong"
        found = sorted(self._chains(result, operands, between), key=lambda chain: chain.cost)
        return self._judge(at, result, found, how, signed)

    def _judge(
        self, at: int, result: Quantity, found: Sequence[Chain], how: Strength, signed: bool
    ) -> CapacityStep | None:
        whole = [chain.cost for chain in found if chain.whole]
        limit = min(CONSISTENT_COST, (whole[0] if whole else CONSISTENT_COST) + SLACK)
        for chain in found:
            certain = how == "strong" or signed or is_telling(chain, result)
            if chain.cost <= limit and certain and agrees(result, chain.value):
                self._remember(at, chain)
                return self._made(result, chain.value, formula(self._text, chain), chain.parts)
        if how != "strong" and not signed:
            return None
        likely = [chain for chain in found if chain.whole and chain.cost <= SLIP_COST]
        whole_ones = [chain for chain in likely if may_be_wrong(chain, result)]
        best = exactly(found, result) or nearest(whole_ones, result)
        if best is None or is_growing(self._text[max(0, result.start - 160) : result.start]):
            return self._made(result, None, "", ()) if how == "strong" else None
        self._remember(at, best)
        return self._made(result, best.value, formula(self._text, best), best.parts)

    def _restates(self, at: int, between: str) -> bool:
        """A rate said again per another period: "3,000 a minute is 50 a second", "in a day: 4 TB"."""
        result, before = self._quantities[at], self._quantities[at - 1] if at else None
        if between.rstrip().endswith(":") and leading_period(between) is not None:
            return at + 1 == len(self._quantities) or self._sign_of(at + 1) is None
        if before is None or before.sentence != result.sentence or not is_same_measure(between):
            return False
        alike = (before.data, before.time) == (result.data, result.time)
        return alike and before.period is not None and not result.is_bare

    def _remember(self, at: int, chain: Chain) -> None:
        starts = {quantity.start for quantity, _ in chain.parts}
        self._used |= {i for i, quantity in enumerate(self._quantities) if quantity.start in starts}
        self._results.add(at)
        self._quantities[at] = per_period(self._quantities[at], chain.per)
        if not agrees(self._quantities[at], chain.value):
            self._other[at] = chain.value

    def _with_period(self, at: int, between: str) -> Quantity:
        """A result without a period takes the one named before it, or that of the number it restates."""
        quantity = self._quantities[at]
        period = leading_period(between)
        if quantity.period is not None or quantity.time and (quantity.time != 1 or period is None):
            return quantity
        before = self._quantities[at - 1] if at else None
        restated = before is not None and before.sentence == quantity.sentence and is_same_measure(between)
        if period is None and before is not None and restated and quantity.data == before.data == 1:
            period = before.period
        if period is None:
            return quantity
        scaled = replace(
            quantity,
            value=quantity.value / period,
            time=quantity.time - 1,
            scale=quantity.scale / period,
            period=period,
        )
        self._quantities[at] = scaled
        return scaled

    def _operands(self, at: int) -> list[Operand]:
        """What was said in the same breath (since the last result of the sentence), and what came before."""
        result = self._quantities[at]
        near_from, base, first = at, None, max(0, at - MOST_NEAR)
        while near_from > first and self._quantities[near_from - 1].sentence == result.sentence:
            near_from -= 1
            if near_from in self._results:
                base = near_from
                break
        operands = []
        for i in range(max(0, near_from - REMEMBERED), near_from):
            quantity, used = self._quantities[i], i in self._used and i not in self._results
            if quantity.constant or quantity.percent and used and not is_time_share(result):
                continue
            distance = result.sentence - quantity.sentence
            operands.append(Operand(quantity, False, None, distance, False, self._other.get(i), used=used))
        for i in range(near_from, at):
            quantity, own = self._quantities[i], self._sign(i, near_from, at)
            near = self._quantities[near_from:at]
            work = is_work(quantity, near, result)
            aside = own is None and is_bystander(quantity, near, result)
            alone = own is None and i != base and is_aside(self._text, near, i - near_from, result)
            operands.append(
                Operand(quantity, True, own, 0, False, self._other.get(i), i == base, work, aside, alone)
            )
        return operands + self._afterwards(at)

    def _sign_of(self, at: int) -> Sign | None:
        quantity = self._quantities[at]
        return sign(self._between(at), by_time=quantity.time == 1 and quantity.constant is None)

    def _sign(self, at: int, first: int, result: int) -> Sign | None:
        own = self._sign_of(at)
        if own is None and at == first and at + 1 < result:
            following = self._sign_of(at + 1)
            return "times" if following in ("times", "divided") else None
        return own

    def _afterwards(self, at: int) -> list[Operand]:
        """What is added behind a result: "... over five years", "... with three copies"."""
        behind = []
        for i in range(at + 1, min(at + 3, len(self._quantities))):
            if self._quantities[i].sentence != self._quantities[at].sentence:
                break
            between = self._text[self._quantities[i - 1].end : self._quantities[i].start]
            quantity = self._quantities[i]
            if not is_added(between) or not may_be_added(quantity, self._quantities[at]):
                break
            behind.append(Operand(self._quantities[i], True, self._sign_of(i), 0, True))
        return behind

    def _chains(self, result: Quantity, operands: Sequence[Operand], between: str) -> list[Chain]:
        around = self._text[max(0, result.start - 80) : result.end + 60]
        sentence = self._sentence(result)
        context = Context(
            complement=is_complement(around) or is_time_share(result),
            growth=is_growth(around),
            loaded=result.is_bare and is_loaded(sentence),
            summed=is_sum(sentence),
            shared=result.is_bare and is_shared(self._text[result.start : result.end + 20], sentence),
            factors=names_factors(sentence),
            signed=any(operand.sign for operand in operands if operand.near and not operand.optional),
            each=re.match(r"\W*each\b", self._text[result.end : result.end + 8]) is not None,
            wanted=spoken_of_each(self._text, operands),
            per=stated_per(self._text[result.start : result.end + 25]),
        )
        return [*chains(result, operands, context, self._work), *sums(result, operands, context)]

    def _lead(self, at: int) -> str:
        """The sentence up to a quantity."""
        quantity = self._quantities[at]
        start = max(self._sentence_start(quantity), quantity.start - LONGEST_WINDOW)
        return self._text[start : quantity.start]

    def _sentence_start(self, quantity: Quantity) -> int:
        return self._starts[quantity.sentence]

    def _sentence(self, quantity: Quantity) -> str:
        same = [other for other in self._quantities if other.sentence == quantity.sentence]
        around = self._text[: min(same[-1].end + 20, quantity.end + LONGEST_WINDOW)]
        return around[max(0, same[0].start - 60, quantity.start - LONGEST_WINDOW) :]

    def _made(
        self, result: Quantity, value: float | None, formula: str, parts: Sequence[tuple[Quantity, int]]
    ) -> CapacityStep:
        recomputed = None if value is None else value / result.scale
        verdict: Verdict = "cannot_tell"
        if value is not None:
            verdict = "consistent" if agrees(result, value) else "slip"
        return CapacityStep(
            quote=self._quote(result.start, result.end),
            text=self._text[result.start : result.end],
            stated=result.stated,
            unit=result.unit or result.label,
            recomputed=recomputed,
            off_by_factor=None if not recomputed else result.stated / recomputed,
            verdict=verdict,
            formula=formula,
            assumptions=tuple(self._quote(q.start, q.end) for q, _ in parts),
            start=result.start,
            end=result.end,
        )

    def _quote(self, start: int, end: int) -> Evidence:
        """The quantity with enough words before it to be read on its own."""
        while start and len(self._text[start:end].split()) < SHORTEST_QUOTE_WORDS:
            start = self._text.rfind(" ", 0, start - 1) + 1
        return evidence_at(self._turn, self._places.span(start, end))
