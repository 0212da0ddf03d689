"""Reading what follows a number: a factor, a unit, the name of what is counted, and the period of a rate."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.estimates.links import entries
from analysis.estimates.numbers import MULTIPLIERS, ONES, SCALES, Number
from analysis.estimates.quantity import Quantity
from analysis.estimates.tokens import Token
from analysis.estimates.units import ADVERBS, DAY, HOUR, MINUTE, MONTH, YEAR, data_unit, speed_unit, time_unit

PERIOD_TOLERANCE = 0.25
"""86,400 is taken as 100,000 and 2.6 million as 2.5: constants within a quarter are that constant."""
CONSTANT_TOLERANCE = 0.17
LONGEST_LABEL_WORDS = 4
LONGEST_GAP_WORDS = 7
_PERIODS = (MINUTE, HOUR, DAY, MONTH, YEAR)
_COUNTED_ONE = frozenset(("percent", "%", "request", "write", "read", "replica", "copy", "post"))
_PER = frozenset(("per", "a", "an", "each", "every", "/"))
_RATE_ENDS = frozenset(
    (
        "and",
        "so",
        "which",
        "that",
        "times",
        "is",
        "at",
        "for",
        "over",
        "divided",
        "with",
        "by",
        "if",
        "we",
        "but",
    )
    + ("because", "then", *ONES)
)


@dataclass(slots=True)
class _Draft:
    """What is known of a quantity while it is read. `last` is the last token that belongs to it."""

    scale: float = 1.0
    data: int = 0
    time: int = 0
    unit: str = ""
    label: str = ""
    last: int = 0
    period: float | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads quantities from the tokens of a text."""

    text: str
    tokens: list[Token]

    def read(self, number: Number, sentence: int) -> Quantity | None:
        """The quantity that begins with this number, or None when it is none ("one of them")."""
        if self._is_pronoun(number):
            return None
        place = number.last + 1
        hyphened = self._low(place) == "-" and self._raw(place + 1).isalpha() and self._is_tight(place + 1)
        place += hyphened
        factor = self._factor(number, place)
        if factor is not None:
            return self._as_factor(number, sentence, *factor)
        draft = self._draft(number, place)
        value = number.value * draft.scale
        if draft.period is not None and not (draft.unit and draft.time < 0):
            if draft.time == 1 and abs(value / draft.period - 1) <= PERIOD_TOLERANCE:
                return self._quantity(number, sentence, draft, value, draft.period)
            draft.scale, draft.time = draft.scale / draft.period, draft.time - 1
            value = number.value * draft.scale
        found = self._quantity(number, sentence, draft, value, _constant(number, draft))
        found = replace(found, percent=number.share and found.is_bare)
        return replace(found, descriptive=True) if hyphened and found.is_bare else found

    def _low(self, at: int) -> str:
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def _raw(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _is_tight(self, at: int) -> bool:
        """True when token `at` follows the one before without a space."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def _is_pronoun(self, number: Number) -> bool:
        if number.first != number.last or self._low(number.first) != "one":
            return False
        after = self._low(number.first + 1)
        has_unit = len(after) > 1 and (data_unit(after) or time_unit(after)) is not None
        return not has_unit and after not in _COUNTED_ONE

    def _factor(self, number: Number, place: int) -> tuple[float, int, bool] | None:
        """Value, last token and whether it is a share, for 20 %, 3x, three times, double, 100:1."""
        low, after = self._low(place), self._low(place + 1)
        if low in ("%", "percent", "pct"):
            return number.value / 100, place, True
        if low == "per" and after == "cent":
            return number.value / 100, place + 1, True
        if low in ("nines", "9s") and 1 <= number.value <= 9:
            return 1 - 10.0**-number.value, place, True
        if number.multiplier:
            return number.value, number.last, False
        if self._is_so_often(place):
            return None
        if low in ("x", "×", "fold", "times") and not self._starts_number(place + 1):
            return number.value, place, False
        if low in ("to", ":") and after in ("1", "one") and not self._raw(place + 2)[:1].isdigit():
            return number.value, place + 1, False
        return None

    def _is_so_often(self, place: int) -> bool:
        """True at the "times" of "three times a day"."""
        is_per = self._low(place + 1) in _PER and len(self._raw(place + 2)) > 2
        return self._low(place) == "times" and is_per and time_unit(self._raw(place + 2)) is not None

    def _as_factor(self, number: Number, sentence: int, value: float, last: int, share: bool) -> Quantity:
        return Quantity(
            value=value,
            data=0,
            time=0,
            scale=0.01 if share else 1.0,
            unit="%" if share else "x",
            start=self.tokens[number.first].start,
            end=self.tokens[last].end,
            sentence=sentence,
            percent=share,
            multiplier=not share,
            power=number.power,
        )

    def _starts_number(self, at: int) -> bool:
        if self._low(at) in ("about", "roughly", "around", "~", "another", "the", "an", "a"):
            at += 1
        low = self._low(at)
        is_scale = low in SCALES and len(low) > 1
        return bool(low) and (low[0].isdigit() or low in ONES or is_scale or low in MULTIPLIERS)

    def _draft(self, number: Number, place: int) -> _Draft:
        raw, draft = self._raw(place), _Draft(last=number.last)
        if (speed := speed_unit(raw)) is not None:
            draft.scale, draft.data, draft.time = speed.factor, speed.data, speed.time
            draft.unit, draft.last, draft.period = raw, place, 1.0
            return draft
        if (amount := data_unit(raw)) is not None:
            draft.scale, draft.data, draft.unit, draft.last = amount.factor, 1, raw, place
            if self._low(place + 1) in entries("network_links") or self._follows_link(number):
                bits = 0.125 if raw.lower() in ("gig", "gigs") else 1.0
                draft.scale, draft.time, draft.period = amount.factor * bits, -1, 1.0
                return draft
        elif (seconds := self._time(place)) is not None:
            draft.scale, draft.time, draft.unit, draft.last = seconds, 1, raw, place
        else:
            self._read_label(draft, place)
        self._read_period(draft)
        self._read_per_data(draft)
        return draft

    def _follows_link(self, number: Number) -> bool:
        """True for "the link does ten gigabits"."""
        does = self._low(number.first - 1) in ("does", "has", "is", "gives", "carries", "at")
        return does and self._low(number.first - 2) in entries("network_links")

    def _time(self, at: int) -> float | None:
        raw = self._raw(at)
        seconds = time_unit(raw)
        is_loose_letter = len(raw) == 1 and raw not in "sh" and not self._is_tight(at)
        return None if is_loose_letter else seconds

    def _read_label(self, draft: _Draft, place: int) -> None:
        if self._is_so_often(place):
            draft.label, draft.last = "times", place
            return
        words: list[str] = []
        stop = frozenset(entries("label_end"))
        while len(words) < LONGEST_LABEL_WORDS and (word := self._low(place)):
            is_number = word in ONES or word in MULTIPLIERS
            is_end = not word[0].isalpha() or word in stop or is_number or speed_unit(word) is not None
            is_period = word in ADVERBS and bool(words) and self._low(place + 1) != "active"
            if is_end or is_period or (len(word) > 2 and time_unit(word) is not None):
                break
            words.append(word)
            draft.last, place = place, place + 1
        draft.label = " ".join(words)

    def _read_per_data(self, draft: _Draft) -> None:
        """0.02 dollars per GB, two cents a gigabyte."""
        words = draft.label.split()
        if len(words) == 1 and self._low(draft.last + 1) in _PER and data_unit(self._raw(draft.last + 2)):
            words += [self._low(draft.last + 1), self._raw(draft.last + 2)]
            draft.label, draft.last = " ".join(words), draft.last + 2
        if words and words[0] in ("cent", "cents"):
            draft.scale *= 0.01
        if draft.unit or len(words) < 2 or words[-2] not in _PER:
            return
        per = data_unit(words[-1])
        if per is not None:
            draft.scale, draft.data, draft.unit = draft.scale / per.factor, -1, draft.label

    def _read_period(self, draft: _Draft) -> None:
        """Per second, a day, every month, daily, QPS; "per user" and up to a few words are stepped over."""
        if not draft.unit and (speed := speed_unit(self._raw(draft.last + 1))) is not None:
            draft.last, draft.period = draft.last + 1, 1.0 / speed.factor
            return
        words = draft.label.split()
        adverb = next((word for word in words if word in ADVERBS), None)
        if adverb and "active" not in words and "users" not in words:
            draft.period = ADVERBS[adverb]
            return
        place, gap = draft.last + 1, 0
        while gap < LONGEST_GAP_WORDS:
            low, after = self._low(place), self._low(place + 1)
            period = self._period_at(place, gap)
            if period is not None:
                draft.period, draft.last = period
                return
            is_named = after.isalpha() and after not in ONES and after not in entries("label_end")
            steps = low in _PER and is_named
            if steps and low in ("per", "/"):
                draft.label = f"{draft.label} {low} {after}".strip()
            elif not steps and (not low.isalpha() or low in _RATE_ENDS or (low == "of" and not draft.unit)):
                return
            place, gap = place + 1 + steps, gap + 1 + steps

    def _period_at(self, place: int, gap: int) -> tuple[float, int] | None:
        """The period that begins at this token, and its last token."""
        low, after = self._low(place), self._low(place + 1)
        if low in ADVERBS and after not in ("active", "users"):
            return ADVERBS[low], place
        ahead = place + 1 + (low in _PER and after in ("one", "single"))
        if low == "in" and after in ("a", "one", "each"):
            ahead = place + 2
        elif low not in _PER or (low == "each" and gap):
            return None
        seconds = time_unit(self._raw(ahead))
        return None if seconds is None else (seconds, ahead)

    def _quantity(
        self, number: Number, sentence: int, draft: _Draft, value: float, constant: float | None
    ) -> Quantity:
        is_rate = draft.time < 1 or constant is None
        return Quantity(
            value=value,
            data=draft.data,
            time=draft.time,
            scale=draft.scale,
            unit=draft.unit,
            start=self.tokens[number.first].start,
            end=self.tokens[draft.last].end,
            sentence=sentence,
            label=draft.label,
            period=draft.period if is_rate else None,
            constant=constant,
            power=number.power,
        )


def _constant(number: Number, draft: _Draft) -> float | None:
    """The true seconds when this is a conversion constant, such as 86,400 seconds or a bare 86,400."""
    if draft.period is not None or draft.label:
        return None
    if draft.time == 1:
        near = (p for p in _PERIODS if abs(number.value * draft.scale / p - 1) <= CONSTANT_TOLERANCE)
        return next((period for period in near if draft.scale < period), None)
    return next((c for c in (HOUR, DAY, 1e5) if number.value == c), None) if draft.data == 0 else None
