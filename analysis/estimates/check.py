"""The capacity checker: recompute what a candidate computed, from the candidate's own assumptions.

A number is taken for a result when arithmetic says so: a cheap explanation from what was said comes to it. It
is a slip only when nothing comes to it and the plainest explanation is off by what slips are off by. All else
is silent. What was given or assumed is never judged: another number of users is another system, no mistake.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.estimates.breath import REMEMBERED, Said
from analysis.estimates.explained import AVAILABILITY, Explanation, Work, explanations
from analysis.estimates.quantities import LONGEST_TEXT, MOST_QUANTITIES, Quantity, find_quantities
from analysis.estimates.recomputed_step import CapacityStep, formula, rounding
from analysis.estimates.slips import Slip, slip_between
from analysis.estimates.words_around import AGAIN, ANNOUNCED, GOES_ON, ON, STOPS, is_condition
from analysis.reading.quotes import WordPlaces, evidence_at
from data.domain import Answer, Evidence, Turn

SURE, LIKELY, DOUBTED = 2.0, 1.45, 0.8
"""What an explanation may cost: where words lead up to a result, where none do, where an assumption is."""
PLAINEST, EXACT, UNANNOUNCED, BY_FAR = 0.3, 0.7, 0.15, 0.1
"""What the explanation of a slip may cost: where words lead up to it, where in addition units fit and the
slip is exact, where no words do, and where any distance is one."""
SLIPPED, DOUBT, MARGIN, BEHIND, MOST_BEHIND = 0.85, 0.2, 0.4, 0.8, 5
"""What believing in a slip costs; by how much it must be the likeliest."""
_TURNS_BEFORE, _LONGEST_GIVEN, _AS_MEANT = 6, 1000, 0.0
SAME, MENDED_WITHIN = 0.05, 3
SHORTEST_QUOTE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """Every recomputed step of an answer, in order; `whole`: it has no more numbers than are tried."""

    steps: tuple[CapacityStep, ...]
    whole: bool


def check_answer(answer: Answer) -> Checked:
    """Recompute an answer, at a cost that has a limit however long it is and whatever it says."""
    work, whole = Work(), True
    steps: list[CapacityStep] = []
    given = [answer.question.text]
    for turn in (turn for turn in answer.turns if turn.kind == "said"):
        if turn.speaker == "candidate":
            before = [text[-_LONGEST_GIVEN:] for text in (given[0], *given[1:][-_TURNS_BEFORE:])]
            checker = _Checker(turn, "\n".join(before), work)
            steps += checker.steps()
            whole = whole and not checker.has_more
        given.append(turn.text)
    return Checked(tuple(steps), whole and not work.is_spent)


def check_text(text: str, given: Sequence[str] = ()) -> tuple[CapacityStep, ...]:
    """Recompute one text: a question's outline, or what a candidate has just said to an interviewer."""
    return check_turn(Turn(0, "candidate", text), given)


def check_turn(turn: Turn, given: Sequence[str] = (), work: Work | None = None) -> tuple[CapacityStep, ...]:
    """Every recomputed step of one turn; numbers `given` before it are taken as they are and never judged."""
    return tuple(_Checker(turn, "\n".join(given), work or Work()).steps())


_Priced = tuple[float, Explanation]


@dataclass(frozen=True, slots=True)
class _Slipped:
    """An explanation that a number misses, why, and what believing so costs."""

    one: Explanation
    slip: Slip
    price: float


class _Checker:
    """Walks through the quantities of one turn, remembering results as said and as recomputed."""

    def __init__(self, turn: Turn, given: str, work: Work) -> None:
        self._turn, self._text, self._given_text, self._work = turn, turn.text, given, work
        self._places = WordPlaces(turn)
        self._quantities = find_quantities(turn.text)
        known = [replace(quantity, sentence=-1 - quantity.sentence) for quantity in find_quantities(given)]
        self._said = Said(turn.text, self._quantities, known[-2 * REMEMBERED :])
        self.has_more = len(self._quantities) == MOST_QUANTITIES or len(turn.text) > LONGEST_TEXT

    def steps(self) -> Iterator[CapacityStep]:
        """What is recomputed, up to where the work that is left for it ends."""
        found: dict[int, CapacityStep | None] = {}
        for at in range(len(self._quantities)):
            step = self._step(at)
            if self._work.is_spent:
                break
            found[at] = step
        for at, step in list(found.items()):
            if step is None and self._quantities[at].sentence == 0:
                found[at] = self._from_behind(at)
        yield from (step for step in found.values() if step is not None)

    def _from_behind(self, at: int) -> CapacityStep | None:
        """A result that was said first, and only then where it comes from."""
        result, following = self._quantities[at], self._said.following(at) | set(self._said.meant)
        is_given = any(quantity.stated == result.stated for quantity in self._said.given)
        if is_given or not _may_be_result(result) or result.kind in ("share", "factor"):
            return None
        for place in range(at + 1, len(self._quantities) + 1):
            sentence = self._quantities[place - 1].sentence
            is_end = place == len(self._quantities) or self._quantities[place].sentence != sentence
            if not is_end or self._work.is_spent or sentence > MOST_BEHIND:
                continue
            operands = self._said.operands(place, sentence, following)
            right = _cheapest_right(explanations(result, operands, self._quantities, self._work), result)
            if right and right[0] <= BEHIND and len([q for q, _ in right[1].parts if q.sentence > 0]) > 1:
                return self._adds_up(at, right, ())
        return None

    def _step(self, at: int) -> CapacityStep | None:
        result = self._quantities[at]
        if not _may_be_result(result):
            return None
        limit = self._limit(at)
        operands = self._said.operands(at, result.sentence)
        before = (*self._said.given, *self._quantities[:at])
        found = explanations(result, operands, before, self._work)
        right = _cheapest_right(found, result)
        slipped = self._slipped(at, found, limit)
        if right and right[0] <= limit and (slipped is None or right[0] <= slipped.price + DOUBT):
            return self._adds_up(at, right, found)
        if slipped is None or right and right[0] <= slipped.price + MARGIN:
            return None
        self._said.meant[at] = slipped.one.value * result.scale
        step = self._made(at, slipped.one, slipped.one.value)
        return replace(step, verdict="slip", reason=slipped.slip.reason)

    def _limit(self, at: int) -> float:
        between = self._said.between(at)
        if is_condition(between) or self._quantities[at].kind in ("share", "factor"):
            return DOUBTED
        follows = at - 1 in self._said.results
        follows = follows and self._quantities[at - 1].sentence == self._quantities[at].sentence
        is_led_to = ANNOUNCED.search(between) or follows and GOES_ON.fullmatch(between)
        return SURE if is_led_to else LIKELY

    def _adds_up(self, at: int, right: _Priced, found: Sequence[Explanation]) -> CapacityStep:
        """A step that adds up; one that only does so from an earlier slip is told apart."""
        result, (cost, one) = self._quantities[at], right
        meant = [one for one in found if one.carries and one.cost <= cost + _AS_MEANT]
        slips = self._said.places(one.parts) & set(self._said.meant)
        if not slips or any(rounding(result, one.value) is not None for one in meant):
            return self._made(at, one, one.value)
        by_start = {self._quantities[i].start: self._said.meant[i] / self._quantities[i].value for i in slips}
        mended = one.value * math.prod(by_start.get(q.start, 1.0) ** exponent for q, exponent in one.parts)
        self._said.meant[at] = mended * result.scale
        return replace(self._made(at, one, mended), verdict="carried")

    def _slipped(self, at: int, found: Sequence[Explanation], limit: float) -> _Slipped | None:
        """The plainest explanation that a stated number misses by what slips are off by."""
        sure, result = limit >= SURE, self._quantities[at]
        is_elsewhere = at + 1 < len(self._quantities) and ON.fullmatch(self._said.between(at + 1))
        is_again = AGAIN.fullmatch(self._said.between(at)) is not None
        is_loose = result.is_bare and not sure or result.is_number and not result.lead
        if limit <= DOUBTED or is_elsewhere or is_loose:
            return None
        for one in found:
            is_near = all(q.is_given or q.sentence >= result.sentence - 1 for q, _ in one.parts)
            is_plain = is_near and one.plain and not one.carries and _is_computed(one, result)
            is_other = len(one.parts) == 1 and _is_alike(one.parts[0][0], result) and not is_again
            if not is_plain or is_other or any(_is_same(q, result) for q in self._said.given):
                continue
            slip = slip_between(result, one, by_far=self._by_far(at, one))
            if slip is not None and self._is_taken_back(at, one.value * result.scale):
                self._said.taken_back.add(at)
                return None
            if slip is not None and (_is_less_than_one(one, result) or self._is_said_behind(at, one)):
                return None
            if slip is not None and one.cost <= _most_cost(slip, one, result, sure):
                return _Slipped(one, slip, one.cost + SLIPPED + slip.price)
        return None

    def _is_taken_back(self, at: int, value: float) -> bool:
        """True where the speaker stops and says the right number instead."""
        wrong = self._quantities[at]
        return any(
            q.data == wrong.data
            and min(abs(q.value / value - 1), abs(q.value * (q.period or 1.0) / value - 1)) <= SAME
            and STOPS.search(self._text[wrong.end : q.start])
            for q in self._quantities[at + 1 : at + 1 + MENDED_WITHIN]
        )

    def _is_said_behind(self, at: int, one: Explanation) -> bool:
        """True where what lies between is said right behind the result: "2.6 terabytes for thirty days"."""
        result = self._quantities[at]
        ratio = max(result.stated / one.value, one.value / result.stated)
        behind = self._quantities[at + 1 : at + 1 + MENDED_WITHIN]
        return any(
            math.isclose(ratio, size, rel_tol=SAME)
            for q in behind
            if q.sentence == result.sentence
            for size in (q.stated, q.value)
        )

    def _by_far(self, at: int, one: Explanation) -> bool:
        """True where units leave no other way to come to a number, so that any miss is a slip."""
        result, (*first, (last, exponent)) = self._quantities[at], one.parts
        if (
            one.cost > BY_FAR
            or result.is_bare
            and not result.label
            or one.kind != "product"
            or len(first) > 1
        ):
            return False
        is_next = at > 0 and self._quantities[at - 1] is last
        if not first:
            return is_next and result.time != 0 and AGAIN.fullmatch(self._said.between(at)) is not None
        is_said = exponent > 0 and (last.kind == "factor" or is_next and self._said.sign(at - 1) != "")
        names = [quantity.label.partition(" ")[0] for quantity, _ in one.parts]
        is_rate = result.time == 1 and names[0] == names[1] != ""
        return is_said or is_rate or result.label != "" and result.label in names

    def _made(self, at: int, one: Explanation, recomputed: float) -> CapacityStep:
        result = self._quantities[at]
        self._said.results[at] = self._said.places(one.parts)
        return CapacityStep(
            quote=self._quote(result.start, result.end),
            text=self._text[result.start : result.end],
            stated=result.stated,
            unit=result.unit or result.label,
            recomputed=recomputed,
            off_by_factor=result.stated / recomputed,
            verdict="consistent",
            formula=formula(self._text, self._given_text, one),
            assumptions=tuple(self._quote(q.start, q.end) for q, _ in one.parts if not q.is_given),
            start=result.start,
            end=result.end,
        )

    def _quote(self, start: int, end: int) -> Evidence:
        """The quantity with enough words before it to be read on its own."""
        while start and len(self._text[start:end].split()) < SHORTEST_QUOTE_WORDS:
            start = self._text.rfind(" ", 0, start - 1) + 1
        return evidence_at(self._turn, self._places.span(start, end))


def _is_alike(quantity: Quantity, result: Quantity) -> bool:
    """True for two times and two sizes, which are rather two things than one in two units."""
    return (quantity.data, quantity.time) == (result.data, result.time) and not result.period


def _is_less_than_one(one: Explanation, result: Quantity) -> bool:
    """True where less than one of what is counted would come out: then something else was computed."""
    return one.value < 1 and bool(result.label) and not result.unit


def _is_same(quantity: Quantity, other: Quantity) -> bool:
    return math.isclose(quantity.value, other.value, rel_tol=0.01)


def _may_be_result(quantity: Quantity) -> bool:
    """Neither a factor nor a share, a conversion or "for a year"."""
    is_one = quantity.is_bare and not quantity.unit and quantity.stated == 1
    return quantity.kind in ("amount", "power", "share", "factor") and quantity.value > 0 and not is_one


def _cheapest_right(found: Sequence[Explanation], result: Quantity) -> _Priced | None:
    """What most plausibly comes to a stated number, and what believing so costs."""
    right = [
        (one.cost + off, one)
        for one in found
        if not _repeats(one, result) and (off := rounding(result, one.value)) is not None
    ]
    return min(right, key=lambda priced: priced[0], default=None)


def _repeats(one: Explanation, result: Quantity) -> bool:
    """True when the number is one of its own factors, or just another number, said again."""
    if one.kind != "product":
        return False
    quantity, exponent = one.parts[0]
    is_alike = (quantity.scale, quantity.data, quantity.time) == (result.scale, result.data, result.time)
    if len(one.parts) == 1 and exponent > 0 and quantity.kind == "amount" and is_alike:
        return True
    return any(
        exponent > 0
        and math.isclose(quantity.stated, result.stated, rel_tol=1e-6)
        and (quantity.is_bare or quantity.unit == result.unit and quantity.data == result.data)
        for quantity, exponent in one.parts
    )


def _is_computed(one: Explanation, result: Quantity) -> bool:
    """True for what takes two numbers, or one in another unit; not for what merely differs from it."""
    if any(quantity.start > result.start and not quantity.is_given for quantity, _ in one.parts):
        return False
    if len({quantity.sentence for quantity, _ in one.parts if quantity.is_given}) > 1:
        return False
    parts = [(q, exponent) for q, exponent in one.parts if q.stated != 1 or not q.is_bare]
    if len(parts) != 1:
        counted = (exponent > 0 and q.kind not in ("share", "factor") for q, exponent in parts)
        return len(parts) > 1 and any(counted)
    quantity, exponent = parts[0]
    if quantity.kind == "share" and result.period and result.unit:
        return quantity.value > AVAILABILITY
    is_other = quantity.scale != result.scale and not (quantity.is_bare or result.is_bare and not result.lead)
    return exponent > 0 and is_other


def _most_cost(slip: Slip, one: Explanation, result: Quantity, sure: bool) -> float:
    """What the explanation of a slip may cost."""
    if not sure:
        return UNANNOUNCED if slip.exact and len(one.parts) > 1 else -1.0
    if slip.exact and not result.is_bare:
        return EXACT - slip.price
    return PLAINEST if slip.exact or not result.is_bare or result.label else -1.0
