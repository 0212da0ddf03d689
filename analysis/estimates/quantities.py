"""The quantities of a text in order.

Behind a number stands a factor, a unit, or the name of what is counted, and perhaps the period of a rate.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from analysis.estimates.numbers import Number, begins_number, next_number, written
from analysis.estimates.units import ADVERBS, ENDS_LABEL, FACTORS, SCALES, TIMES, Unit, unit_of

MOST_QUANTITIES, LONGEST_TEXT = 150, 30_000
"""Numbers and characters of a text that are looked at; a quarter of an hour of speech has some 14,000."""
_PERIOD_TOLERANCE, _LABEL_WORDS, _LEAD_CHARACTERS = 0.25, 3, 60
_LONG = "|".join(word for word in TIMES if len(word) > 2)
_ANY = "|".join(sorted(TIMES, key=len, reverse=True))
_LONE = "|".join(("one", "half", *SCALES, *FACTORS))
_EACH = r"(?:per|an?|each|every|any|one)"
_ENDS_RATE = r"(?:and|so|which|that|times|is|at|for|over|divided|with|by|if|we|but|because|then)\b"
_PER = rf"(?:(?:\s?/\s?|\s+per\s+)(?:{_ANY})|\s+{_EACH}\s+(?:(?:single|one)\s+)?(?:{_LONG}))s?\b"
_NAMED = rf"\s+({'|'.join(ADVERBS)}|[qrtw]ps|iops)\b(?!\s(?:active|users))"
_RATE, _UNNAMED_RATE = (
    re.compile(
        rf"(?:(?:\s+|\s?/\s?)(?!{stop}|(?:{_LONE})\b)[A-Za-z][\w'’]*){{0,{most}}}?(?:{_PER}|{_NAMED})",
        re.IGNORECASE,
    )
    for stop, most in ((_ENDS_RATE, 5), (rf"of\b|{_ENDS_RATE}", 1))
)
_AT_ONCE = re.compile(_PER, re.IGNORECASE)
_FACTOR = re.compile(
    rf"\s?-?(?:(?P<share>%|(?:percent|pct|per cent|nines|9s)\b)|(?:to|:)\s?(?:1|one)\b(?!\s?\d|\.\d)"
    rf"|(?:x|×|fold|times)(?![A-Za-z])(?!{_PER}|\s*(?:(?:about|roughly|around|~|another|the|an?)\s)?(?:\d|one\b)))",
    re.IGNORECASE,
)
_SO_OFTEN = re.compile(rf"\s?times(?={_PER})", re.IGNORECASE)
_WORD = re.compile(r"\s?-?\s?([A-Za-zµμ][A-Za-zµμ'’]*)")
_LINK = re.compile(r"\s(?:link|nic|ethernet|network|pipe|uplink|card|port|line)s?\b", re.IGNORECASE)
_PER_DATA = re.compile(r"(?:\s?/\s?|\s(?:per|an?|each|every)\s)([A-Za-z]+)")
_LEAD = re.compile(
    rf"(?:\b(?:per|every|each|an?|one|in an?|over an?)\s({_LONG})\b"
    rf"|\b({'|'.join(ADVERBS)}|[qrtw]ps|iops)\b)(?!\s+active)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?<!\b[a-z]\.[a-z])(?<!approx)(?<!\bvs)(?<!\bavg)(?<!\bmax)(?<!\bmin)[.!?;](?<!\.\.)\s+|\.\.+\s+(?![a-z])|\n\s*"
)
Kind = Literal["amount", "share", "factor", "implied", "constant", "power"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in bytes and seconds, exponents `data` and `time`; `scale` leads back to the stated unit.

    `period` is the seconds of the rate it is stated in. `kind`: a share (20 %, a half), a factor (3x, twice),
    one of something ("a kilobyte", "for a year"), a conversion (86,400), a power (62^7); else an amount.
    """

    value: float
    data: int = 0
    time: int = 0
    scale: float = 1.0
    unit: str = ""
    start: int = 0
    end: int = 0
    sentence: int = 0
    """Its number, below zero for what was given by somebody else."""
    sentence_start: int = 0
    kind: Kind = "amount"
    label: str = ""
    period: float | None = None
    lead: float | None = None
    """The seconds of a period named before it: "per year 73 terabytes"."""
    short: str = ""
    """The K of a bare 10 K, which may be kilobytes."""

    @property
    def stated(self) -> float:
        """The number in the stated unit."""
        return self.value / self.scale

    @property
    def is_given(self) -> bool:
        """True for what the candidate did not say."""
        return self.sentence < 0

    @property
    def is_bare(self) -> bool:
        """True without unit or period."""
        return self.data == 0 and self.time == 0

    @property
    def is_number(self) -> bool:
        """True for a number and nothing else, whose unit may go without saying."""
        return self.is_bare and not (self.label or self.unit) and self.kind == "amount"

    def of(self, unit: Unit, name: str, end: int) -> Quantity:
        """In this unit."""
        scaled = self.value * unit.factor
        return replace(
            self, value=scaled, data=unit.data, time=unit.time, scale=unit.factor, unit=name, end=end
        )

    def per(self, rate: tuple[float, int] | None) -> Quantity:
        """As a rate of so many seconds that ends there; the same without one."""
        if rate is None:
            return self
        period, end = rate
        value, scale = self.value / period, self.scale / period
        return replace(self, value=value, scale=scale, time=self.time - 1, period=period, end=end)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities in order, up to `MOST_QUANTITIES`."""
    return tuple(islice(_as_said(text[:LONGEST_TEXT]), MOST_QUANTITIES))


def _as_said(text: str) -> Iterator[Quantity]:
    plain = written(text)
    starts = [0, *(match.end() for match in _STOP.finditer(text))]
    at, before = 0, 0
    while (number := next_number(plain.text, at)) is not None:
        found = _read(plain.text, number)
        at = found.end if found else number.end
        if found is None:
            continue
        start, end = plain.span(number.start, found.end)
        sentence = bisect_right(starts, start) - 1
        since = starts[sentence]
        lead = _lead(text[max(before, start - _LEAD_CHARACTERS, since) : start], found)
        yield replace(found, start=start, end=end, sentence=sentence, sentence_start=since, lead=lead)
        before = end


def _lead(between: str, quantity: Quantity) -> float | None:
    """The seconds of the period named before a quantity in its sentence, back to the quantity before it."""
    leads = _LEAD.findall(between)
    if quantity.period is not None or quantity.time or not leads:
        return None
    word = "".join(leads[-1]).lower()
    return ADVERBS.get(word) or TIMES.get(word, 1.0)


def _read(text: str, number: Number) -> Quantity | None:
    """What stands at a number; None when it is no quantity ("one of them", "at ten o'clock")."""
    word = _WORD.match(text, number.end)
    name, said = word[1].lower() if word else "", text[number.start : number.end].lower()
    is_alone = name in ENDS_LABEL or not name and "%" not in text[number.end : number.end + 2]
    if name.startswith("o'cl") or said == "one" and is_alone:
        return None
    made = Quantity(number.value, start=number.start, end=number.end)
    factor = _FACTOR.match(text, number.end)
    if factor is not None:
        return _factor(made, factor)
    if number.kind == "factor":
        return replace(made, unit="x", kind="factor")
    often = _SO_OFTEN.match(text, number.end)
    unit = _unit(text, number) if not often else None
    if unit is not None:
        is_power = number.kind == "power" and unit.kind == "amount"
        return replace(unit, kind="power") if is_power else unit
    if 99 < number.value < 100:
        return replace(made, value=number.value / 100, scale=0.01, unit="%", kind="share")
    if number.kind == "share" and not name.startswith("cent"):
        return replace(made, kind="share")
    counted = _count(text, replace(made, end=often.end() if often else made.end), said == "one")
    if number.kind == "implied":
        return None
    is_short = counted.is_bare and not counted.label and len(number.short) == 1
    kind = "power" if number.kind == "power" and counted.kind == "amount" else counted.kind
    return replace(counted, kind=kind, short=number.short if is_short else "")


def _factor(made: Quantity, factor: re.Match[str]) -> Quantity:
    """20 %, four nines, 3x, three times, 100:1."""
    if not factor["share"]:
        return replace(made, unit="x", kind="factor", end=factor.end())
    nines = factor["share"].lower() in ("nines", "9s")
    value = 1 - 10.0**-made.value if nines else made.value / 100
    return replace(made, value=value, scale=0.01, unit="%", kind="share", end=factor.end())


def _unit(text: str, number: Number) -> Quantity | None:
    """Data, time, or so many a second."""
    word = _WORD.match(text, number.end)
    unit = unit_of(word[1]) if word else None
    if word is None or unit is None:
        return None
    if word[1] in ("d", "y") and word.start(1) > number.end:
        return None
    made = Quantity(number.value, start=number.start).of(unit, word[1], word.end())
    if unit.time == -1:
        return replace(made, period=1.0)
    link = _LINK.match(text, word.end()) if unit.data else None
    if link is not None:
        bits = 0.125 if word[1].lower() in ("gig", "gigs") else 1.0
        made = replace(made, value=made.value * bits, scale=made.scale * bits)
        return made.per((1.0, link.end()))
    if number.kind == "implied":
        at_once = _AT_ONCE.match(text, word.end())
        rate = _rate(text, word.end(), True) if at_once or unit.data else None
        return replace(made, kind="implied" if unit.time and rate is None else "amount").per(rate)
    rate = _rate(text, word.end(), True)
    if unit.time and rate and abs(made.value / rate[0] - 1) <= _PERIOD_TOLERANCE:
        return replace(made, kind="constant", end=rate[1])
    return made.per(rate)


def _rate(text: str, at: int, named: bool) -> tuple[float, int] | None:
    """The seconds of "per second", "a day", "daily", "each month", up to a few words on, and its end."""
    match = (_RATE if named else _UNNAMED_RATE).match(text, at)
    if match is None:
        return None
    word = re.split(r"[\s/]+", match.group().lower())[-1]
    return ADVERBS.get(word) or TIMES.get(word) or TIMES.get(word.removesuffix("s"), 1.0), match.end()


def _count(text: str, made: Quantity, is_one: bool) -> Quantity:
    """So many of something, perhaps a second or per gigabyte."""
    words, end = _label(text, made.end)
    label = " ".join(words)
    made = replace(made, end=end, label=label)
    if label.startswith("cent"):
        made = replace(made, value=made.value / 100, scale=0.01)
    data = _PER_DATA.match(text, end)
    unit = unit_of(data[1]) if data and data[1] != "bit" else None
    if data is not None and unit is not None and unit.data == 1 and not unit.time:
        value, scale = made.value / unit.factor, made.scale / unit.factor
        made = replace(made, value=value, scale=scale, data=-1, unit=label, end=data.end())
        return made.per(_rate(text, made.end, True))
    adverb = next((word for word in words if word in ADVERBS), None)
    rate = _rate(text, end, bool(label))
    if adverb and not {"active", "actives", "users"} & set(words):
        rate = ADVERBS[adverb], rate[1] if rate else end
    is_implied = is_one and label and rate is None
    return replace(made, kind="implied" if is_implied else "amount").per(rate)


def _label(text: str, end: int) -> tuple[list[str], int]:
    """The name of what is counted, and where it ends."""
    words: list[str] = []
    while len(words) < _LABEL_WORDS and (match := _WORD.match(text, end)):
        word = match[1].lower()
        unit = unit_of(word) if len(word) > 2 else None
        is_time = unit is not None and unit.time != 0 or words and word in ADVERBS
        if word in ENDS_LABEL or is_time or begins_number(text, match.start(1)):
            break
        words.append(word)
        end = match.end()
    return words, end
