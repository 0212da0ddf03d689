"""What may go into a result: what was said in the same breath, before, or right behind it; what was given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from analysis.estimates.explained import Operand
from analysis.estimates.quantities import Quantity
from analysis.estimates.words_around import ends_clause, is_reason, sign

REMEMBERED, MOST_NEAR, AHEAD = 8, 6, 3
"""Numbers that are looked at: further back, in the same breath, behind the result."""
_FROM_GIVEN, _FROM_GIVEN_FIRST, _FURTHEST, _NAMED_ALIKE = 0.55, 0.2, 0.8, 0.2
_BACK, _PER_NUMBER, _PER_SENTENCE, _USED_BEFORE = 0.35, 0.05, 0.05, 0.2
_AHEAD, _PER_AHEAD, _REASON = 0.65, 0.1, 0.3
_OTHER_SENTENCE, _OTHER_SENTENCE_SHARE = 0.1, 0.5
_LEAVING_BASE, _LEAVING_BASE_BEFORE = 0.4, 0.3
_FREELY, _LEAVING_SIGNED, _LEAVING_COUNT, _LEAVING_MEASURE = 0.05, 1.6, 0.9, 0.6
_CONVERSIONS = frozenset((365, 360, 30, 31, 24, 60, 3600, 7, 52, 12, 8, 1024, 1000))


@dataclass(slots=True)
class Said:
    """The quantities of a turn, and what was made of them so far, by their places."""

    text: str
    quantities: Sequence[Quantity]
    given: Sequence[Quantity]
    results: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    """What went into a result."""
    meant: dict[int, float] = field(default_factory=dict)
    """What slips, and what followed from them, should have been."""

    def between(self, at: int) -> str:
        """The words before a quantity, back to the quantity before it or the start of its sentence."""
        quantity = self.quantities[at]
        before = self.quantities[at - 1] if at else None
        start = max(before.end if before else 0, quantity.start - 200, quantity.sentence_start)
        return self.text[start : quantity.start]

    def sign(self, at: int) -> str:
        """Which way the words before a quantity say it goes in."""
        return sign(self.quantities[at], self.between(at))

    def operands(self, at: int, *, ahead: bool) -> list[Operand]:
        """All that may go into the result at this place."""
        base = max((i for i in self.results if i < at), default=None)
        first, is_other = self._breath(at, base)
        recent = range(max(0, first - REMEMBERED), first)
        room = max(0, REMEMBERED - len(recent))
        given = self.given[len(self.given) - room :] if room else ()
        using = _FROM_GIVEN if at > 1 else _FROM_GIVEN_FIRST
        operands = [Operand(quantity, using, 0.0, False) for quantity in given]
        operands += [self._before(i, at, first, base) for i in recent]
        operands += [self._near(i, is_other) for i in range(first, at)]
        return [*operands, *(self._ahead(at) if ahead else ())]

    def _breath(self, at: int, base: int | None) -> tuple[int, bool]:
        """The first quantity of the breath, back to the last result; whether it is of the sentence before."""
        first, sentence = at, self.quantities[at].sentence
        is_other = at > 0 and self.quantities[at - 1].sentence != sentence
        sentence -= is_other
        while first > max(0, at - MOST_NEAR) and first - 1 != base:
            if self.quantities[first - 1].sentence < sentence:
                break
            first -= 1
        return first, is_other

    def _before(self, i: int, at: int, first: int, base: int | None) -> Operand:
        quantity, sentence = self.quantities[i], self.quantities[at].sentence
        if i == base:
            is_same = quantity.sentence == sentence
            leaving = _LEAVING_BASE if is_same else _LEAVING_BASE_BEFORE if i == first - 1 else 0.0
            if any(q.is_bare and q.stated == quantity.stated for q in self.quantities[first:at]):
                leaving = _FREELY
            return Operand(quantity, 0.0, leaving, True, "", self.meant.get(i))
        using = _BACK + _PER_NUMBER * (first - i) + _PER_SENTENCE * (sentence - quantity.sentence)
        using = min(using, _FURTHEST) + (_USED_BEFORE if i in self.used - self.results else 0.0)
        if _is_named_alike(quantity, self.quantities[max(first - 1, 0) : at]):
            using = _NAMED_ALIKE
        return Operand(quantity, using, 0.0, False, "", self.meant.get(i))

    def _near(self, i: int, is_other: bool) -> Operand:
        using, share = (_OTHER_SENTENCE, _OTHER_SENTENCE_SHARE) if is_other else (0.0, 1.0)
        quantity, way = self.quantities[i], self.sign(i)
        return Operand(quantity, using, share * _leaving(quantity, way), True, way, self.meant.get(i))

    def _ahead(self, at: int) -> Iterator[Operand]:
        """The 5k of "twenty boxes because each does 5k"."""
        reason = at + 1 < len(self.quantities) and is_reason(self.between(at + 1))
        for i in range(at + 1, min(at + 1 + AHEAD, len(self.quantities))):
            other = self.quantities[i].sentence != self.quantities[at].sentence
            if other or ends_clause(self.between(i), reason):
                return
            using = _REASON if reason else _AHEAD + _PER_AHEAD * (i - at)
            yield Operand(self.quantities[i], using, 0.0, False, self.sign(i))

    def remember(self, at: int, parts: Sequence[tuple[Quantity, int]]) -> None:
        """Note a result and what went into it."""
        self.results.add(at)
        self.used |= self.places(parts)

    def places(self, parts: Sequence[tuple[Quantity, int]]) -> Set[int]:
        """Where the parts of an explanation stand, those that were given left out."""
        starts = {quantity.start for quantity, _ in parts if not quantity.is_given}
        return {i for i, quantity in enumerate(self.quantities) if quantity.start in starts}


def _leaving(quantity: Quantity, way: str) -> float:
    """What leaving out a quantity of the same breath costs; conversions go without saying."""
    is_free = quantity.kind in ("implied", "constant") or quantity.value == 1
    if is_free or quantity.is_number and quantity.value in _CONVERSIONS:
        return _FREELY
    if way in ("times", "divided"):
        return _LEAVING_SIGNED
    return _LEAVING_COUNT if quantity.is_bare else _LEAVING_MEASURE


def _is_named_alike(quantity: Quantity, near: Sequence[Quantity]) -> bool:
    """True for the lines of "1.8 billion lines" beside so many lines a second."""
    name = quantity.label.partition(" ")[0]
    return bool(name) and any(q.label.partition(" ")[0] == name and q.time != quantity.time for q in near)
