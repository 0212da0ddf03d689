"""What a quantity may also mean, beside what its own words say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.estimates.quantity import Quantity
from analysis.estimates.units import DAY, HOUR, MINUTE, MONTH, WEEK, YEAR, time_unit

_EACH_PERIOD = {
    MINUTE: r"minute",
    HOUR: r"hour|hourly",
    DAY: r"day|night|morning|evening|daily|nightly",
    WEEK: r"week|weekly",
    MONTH: r"month|monthly",
    YEAR: r"year|yearly",
}
_OF_ONE = re.compile(
    r"\b(?:an?|one|each|every) (second|minute|hour|day)\b[^,;.]{0,25}"
    r"(?:\bis\b|\btakes\b|\bneeds\b|\bhas\b|=|≈)[^,;.]{0,15}$",
    re.IGNORECASE,
)
_MOST_BITS = 128
_SMALLEST_MENTION = 2


def with_other_readings(text: str, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Each quantity with what it may also stand for."""
    return tuple(
        replace(quantity, also=tuple(_readings(text, quantities, at)))
        for at, quantity in enumerate(quantities)
    )


def _readings(text: str, quantities: Sequence[Quantity], at: int) -> Iterator[Quantity]:
    yield from _codes(quantities[at])
    yield from _times(text, quantities, at)
    yield from _again(quantities, at)
    yield from _of_one(text, quantities, at)


def per_period(quantity: Quantity, period: float | None) -> Quantity:
    """Page views that were worked out from those of a day may be meant a day."""
    if period is None or quantity.period is not None:
        return quantity
    rate = replace(
        quantity, value=quantity.value / period, time=quantity.time - 1, scale=quantity.scale / period
    )
    return replace(quantity, also=(*quantity.also, replace(rate, period=period)))


def _codes(quantity: Quantity) -> tuple[Quantity, ...]:
    """A 32 bit counter tells 2^32 things apart."""
    bits = quantity.stated
    if quantity.unit.lower() not in ("bit", "bits") or quantity.time or not bits.is_integer():
        return ()
    return (_bare(quantity, 2.0**bits),) if bits <= _MOST_BITS else ()


def _times(text: str, quantities: Sequence[Quantity], at: int) -> tuple[Quantity, ...]:
    """Thirty days of "a backup every night, kept for thirty days" are thirty of them."""
    quantity = quantities[at]
    period = quantity.scale if quantity.time == 1 and not quantity.data and quantity.period is None else None
    if period not in _EACH_PERIOD:
        return ()
    start = next((q.start for q in quantities if q.sentence == quantity.sentence), quantity.start)
    said = text[max(0, start - 60) : quantity.start]
    is_repeated = re.search(rf"\b(?:every |each |a |per )?(?:{_EACH_PERIOD[period]})\b", said, re.IGNORECASE)
    return (_bare(quantity, quantity.stated),) if is_repeated else ()


def _again(quantities: Sequence[Quantity], at: int) -> tuple[Quantity, ...]:
    """The 15k of "so 90M / 15k" after "we gain 15k a second"."""
    quantity = quantities[at]
    is_plain = quantity.is_bare and not (quantity.label or quantity.percent or quantity.multiplier)
    if not is_plain or quantity.value < _SMALLEST_MENTION:
        return ()
    for before in reversed(quantities[:at]):
        if not before.is_bare and before.stated == quantity.stated:
            meant = replace(before, start=quantity.start, end=quantity.end, sentence=quantity.sentence)
            return (meant,)
    return ()


def _of_one(text: str, quantities: Sequence[Quantity], at: int) -> tuple[Quantity, ...]:
    """The 3 GB of "one hour of video is 3 GB" are 3 GB an hour."""
    quantity = quantities[at]
    found = _OF_ONE.search(text[max(0, quantity.start - 70) : quantity.start])
    seconds = time_unit(found.group(1)) if found else None
    if seconds is None or not quantity.data or quantity.time:
        return ()
    scale = quantity.scale / seconds
    return (replace(quantity, value=quantity.value / seconds, time=-1, scale=scale, period=seconds),)


def _bare(quantity: Quantity, value: float) -> Quantity:
    return replace(quantity, value=value, data=0, time=0, scale=1.0, unit="", constant=None)
