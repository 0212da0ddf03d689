"""The words of a text and the numbers among them: "ten k", "2.5 million", "eleven sixty", "two to the forty".

The only home of text2num, which reads number words; what people add to them is put together here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from text_to_num import find_numbers

from data.word_lists import load_list

_WORD = re.compile(
    r"\d+(?:[,_\u202f' ]\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+|\.\d+|\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
    r"|[A-Za-zµμ]+(?:['’][A-Za-z]+)?|\*\*|->|\S"
)
_GROUPING = re.compile(r"[,_\u202f' ]")
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_TRILLIONS = ("trillion", "trillions")
"""The scale that text2num does not know."""
_SHORT = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "grand": 1e3, "mil": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_SHORT |= dict.fromkeys(_TRILLIONS, 1e12)
_PARTS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2}
_PARTS |= {"tenth": 0.1}
_TIMES = {"double": 2.0, "doubled": 2.0, "doubles": 2.0, "twice": 2.0, "triple": 3.0, "tripled": 3.0}
ENDS_LABEL = frozenset(load_list(Path(__file__).parent / "words" / "label_end.txt"))
"""Words that end the name of what is counted: 500 B before them are bytes, and no billions."""
_PLURALS = ("ones", "tens", "hundreds", "thousands", "millions", "billions")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LONGEST_NUMBER, _LARGEST_POWER, _LARGEST_BASE = 24, 128, 1000


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a text and where it stands."""

    raw: str
    start: int
    end: int
    low: str

    def text(self) -> str:
        """What text2num reads."""
        return self.low

    def nt_separated(self, before: Token) -> bool:
        """Numbers go on over a space or a hyphen."""
        return self.start - before.end > 2

    def not_a_number_part(self) -> bool:
        """The second of "per second" is no ordinal, and digits are read here."""
        return self.low in ("second", "seconds") or self.low[0] in ".0123456789"


@dataclass(frozen=True, slots=True)
class Number:
    """A number on the tokens [first, last]; `kind`: "share" (a half), "times" (twice), "power" (62^7)."""

    value: float
    first: int
    last: int
    kind: str = ""
    short: str = ""
    """What scaled it: the k of "ten k"."""


def tokenize(text: str) -> list[Token]:
    """The words, numbers and signs of a text."""
    return [Token(m.group(), m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text)]


def numbers_of(tokens: Sequence[Token]) -> list[Number]:
    """The numbers in order."""
    return _Numbers(tokens, _spelled(tokens)).all()


def _spelled(tokens: Sequence[Token]) -> dict[int, Number]:
    """Numbers in words by their first token; hyphens inside are passed over."""
    kept = [at for at, token in enumerate(tokens) if token.raw != "-"]
    runs = find_numbers([tokens[at] for at in kept], "en", 0.0)
    kinds = ("", "ordinal")
    found = (Number(r.value, kept[r.start], kept[r.end - 1], kinds[r.is_ordinal]) for r in runs)
    return {number.first: number for number in found if tokens[number.first].low not in _PLURALS}


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Puts together what text2num found, digits, scales, parts and powers."""

    tokens: Sequence[Token]
    words: dict[int, Number]

    def all(self) -> list[Number]:
        found: list[Number] = []
        at = 0
        while at < len(self.tokens):
            number = self._at(at)
            at = number.last + 1 if number else at + 1
            found += [number] if number else []
        return found

    def _low(self, at: int) -> str:
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def _is_tight(self, at: int) -> bool:
        """True when token `at` follows the one before without a space."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def _plain(self, at: int) -> Number | None:
        number = self.words.get(at)
        return number if number and number.kind != "ordinal" else None

    def _at(self, at: int) -> Number | None:
        low = self._low(at)
        if low in _TIMES:
            return Number(_TIMES[low], at, at, "times")
        if (part := self._part(at)) is not None:
            return part
        started = self._digits(at) or self._pair(at)
        if low in ("couple", "dozen"):
            started = Number(2.0 if low == "couple" else 12.0, at, at + (self._low(at + 1) == "of"))
        elif low in _TRILLIONS:
            started = Number(1e12, at, at)
        return self._power(self._scaled(started)) if started else None

    def _digits(self, at: int) -> Number | None:
        low = self._low(at)
        if low[0] not in ".0123456789" or not low[-1].isdigit() or self._is_in_a_name(at):
            return None
        value = float(_GROUPING.sub("", low))
        if self._low(at + 1) == "e" and self._is_tight(at + 1) and self._is_tight(at + 2):
            minus = self._low(at + 2) == "-"
            power = self._low(at + 2 + minus)
            if power.isdigit() and int(power) <= _LARGEST_POWER:
                return Number(value * 10.0 ** (-int(power) if minus else int(power)), at, at + 2 + minus)
        return Number(value, at, at)

    def _is_in_a_name(self, at: int) -> bool:
        """True inside p99, S3, IPv4, for 99th and 1080p, for 14:20, and for what is too long to be meant."""
        before = self._is_tight(at) and self.tokens[at - 1].raw[-1].isalpha() and self._low(at - 1) != "x"
        after = self._is_tight(at + 1) and self._low(at + 1) in ("st", "nd", "rd", "th", "p")
        is_clock = any(
            [self._low(i + 1), len(self._low(i + 2))] == [":", 2]
            and self._low(i).isdigit()
            and self._low(i + 2).isdigit()
            and self._is_tight(i + 2)
            for i in (at - 2, at)
        )
        return before or after or is_clock or len(self._low(at)) > _LONGEST_NUMBER

    def _pair(self, at: int) -> Number | None:
        """A number in words; eleven sixty is 1,160 and one fifty 150, as people say hundreds."""
        number = self._plain(at)
        follows = self._plain(number.last + 1) if number else None
        if number and follows and number.value in range(1, 100) and follows.value in range(10, 100):
            return Number(number.value * 100 + follows.value, at, follows.last)
        return number

    def _part(self, at: int) -> Number | None:
        """A half, a quarter of a million, two thirds, one in fifty."""
        first = at + (self._low(at) in ("a", "an", "one"))
        several = self._plain(at) if self._low(at + 1) in ("thirds", "quarters") else None
        if several:
            return Number(several.value * _PARTS[self._low(at + 1)], at, at + 1, "share")
        out_of = self._plain(at + 2) if self._low(at) in ("one", "1") and self._low(at + 1) == "in" else None
        if out_of and out_of.value > 1:
            return Number(1 / out_of.value, at, out_of.last, "share")
        part = _PARTS.get(self._low(first), 0.0)
        if not part or first == at and part != _PARTS["half"]:
            return None
        last = first
        while self._low(last + 1) in ("of", "a") and last - first < 2:
            last += 1
        scale = (_SCALES | _SHORT).get(self._low(last + 1), 0.0) if len(self._low(last + 1)) > 3 else 0.0
        if scale:
            return Number(part * scale, at, last + 1)
        return Number(part, at, first + (self._low(first + 1) == "a"), "share")

    def _scaled(self, found: Number) -> Number:
        """A number with "and a half" and with the scales that stand behind it."""
        value, last, short, scale = found.value, found.last, "", 1.0
        while last + 1 < len(self.tokens):
            low, follows = self._low(last + 1), self._plain(last + 1)
            part = _PARTS.get(self._low(last + 3), 0.0)
            if part and [low, self._low(last + 2)] == ["and", "a"]:
                value, last = value + part * (scale if scale > 1 else _round_scale(value)), last + 3
            elif follows and low in _SCALES and value < 1e6:
                value, last, scale = value * follows.value, follows.last, follows.value
            elif (by := self._short_scale(last + 1)) and not short:
                value, last, short, scale = value * by, last + 1, low, by
            else:
                break
        return replace(found, value=value, last=last, short=short)

    def _short_scale(self, at: int) -> float | None:
        """The K of 10K and of "ten k"; a lone M, b or T only where it touches the number."""
        low, raw = self._low(at), self.tokens[at].raw
        if len(low) > 1 or low == "k" or raw == "M":
            return _SHORT.get(low)
        if raw == "B":
            after = self._low(at + 1)
            is_count = after.isalpha() and len(after) > 2 and after not in ENDS_LABEL
            return _SHORT["b"] if is_count else None
        return _SHORT.get(low) if self._is_tight(at) and raw != "t" else None

    def _power(self, found: Number) -> Number:
        """10^5, 2**40, 10⁵, "ten to the fifth", "62 to the power of 7", and 5 x 10^7."""
        at = found.last + 1
        low = self._low(at)
        if low and low[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
            return _raised(found, int(low.translate(_RAISED)), at)
        if low in ("x", "×", "*", "times") and found.value < 10 and self._low(at + 1) in ("10", "ten"):
            ten = self._power(Number(10.0, at + 1, at + 1))
            is_power = ten.kind == "power"
            return Number(found.value * ten.value, found.first, ten.last, "power") if is_power else found
        if low in ("^", "**"):
            return self._raised_to(found, at + 1)
        if low == "to" and self._low(at + 1) == "the":
            named = self._low(at + 2) == "power"
            return self._raised_to(found, at + 2 + named + (named and self._low(at + 3) == "of"))
        return found

    def _raised_to(self, found: Number, at: int) -> Number:
        if self._low(at).isdigit():
            return _raised(found, int(self._low(at)), at)
        exponent = self.words.get(at)
        return _raised(found, int(exponent.value), exponent.last) if exponent else found


def _round_scale(value: float) -> float:
    """A million and a half: half of a million."""
    return next((s for s in sorted(_SCALES.values(), reverse=True) if value >= s and value % s == 0), 1.0)


def _raised(found: Number, exponent: int, last: int) -> Number:
    if exponent > _LARGEST_POWER or found.value > _LARGEST_BASE:
        return found
    return Number(found.value**exponent, found.first, last, "power")
