"""Reading what stands behind a number: a factor, a unit, the name of what is counted, a rate's period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.estimates.numbers import ENDS_LABEL, Number, Token, numbers_of
from analysis.estimates.quantity import Kind, Quantity
from analysis.estimates.units import ADVERBS, DAY, HOUR, data_unit, speed_unit, time_unit

_LINK = re.compile(r"(?:link|nic|ethernet|network|pipe|uplink|card|port|line)s?", re.IGNORECASE)
_PER = frozenset(("per", "a", "an", "each", "every", "/", "any", "one"))
_ENDS_RATE = re.compile(
    r"and|so|which|that|times|is|at|for|over|divided|with|by|if|we|but|because|then", re.IGNORECASE
)
_LEAD = re.compile(
    r"\b(?:per|every|each|an?|one|in an?|over an?)\s+(second|minute|hour|day|week|month|year)\b(?!\s+active)"
    r"|\b(daily|hourly|monthly|yearly|annually)\b(?!\s+active)|\b([qrtw]ps|iops)\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(r"\b(?:active|actives|users)\b")
_BARE_DAYS = (HOUR, DAY, 86e3, 1e5)
"""Seconds that need no name: 86,400."""
_PERIOD_TOLERANCE = 0.25
_GAP_WORDS, _GAP_WORDS_UNNAMED, _LABEL_WORDS, _LEAD_CHARACTERS = 6, 2, 3, 60


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a quantity is stated in; `period` is that of a rate."""

    scale: float = 1.0
    data: int = 0
    time: int = 0
    name: str = ""
    label: str = ""
    period: float | None = None
    kind: Kind | None = None

    def per(self, period: float | None) -> _Unit:
        if period is None:
            return self
        return replace(self, scale=self.scale / period, time=self.time - 1, period=period)


_TIMES, _SHARE = _Unit(name="x", kind="factor"), _Unit(0.01, name="%", kind="share")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the quantities of a text; `sentences`: for each token its sentence's number and start."""

    text: str
    tokens: Sequence[Token]
    sentences: Sequence[tuple[int, int]]

    def _low(self, at: int) -> str:
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def _raw(self, at: int) -> str:
        return self.tokens[at].raw if 0 <= at < len(self.tokens) else ""

    def read(self, number: Number) -> tuple[Quantity, int] | None:
        """The quantity of this number and its last token; None when it is none ("one of them")."""
        place = number.last + 1
        is_one = number.first == number.last and self._low(number.first) == "one"
        if self._low(place) in ("o'clock", "o’clock") or is_one and not self._is_counted(place):
            return None
        found = self._factor(number, place)
        if found is None:
            place += self._low(place) == "-" and self._raw(place + 1).isalpha()
            place += self._low(place) == "times" and self._is_so_often(place)
            found = self._measure(number, place) or self._count(number, place, is_one)
        return self._made(number, *found), found[1]

    def _is_counted(self, place: int) -> bool:
        raw = self._raw(place)
        return raw == "%" or raw.isalpha() and raw.lower() not in ENDS_LABEL

    def _factor(self, number: Number, place: int) -> tuple[_Unit, int] | None:
        """20 %, four nines, a half, 3x, three times, double, 100:1."""
        low, after = self._low(place), self._low(place + 1)
        if low in ("%", "percent", "pct", "nines", "9s") or (low, after) == ("per", "cent"):
            return _SHARE, place + (low == "per")
        is_factor = low in ("x", "×", "fold", "times") and not self._is_so_often(place)
        if is_factor and not self._is_number(place + 1):
            return _TIMES, place
        if low in ("to", ":") and after in ("1", "one") and not self._raw(place + 2)[:1].isdigit():
            return _TIMES, place + 1
        if number.kind == "times":
            return _TIMES, number.last
        if 99 < number.value < 100 and not self._is_counted(place):
            return _SHARE, number.last
        has_unit = data_unit(self._raw(place)) or self._time(place) or low in ("cent", "cents")
        return (_Unit(kind="share"), number.last) if number.kind == "share" and not has_unit else None

    def _is_so_often(self, place: int) -> bool:
        """True at the "times" of "three times a day"."""
        period = self._raw(place + 2)
        return self._low(place + 1) in _PER and len(period) > 2 and time_unit(period) is not None

    def _is_number(self, at: int) -> bool:
        at += self._low(at) in ("about", "roughly", "around", "~", "another", "the", "an", "a")
        return any(number.first == 0 for number in numbers_of(self.tokens[at : at + 3]))

    def _measure(self, number: Number, place: int) -> tuple[_Unit, int] | None:
        """Data, time, or so many a second."""
        raw = self._raw(place)
        if (speed := speed_unit(raw)) is not None:
            return _Unit(speed.factor, speed.data, speed.time, raw, period=1.0), place
        if (amount := data_unit(raw)) is not None:
            return self._data(place, amount.factor)
        if (seconds := self._time(place)) is None:
            return None
        period, last = self._period(place + 1, True)
        unit = _Unit(seconds, 0, 1, raw)
        if period is not None and abs(number.value * seconds / period - 1) <= _PERIOD_TOLERANCE:
            return replace(unit, kind="constant"), last
        return unit.per(period), last

    def _data(self, place: int, factor: float) -> tuple[_Unit, int]:
        raw = self._raw(place)
        if _LINK.fullmatch(self._raw(place + 1)):
            bits = 0.125 if raw.lower() in ("gig", "gigs") else 1.0
            return _Unit(factor * bits, 1, -1, raw, period=1.0), place + 1
        period, last = self._period(place + 1, True)
        return _Unit(factor, 1, 0, raw).per(period), last

    def _time(self, at: int) -> float | None:
        raw = self._raw(at)
        is_loose = len(raw) == 1 and raw not in "sh" and self.tokens[at].start > self.tokens[at - 1].end
        return None if is_loose or not raw else time_unit(raw)

    def _count(self, number: Number, place: int, is_one: bool) -> tuple[_Unit, int]:
        """So many of something, perhaps a second or per gigabyte."""
        place += 2 * (
            [self._low(place), self._low(place + 1)] in (["of", "them"], ["of", "those"], ["of", "these"])
        )
        label, last = self._label(place)
        last += not label and speed_unit(self._raw(last + 1)) is not None
        cents = 0.01 if label.startswith("cent") else 1.0
        per = data_unit(self._raw(last + 2)) if self._low(last + 1) in _PER else None
        if per is not None and self._low(last + 2) != "bit":
            period, last = self._period(last + 3, True)
            return _Unit(cents / per.factor, -1, 0, label, label).per(period), last
        adverb = next((word for word in label.split() if word in ADVERBS), None)
        period, last = self._period(last + 1, bool(label))
        if adverb and not _ACTIVE.search(label):
            period = ADVERBS[adverb]
        if label or period is not None:
            kind: Kind | None = "implied" if is_one and period is None else None
            return _Unit(cents, label=label, kind=kind).per(period), last
        is_factor = self._low(last + 1) in ("x", "×", "*", "times")
        return _Unit(kind="constant" if number.value in _BARE_DAYS and not is_factor else None), last

    def _label(self, place: int) -> tuple[str, int]:
        """The name of what is counted, and its last token."""
        words: list[str] = []
        while len(words) < _LABEL_WORDS and self._names(place, bool(words)):
            words.append(self._low(place))
            place += 1
        return " ".join(words), place - 1

    def _names(self, place: int, is_later: bool) -> bool:
        word = self._low(place)
        if not word[:1].isalpha() or word in ENDS_LABEL or is_later and word in ADVERBS:
            return False
        is_unit = len(word) > 2 and time_unit(word) is not None or speed_unit(word) is not None
        return not is_unit and not numbers_of(self.tokens[place : place + 1])

    def _period(self, place: int, named: bool) -> tuple[float | None, int]:
        """The seconds of "per second", "a day", "daily", "each, every month", up to a few words on."""
        last = place - 1
        if speed_unit(self._raw(last)) is not None:
            return 1.0, last
        for at in range(place, place + (_GAP_WORDS if named else _GAP_WORDS_UNNAMED)):
            found = self._period_at(at)
            if found is not None:
                return found
            low = self._low(at)
            if (
                not (low[:1].isalpha() or low == "/")
                or _ENDS_RATE.fullmatch(low)
                or low == "of"
                and not named
            ):
                break
            if numbers_of(self.tokens[at : at + 1]):
                break
        return None, last

    def _period_at(self, place: int) -> tuple[float, int] | None:
        low, at = self._low(place), place + 1
        if low in ADVERBS and self._low(at) not in ("active", "users"):
            return ADVERBS[low], place
        if low == "in" and self._low(at) in ("a", "one", "each"):
            low, at = "per", at + 1
        at += low in _PER and self._low(at) in ("single", "one")
        seconds = time_unit(self._raw(at)) if low in _PER else None
        return (seconds, at) if seconds and (low in ("/", "per") or len(self._raw(at)) > 2) else None

    def _made(self, number: Number, unit: _Unit, last: int) -> Quantity:
        value = 100 - 100 * 10.0**-number.value if self._low(last) in ("nines", "9s") else number.value
        sentence, since = self.sentences[number.first]
        is_short = len(number.short) == 1 and not (unit.data or unit.time or unit.label)
        return Quantity(
            value=value * unit.scale,
            data=unit.data,
            time=unit.time,
            scale=unit.scale,
            unit=unit.name,
            start=self.tokens[number.first].start,
            end=self.tokens[last].end,
            sentence=sentence,
            sentence_start=since,
            kind=unit.kind or ("power" if number.kind == "power" else "amount"),
            label=unit.label,
            period=unit.period,
            short=number.short if is_short else "",
        )

    def implied_one(self, at: int) -> tuple[Quantity, int] | None:
        """A kilobyte, a year, the first minute: one of them."""
        if self._low(at) not in ("a", "an", "first", "last"):
            return None
        place = at + 1 + (self._low(at + 1) in ("whole", "full", "entire", "single"))
        raw = self._raw(place)
        one = Number(1.0, at, place - 1)
        if len(raw) <= 2 or raw.lower() == "bit" or raw.endswith("s"):
            return None
        if (amount := data_unit(raw)) is not None:
            unit, last = self._data(place, amount.factor)
            return self._made(one, unit, last), last
        if (seconds := time_unit(raw)) is None:
            return None
        period, last = self._period(place + 1, False) if self._low(place + 1) in _PER else (None, place)
        unit = replace(_Unit(seconds, 0, 1, raw).per(period), kind=None if period else "implied")
        return self._made(one, unit, last), last

    def with_lead(self, quantity: Quantity, before: int) -> Quantity:
        """A quantity with the period named before it in its sentence, back to the quantity before it."""
        since = max(before, quantity.start - _LEAD_CHARACTERS, quantity.sentence_start)
        leads = list(_LEAD.finditer(self.text[since : quantity.start]))
        if quantity.period is not None or quantity.time or not leads:
            return quantity
        word = next(group for group in leads[-1].groups() if group).lower()
        return replace(quantity, lead=1.0 if word.endswith("ps") else ADVERBS.get(word) or time_unit(word))
