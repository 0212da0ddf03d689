"""What may go into a result: what was said in the same breath, before, or given."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from analysis.estimates.explained import Operand
from analysis.estimates.quantities import Quantity
from analysis.estimates.words_around import ANNOUNCED, sign

REMEMBERED, MOST_NEAR = 8, 6
"""Numbers that are looked at: further back, and in the same breath."""
_FROM_GIVEN, _FROM_GIVEN_FIRST, _FURTHEST, _NAMED_ALIKE = 0.55, 0.2, 0.8, 0.2
_BACK, _PER_NUMBER = 0.35, 0.05
_OTHER_SENTENCE, _OTHER_SENTENCE_SHARE = 0.1, 0.5
_LEAVING_BASE, _LEAVING_BASE_BEFORE = 0.4, 0.3
_FREELY, _LEAVING_SIGNED, _LEAVING_COUNT, _LEAVING_MEASURE = 0.05, 1.6, 0.9, 0.6
_CONVERSIONS = frozenset((86400, 86000, 365, 360, 30, 31, 24, 60, 3600, 7, 52, 12, 8, 1024, 1000))


@dataclass(slots=True)
class Said:
    """The quantities of a turn, and what was made of them so far, by their places."""

    text: str
    quantities: Sequence[Quantity]
    given: Sequence[Quantity]
    results: dict[int, Set[int]] = field(default_factory=dict)
    """What went into each."""
    meant: dict[int, float] = field(default_factory=dict)
    """What slips, and what followed from them, should have been."""

    taken_back: set[int] = field(default_factory=set)

    def between(self, at: int) -> str:
        """The words before a quantity, back to the quantity before it or the start of its sentence."""
        quantity = self.quantities[at]
        before = self.quantities[at - 1].end if at else 0
        return self.text[max(before, quantity.start - 200, quantity.sentence_start) : quantity.start]

    def sign(self, at: int) -> str:
        """Which way the words before a quantity say it goes in."""
        return sign(self.quantities[at], self.between(at))

    def operands(self, place: int, sentence: int, without: Set[int] = frozenset()) -> list[Operand]:
        """All that may go into a result that is said at this place, in this sentence."""
        base = max((i for i in self.results if i < place), default=None)
        first, is_other = self._breath(place, sentence, base)
        recent = range(max(0, first - REMEMBERED), first)
        room = max(0, REMEMBERED - len(recent))
        using = _FROM_GIVEN if place > 1 else _FROM_GIVEN_FIRST
        operands = [Operand(q, using, 0.0, False) for q in self.given[len(self.given) - room :] if room]
        operands += [self._before(i, place, sentence, first, base) for i in recent if i not in without]
        return operands + [self._near(i, is_other) for i in range(first, place) if i not in without]

    def _breath(self, place: int, sentence: int, base: int | None) -> tuple[int, bool]:
        """The first quantity of the breath, back to the last result; whether it is of the sentence before."""
        is_other = place > 0 and self.quantities[place - 1].sentence != sentence
        first = place
        while first > max(0, place - MOST_NEAR) and first - 1 != base:
            if self.quantities[first - 1].sentence < sentence - is_other:
                break
            first -= 1
        return first, is_other

    def _before(self, i: int, place: int, sentence: int, first: int, base: int | None) -> Operand:
        quantity, meant = self.quantities[i], self.meant.get(i)
        if i == base:
            leaving = _LEAVING_BASE_BEFORE if i == first - 1 else 0.0
            leaving = _LEAVING_BASE if quantity.sentence == sentence else leaving
            if any(q.is_bare and q.stated == quantity.stated for q in self.quantities[first:place]):
                leaving = _FREELY
            return Operand(quantity, 0.0, leaving, True, meant=meant)
        using = min(_BACK + _PER_NUMBER * (first - i), _FURTHEST)
        if _is_named_alike(quantity, self.quantities[max(first - 1, 0) : place]):
            using = _NAMED_ALIKE
        return Operand(quantity, using, 0.0, False, meant=meant)

    def _near(self, i: int, is_other: bool) -> Operand:
        using, share = (_OTHER_SENTENCE, _OTHER_SENTENCE_SHARE) if is_other else (0.0, 1.0)
        quantity, way = self.quantities[i], self.sign(i)
        share = 0.0 if i in self.taken_back else share
        return Operand(
            quantity, using, share * _leaving(quantity, way), True, way == "divided", self.meant.get(i)
        )

    def places(self, parts: Sequence[tuple[Quantity, int]]) -> Set[int]:
        """Where the parts of an explanation stand, those that were given left out."""
        starts = {quantity.start for quantity, _ in parts if not quantity.is_given}
        return {i for i, quantity in enumerate(self.quantities) if quantity.start in starts}

    def following(self, at: int) -> Set[int]:
        """A number and all that was plainly worked out from it."""
        found = {at}
        for result, parts in sorted(self.results.items()):
            is_led_to = ANNOUNCED.search(self.between(result)) is not None
            found |= {result} if parts & found and is_led_to else set()
        return found


def _leaving(quantity: Quantity, way: str) -> float:
    """What leaving out a quantity of the same breath costs; conversions go without saying."""
    is_free = quantity.kind in ("implied", "constant") or quantity.value == 1
    if is_free or quantity.is_number and quantity.value in _CONVERSIONS:
        return _FREELY
    if way:
        return _LEAVING_SIGNED
    return _LEAVING_COUNT if quantity.is_bare else _LEAVING_MEASURE


def _is_named_alike(quantity: Quantity, near: Sequence[Quantity]) -> bool:
    """True for the lines of "1.8 billion lines" beside so many lines a second."""
    name = quantity.label.partition(" ")[0]
    return bool(name) and any(q.label.partition(" ")[0] == name and q.time != quantity.time for q in near)
