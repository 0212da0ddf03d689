"""Finding numbers in spoken and written English: "ten k", "2.5 million", "1e5", "two to the forty"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.estimates.tokens import Token

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "grand": 1e3, "million": 1e6, "millions": 1e6, "mil": 1e6,
    "mn": 1e6, "mio": 1e6, "m": 1e6, "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12,
    "trillions": 1e12, "tn": 1e12, "t": 1e12, "quadrillion": 1e15, "dozen": 12.0, "hundreds": 1e2,
    "thousands": 1e3,
}  # fmt: skip
ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "fortieth": 40, "thirtieth": 30, "twentieth": 20,
}  # fmt: skip
FRACTIONS = {
    "half": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
    "quarters": 0.25,
    "thirds": 1 / 3,
    "fifth": 0.2,
    "tenth": 0.1,
}
MULTIPLIERS = {
    "double": 2.0,
    "doubled": 2.0,
    "doubles": 2.0,
    "twice": 2.0,
    "triple": 3.0,
    "tripled": 3.0,
    "thrice": 3.0,
}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that spans the tokens [first, last]. `power` when it was written as one (62^7)."""

    value: float
    first: int
    last: int
    power: bool = False
    multiplier: bool = False
    share: bool = False
    """A half, a quarter, one in fifty."""


def number_at(tokens: list[Token], at: int) -> Number | None:
    """The number that begins at this token, as long as it goes."""
    token = tokens[at]
    if _is_glued_to_word(tokens, at):
        return None
    if token.low in MULTIPLIERS:
        return Number(MULTIPLIERS[token.low], at, at, multiplier=True)
    if (part := _fraction(tokens, at)) is not None:
        return replace(part, share=part.value < 1)
    found = _digits(tokens, at) or _words(tokens, at)
    return _scientific(tokens, _with_power(tokens, found)) if found else None


def _scientific(tokens: list[Token], found: Number) -> Number:
    """5 x 10^7, five times ten to the seven."""
    at = found.last + 2
    is_mantissa = not found.power and 1 <= found.value < 10 and at < len(tokens)
    if not is_mantissa or tokens[at - 1].low not in ("x", "×", "*", "·", "times"):
        return found
    power = number_at(tokens, at) if tokens[at].low in ("10", "ten") else None
    if power is None or not power.power:
        return found
    return Number(found.value * power.value, found.first, power.last, power=True)


def _glued(tokens: list[Token], at: int) -> bool:
    """True when token `at` follows the one before without a space."""
    return 0 < at < len(tokens) and tokens[at - 1].end == tokens[at].start


def _is_glued_to_word(tokens: list[Token], at: int) -> bool:
    """True inside names such as p99, S3, IPv4, and for 99th and 1080p."""
    if tokens[at].text[0].isdigit() and _glued(tokens, at) and tokens[at - 1].text[-1].isalpha():
        return tokens[at - 1].low not in ("x",)
    after = at + 1
    ordinal = _glued(tokens, after) and tokens[after].low in ("st", "nd", "rd", "th", "p")
    return bool(tokens[at].text[0].isdigit() and ordinal)


def _fraction(tokens: list[Token], at: int) -> Number | None:
    low = [token.low for token in tokens[at : at + 5]] + [""] * 5
    if low[0] == "half" and low[1] in ("a", "an", "of", "the"):
        last = at + (1 if low[1] in ("a", "an") else 0)
        return _scaled(tokens, 0.5, at, last)
    if (
        low[0] in ("a", "half")
        and "of" in low[1:3]
        and (at_a := low.index("of") + 1)
        and low[at_a] in ("a", "an")
    ):
        part = FRACTIONS.get(low[1] if low[0] == "a" else low[0])
        if part and low[at_a + 1] in SCALES:
            return _scaled(tokens, part, at, at + at_a)
    if (
        low[0] in ("a", "an", "one")
        and low[1] in FRACTIONS
        and low[2] in ("of", "the", "a", "million", "billion", "trillion")
    ):
        last = at + 1 + (low[2] == "a")
        return _scaled(tokens, FRACTIONS[low[1]], at, last)
    if low[0] in ("two", "three") and low[1] in ("thirds", "quarters"):
        return Number(ONES[low[0]] * FRACTIONS[low[1]], at, at + 1, share=True)
    if low[0] == "one" and low[1] == "in" and low[2] in ONES and ONES[low[2]] > 1:
        return Number(1 / ONES[low[2]], at, at + 2, share=True)
    if low[0] == "a" and low[1] == "couple":
        return _scaled(tokens, 2.0, at, at + 1 + (low[2] == "of"))
    return None


def _digits(tokens: list[Token], at: int) -> Number | None:
    if not re.match(r"[.\d]", tokens[at].text) or not tokens[at].text[-1].isdigit():
        return None
    value, last = float(re.sub(r"[,_\u202f' ]", "", tokens[at].text)), at
    exponent = _exponent(tokens, at)
    if exponent is not None:
        value, last = value * 10.0 ** exponent[0], exponent[1]
    return _scaled(tokens, value, at, last)


def _exponent(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """The e5 in 1e5."""
    if at + 2 < len(tokens) and tokens[at + 1].text in ("e", "E") and _glued(tokens, at + 1):
        sign = tokens[at + 2].text in "+-"
        digits = at + 2 + sign
        if digits < len(tokens) and tokens[digits].text.isdigit() and _glued(tokens, at + 2):
            power = int(tokens[digits].text)
            return (-power if tokens[at + 2].text == "-" else power), digits
    return None


def _words(tokens: list[Token], at: int) -> Number | None:
    """Number words, "two hundred and fifty" included; "a" counts only before a scale."""
    first = tokens[at].low
    if first in ("a", "an"):
        follows = at + 1 < len(tokens) and tokens[at + 1].low in SCALES and len(tokens[at + 1].text) > 3
        return _scaled(tokens, 1.0, at, at) if follows else None
    if first in ("hundred", "thousand", "million", "billion", "trillion"):
        return _scaled(tokens, 1.0, at, at - 1)
    if first not in ONES:
        return None
    value, last = _with_tens(tokens, at)
    if last + 2 < len(tokens) and tokens[last + 1].low == "point":
        digits, place = "", last + 2
        while place < len(tokens) and ONES.get(tokens[place].low, 99) < 10:
            digits, place = digits + str(ONES[tokens[place].low]), place + 1
        if digits:
            value, last = value + float(f"0.{digits}"), place - 1
    return _scaled(tokens, value, at, last)


def _with_tens(tokens: list[Token], at: int) -> tuple[float, int]:
    """Ninety nine, ninety-nine, or the one number word."""
    value, place = float(ONES[tokens[at].low]), at + 1
    place += place < len(tokens) and tokens[place].text == "-"
    if place < len(tokens) and value >= 20 and 0 < ONES.get(tokens[place].low, 99) < 10:
        return value + ONES[tokens[place].low], place
    return value, at


def _scaled(tokens: list[Token], value: float, first: int, last: int) -> Number:
    """A number with the scale words behind it and what a spoken number adds after them."""
    total, current, unit, place = 0.0, value, 1.0, last + 1
    while place < len(tokens):
        step = place + (tokens[place].text == "-" and place + 1 < len(tokens))
        scale = _scale(tokens, step)
        if scale is not None and (current or last < first):
            current, total, unit = _apply_scale(current, total, unit, scale)
        elif _is_half(tokens, place):
            total, step = total + 0.5 * unit, place + 2
        elif (part := _joined(tokens, place, current, unit)) is not None:
            step, current = part, current + ONES[tokens[part].low]
        else:
            break
        last, place = step, step + 1
    return Number(total + current, first, max(first, last))


def _apply_scale(current: float, total: float, unit: float, scale: float) -> tuple[float, float, float]:
    if scale <= 100:
        return (current or 1.0) * scale, total, scale
    if total and scale > max(unit, total):
        return 0.0, (total + current) * scale, scale
    return 0.0, total + current * scale, scale


def _is_half(tokens: list[Token], at: int) -> bool:
    return [token.low for token in tokens[at : at + 3]] == ["and", "a", "half"]


def _joined(tokens: list[Token], at: int, current: float, unit: float) -> int | None:
    """The place of a number word that goes on the number before it: twenty|-five, hundred|and fifty."""
    before = tokens[at - 1]
    if not before.text.isalpha() or len(before.text) == 1:
        return None
    joined = tokens[at].low == "and" and unit in (1e2, 1e3)
    place = at + (joined or tokens[at].text == "-")
    if place >= len(tokens) or tokens[place].low not in ONES:
        return None
    part, low = ONES[tokens[place].low], current % 100
    after_tens = before.low in ONES and low >= 20 and low % 10 == 0 and 0 < part < 10
    after_scale = before.low in SCALES and low == 0 and unit > 1
    return place if after_tens or after_scale else None


def _scale(tokens: list[Token], at: int) -> float | None:
    if at >= len(tokens) or tokens[at].low not in SCALES:
        return None
    token = tokens[at]
    if len(token.text) > 1:
        return SCALES[token.low]
    glued = _glued(tokens, at)
    if token.low == "k":
        return 1e3
    if token.low == "m":
        return 1e6 if glued or token.text == "M" else None
    if token.text == "B":
        return 1e9 if glued and _counts(tokens, at + 1) else None
    return SCALES[token.low] if glued and token.text in "bT" else None


def _counts(tokens: list[Token], at: int) -> bool:
    """True when what follows "5B" is counted: billions, not bytes."""
    after = tokens[at].low if at < len(tokens) else ""
    return after.isalpha() and after not in (
        "each",
        "per",
        "times",
        "x",
        "and",
        "is",
        "so",
        "of",
        "a",
        "which",
    )


def _with_power(tokens: list[Token], found: Number) -> Number:
    """10^5, 2**40, 10⁵, "ten to the fifth", "62 to the power of 7"."""
    texts = [token.low for token in tokens[found.last + 1 : found.last + 7]] + [""] * 7
    if texts[0] in ("^", "**"):
        return _raised(tokens, found, found.last + 2)
    if texts[0] and re.fullmatch("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", texts[0]):
        exponent = int(texts[0].translate(_SUPERSCRIPTS))
        return Number(found.value**exponent, found.first, found.last + 1, power=True)
    if texts[:2] == ["to", "the"]:
        skip = 3 + (texts[3] == "of") if texts[2] == "power" else 2
        return _raised(tokens, found, found.last + 1 + skip)
    return found


def _raised(tokens: list[Token], found: Number, at: int) -> Number:
    if at >= len(tokens):
        return found
    low = tokens[at].low
    exponent = ORDINALS.get(low, ONES.get(low, int(low) if low.isdigit() else None))
    if exponent is None or exponent > 100:
        return found
    last = at
    if at + 1 < len(tokens) and tokens[at + 1].low in ("th", "rd", "st", "nd"):
        last = at + 1
    return _scaled_power(tokens, Number(found.value**exponent, found.first, last, power=True))


def _scaled_power(tokens: list[Token], found: Number) -> Number:
    place = found.last + 1
    return (
        Number(found.value, found.first, place, True)
        if place < len(tokens) and tokens[place].low == "power"
        else found
    )
