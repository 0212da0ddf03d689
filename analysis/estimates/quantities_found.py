"""Finding the quantities of a text in order."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.estimates.numbers import Number, number_at
from analysis.estimates.other_meanings import with_other_readings
from analysis.estimates.quantity import MOST_QUANTITIES, Quantity
from analysis.estimates.repairs import without_repaired
from analysis.estimates.tokens import Token, tokenize
from analysis.estimates.unit_phrases import Reader
from analysis.estimates.units import ADVERBS, data_unit, time_unit

_CODE_PARTS = frozenset(("characters", "character", "chars", "digits", "letters", "symbols", "positions"))
_LETTERS = frozenset(("letter", "character", "char", "symbol"))
_DURATION_AFTER = frozenset(("for", "over", "after", "times", "store", "retain", "keep"))
_SECOND_COPIES = frozenset(("replica", "standby", "copy", "mirror"))
_ELIDED_BEFORE = re.compile(
    r"(?: (?:at|on|in|off) (?:the )?\w+)?,?(?: (?:and|but|or))?(?: (?:about|roughly|around))? ?",
    re.IGNORECASE,
)
_ELIDED_BEHIND = re.compile(
    r"\s+(?:at|on|in|off|during) (?:the )?(?:average|peak|peaks|night|normal)\b", re.I
)
_WHOLE = frozenset(("whole", "full", "entire", "single"))
_LARGEST_BASE, _LONGEST_CODE = 100, 64
_ABBREVIATION = re.compile(r"(?:\b[a-z]\.[a-z]|\bapprox|\bvs|\bavg|\bca|\bmax|\bmin)\.$", re.IGNORECASE)
_LEADING_RATE = re.compile(
    r"(?<!once )(?<!twice )(?<!times )\b(?:per|every|each|a)\s+(second|minute|hour|day|week|month|year)\b"
    r"|\b(daily|hourly|monthly|yearly)\b|\b([qrtw]ps|iops)\b",
    re.IGNORECASE,
)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities in order, up to `MOST_QUANTITIES`."""
    return with_other_readings(text, without_repaired(text, _as_said(text)))


def has_too_many(text: str) -> bool:
    """Whether a text has so many quantities that not all are looked at."""
    return len(_as_said(text)) == MOST_QUANTITIES


def _as_said(text: str) -> list[Quantity]:
    tokens = tokenize(text)
    sentences, reader = _sentence_numbers(text, tokens), Reader(text, tokens)
    found: list[Quantity] = []
    at = 0
    while at < len(tokens) and len(found) < MOST_QUANTITIES:
        quantity = _code_space(tokens, at, sentences[at]) or _with_a_replica(tokens, at, sentences[at])
        number = None if quantity else number_at(tokens, at) or _implied_one(tokens, at)
        if number is not None:
            quantity = reader.read(number, sentences[at])
        if quantity is None:
            at += 1
            continue
        found.append(_with_elided_rate(text, found[-1] if found else None, quantity))
        at += 1
        while at < len(tokens) and tokens[at].start < quantity.end:
            at += 1
    return found


def sentence_starts(text: str) -> tuple[int, ...]:
    """Where each sentence begins."""
    tokens = tokenize(text)
    starts: dict[int, int] = {}
    for token, sentence in zip(tokens, _sentence_numbers(text, tokens), strict=True):
        starts.setdefault(sentence, token.start)
    return tuple(starts.values())


def leading_period(between: str) -> float | None:
    """The period named before a number ("per day that is ...", "daily volume is ...", "QPS: ...")."""
    found = list(_LEADING_RATE.finditer(between))
    if not found:
        return None
    behind = between[found[-1].end() : found[-1].end() + 14]
    if re.search(r"active\b|users?\b", behind, re.IGNORECASE):
        return None
    word = next(group for group in found[-1].groups() if group).lower()
    return 1.0 if word.endswith("ps") else ADVERBS.get(word) or time_unit(word)


def _sentence_numbers(text: str, tokens: list[Token]) -> list[int]:
    """For each token the number of its sentence; a full stop inside a number is none."""
    numbers: list[int] = []
    current, before = 0, None
    for token in tokens:
        if before is not None:
            ends = before.text in ".!?;" and before.end < token.start and not _is_abbreviated(text, before)
            ends = ends and not (text.endswith("..", 0, before.end) and token.text[0].islower())
            current += ends or "\n" in text[before.end : token.start]
        numbers.append(current)
        before = token
    return numbers


def _is_abbreviated(text: str, stop: Token) -> bool:
    """True for the full stop of "i.e." or "approx."."""
    return _ABBREVIATION.search(text[max(0, stop.start - 8) : stop.end]) is not None


def _low(tokens: list[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def _implied_one(tokens: list[Token], at: int) -> Number | None:
    """A year in "for a year", a day in "for a whole day": a duration of one."""
    if _low(tokens, at) in ("first", "last", "next") and time_unit(_low(tokens, at + 1)):
        return Number(1.0, at, at)
    if _low(tokens, at) not in ("a", "an", "one", "1"):
        return None
    before, after, ahead = (_low(tokens, at + step) for step in (-1, 1, 2))
    if (unit_at := at + 1 + (after in _WHOLE)) < len(tokens) and _is_data(tokens[unit_at].text):
        return Number(1.0, at, unit_at - 1)
    if after in _WHOLE:
        is_duration = before in ("for", "over", "in", "of") and len(ahead) > 2
        return Number(1.0, at, at + 1) if is_duration and time_unit(ahead) else None
    is_measure = ahead == "of" and before not in ("per", "of")
    is_duration = before in _DURATION_AFTER and ahead not in ("has", "is", "=") or is_measure
    is_duration = is_duration and len(after) > 2
    return Number(1.0, at, at) if is_duration and time_unit(after) else None


def _is_data(word: str) -> bool:
    """True for a data unit that is spelled out: gigabyte, gig; "a bit" is none."""
    return len(word) > 2 and word.lower() != "bit" and not word.endswith("s") and data_unit(word) is not None


def _with_a_replica(tokens: list[Token], at: int, sentence: int) -> Quantity | None:
    """Twice as much in "with a replica", "with one copy each"; often said of what is not counted."""
    last = at + 1 + (_low(tokens, at + 1) in ("single", "hot", "read", "spare", "second"))
    before = _low(tokens, at - 1) in ("with", "plus")
    if not before or _low(tokens, at) not in ("a", "one", "1") or _low(tokens, last) not in _SECOND_COPIES:
        return None
    start, end = tokens[at].start, tokens[last].end
    return Quantity(2.0, 0, 0, 1.0, "x", start, end, sentence, multiplier=True, descriptive=True)


def _with_elided_rate(text: str, before: Quantity | None, quantity: Quantity) -> Quantity:
    """The 400 of "1,200 payments per second at peak, 400 on average" is per second as well."""
    is_plain = quantity.is_bare and not quantity.label and not quantity.percent and not quantity.multiplier
    if before is None or before.period is None or before.data or before.sentence != quantity.sentence:
        return quantity
    if not is_plain or quantity.constant or not _ELIDED_BEFORE.fullmatch(text[before.end : quantity.start]):
        return quantity
    if _ELIDED_BEHIND.match(text, quantity.end) is None:
        return quantity
    period = before.period
    return replace(
        quantity,
        value=quantity.value / period,
        time=-1,
        scale=1.0 / period,
        label=before.label,
        period=period,
    )


def _code_space(tokens: list[Token], at: int, sentence: int) -> Quantity | None:
    """Seven characters of base 62, or base 62 with 7 characters: the number of codes."""
    is_base_first = _low(tokens, at) == "base"
    first = number_at(tokens, at + is_base_first) if at + is_base_first < len(tokens) else None
    if first is None:
        return None
    second_at = _second_part(tokens, first.last + 1, is_base_first)
    second = number_at(tokens, second_at) if second_at is not None and second_at < len(tokens) else None
    if second is None:
        return None
    last = second.last
    if is_base_first:
        last += 1
        if _low(tokens, last) not in _CODE_PARTS:
            return None
    base, length = (first.value, second.value) if is_base_first else (second.value, first.value)
    if not 2 <= base <= _LARGEST_BASE or not 1 <= length <= _LONGEST_CODE:
        return None
    end = tokens[last].end
    return Quantity(base**length, 0, 0, 1.0, "", tokens[at].start, end, sentence, power=True)


def _second_part(tokens: list[Token], place: int, is_base_first: bool) -> int | None:
    if is_base_first:
        return place + 1 if _low(tokens, place) in ("with", "and", "at", ",") else None
    place += _low(tokens, place) == "-"
    if _low(tokens, place) not in _CODE_PARTS:
        return None
    alphabet = (i for i in range(place + 1, place + 7) if _low(tokens, i + 1) == "-")
    if (sized := next((i for i in alphabet if _low(tokens, i + 2) in _LETTERS), None)) is not None:
        return sized
    ahead = range(place + 1, place + 4)
    return next((i + 1 for i in ahead if _low(tokens, i) == "base" or _is_out_of(tokens, i)), None)


def _is_out_of(tokens: list[Token], at: int) -> bool:
    """Six characters out of 62, from an alphabet of 62."""
    return _low(tokens, at) == "of" and _low(tokens, at - 1) in ("out", "alphabet")
