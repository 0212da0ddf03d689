"""The numbers of a text: "ten k", "2.5 million", "eleven sixty", "a third of", "two to the forty".

The only home of text2num, which reads number words; what people add to them is put together here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from text_to_num import find_numbers

from analysis.estimates.units import ENDS_LABEL, FACTORS, SCALES, UNITS, WORDS

_LONGEST_NUMBER, _LARGEST_POWER, _LARGEST_BASE = 24, 128, 1000
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|\d+|[^\s\w-]")
_KEPT = frozenset({"zero", "one", "ones", "tens", "nines", *SCALES, *(f"{scale}s" for scale in SCALES)})
_FEW = {"one": 1} | {str(number): number for number in range(1, 100)}
_BEFORE_PART = re.compile(r"\b(?:an?|to the)\s$", re.IGNORECASE)
_ENDS = "|".join(sorted(ENDS_LABEL))
_SCALE = (
    rf"(?:(?i:couple\ of|{'|'.join(SCALES)}|k)\b|M\b|(?<=\d)[mbT]\b|B\b(?=\s(?!(?:{_ENDS})\b)[A-Za-z]{{3}}))"
)
_PART = r"(?i:half|quarter|\d+th(?=s|[^\w\s]|\ (?:of|more|less|each|in|a)\b|\s*$))"
_POWER = (
    r"(?:\s?(?:\^|\*\*)\s?(\d{1,3})\b|([⁰¹²³⁴⁵⁶⁷⁸⁹]+)|\ to\ the\ (?:power\ (?:of\ )?)?(\d{1,3})(?:th)?\b)"
)
_ONE_OF = "|".join(sorted(word for word in UNITS if len(word) > 2 and word != "bit"))
_NUMBER = re.compile(
    rf"""\b(?i:1|one)\ in\ (?P<out_of>\d+)
    | (?:\b(?P<parts>(?i:\d+|an?|one)\ )|\b(?=(?i:half)))(?P<part>{_PART})s?\b
        (?:(?:\ of)?(?:\ an?)?\ (?P<of>(?i:{"|".join(SCALES)}))\b|(?:\ of)?\ an?\b|)
    | \b(?P<factor>(?i:{"|".join(FACTORS)}))\b
    | \b(?P<one>(?i:an?|first|last)\ (?:(?i:whole|full|entire|single)\ )?)(?=(?i:{_ONE_OF})\b)
    | (?P<couple>(?i:\b(?:a\ )?couple\ (?:of\ )?)(?=\d+00\b))?
      (?:(?<![A-WYZa-wyz_.:\d])(?P<digits>(?>\d+(?:[,_\u202f']\d{{3}})*(?!\d)(?:\.\d+)?|\.\d+))(?:e(?P<e>-?\d{{1,2}})\b)?
        (?!st\b|nd\b|rd\b|th\b|p\b|:\d\d\b)
        |\b(?:(?i:an?|one)\ )?(?=(?i:{"|".join(SCALES)})\b)|\b(?i:one)\b(?=[\s-][A-Za-z%]))
      (?:\ and\ an?\ (?P<first>{_PART}))?
      (?P<scales>(?:[\ -]?(?:of\ )?{_SCALE})*)
      (?:\ and\ an?\ (?P<then>{_PART}))?
      (?:(?P<ten>\s?(?:[x×*]|times)\s?10(?=[^\d\s]|\ to\ the))?{_POWER})?
    """,
    re.VERBOSE,
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Written:
    """A text with its number words as digits, and where each of its characters stood, from and to."""

    text: str
    places: Sequence[tuple[int, int]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the text as it was said."""
        return self.places[start][0], self.places[end - 1][1]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at these characters; `kind`: "share" (half), "factor" (twice), "power" (62^7), "implied" (a).

    `short` is what scaled it: the k of "ten k".
    """

    value: float
    start: int
    end: int
    kind: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    low: str
    start: int
    end: int

    def text(self) -> str:
        """What text2num reads."""
        return self.low

    def nt_separated(self, before: _Word) -> bool:
        """Numbers go on over a space or a hyphen."""
        return self.start - before.end > 2

    def not_a_number_part(self) -> bool:
        """The second of "per second" is no ordinal, and digits are read here."""
        return self.low in ("second", "seconds") or self.low[0].isdigit()


def written(text: str) -> Written:
    """The text with number words as digits; lone scales, "one" and what comes first, second, third stay."""
    made: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for start, end, digits in _spelled(text):
        made += [text[at:start], digits]
        places += [*((i, i + 1) for i in range(at, start)), *[(start, end)] * len(digits)]
        at = end
    places += [(i, i + 1) for i in range(at, len(text))]
    return Written("".join([*made, text[at:]]), places)


def _spelled(text: str) -> list[tuple[int, int, str]]:
    """Number words from and to, with their digits; eleven sixty is 1,160 and fourteen four hundred 14,400."""
    words = [_Word(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
    found: list[tuple[int, int, str]] = []
    for run in find_numbers(words, "en", 0.0):
        start, end, value = words[run.start].start, words[run.end - 1].end, run.value
        before = found[-1] if found and text[found[-1][1] : start] == " " else (0, 0, "")
        few = _FEW.get(before[2].lower(), 0)
        if run.is_ordinal:
            if value > 2 and (before[2] or _BEFORE_PART.search(text[max(0, start - 8) : start])):
                found.append((start, end, f"{value:.0f}th"))
        elif few and 10 <= value < 100:
            found[-1] = (before[0], end, f"{few * 100 + value:.0f}")
        elif few >= 10 and value in range(100, 1000, 100):
            found[-1] = (before[0], end, f"{few * 1000 + value:.0f}")
        elif text[start:end].lower() in _KEPT:
            found.append((start, end, text[start:end]))
        else:
            found.append((start, end, f"{value:.15f}".rstrip("0").rstrip(".")))
    return found


def numbers_of(text: str) -> Iterator[Number]:
    """The numbers of a text in digits, in order."""
    at = 0
    while (number := next_number(text, at)) is not None:
        yield number
        at = number.end


def begins_number(text: str, at: int) -> bool:
    """Whether a number stands here."""
    return _NUMBER.match(text, at) is not None


def next_number(text: str, at: int) -> Number | None:
    """The first number from here on."""
    while (match := _NUMBER.search(text, at)) is not None:
        number = _number(match)
        if number is not None:
            return number
        at = match.end()
    return None


def _number(match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if match["out_of"]:
        return Number(1 / max(1, int(match["out_of"])), start, end, "share")
    if match["part"]:
        few = (match["parts"] or "1").strip()
        part = _part(match["part"]) * (int(few) if few.isdigit() else 1)
        return (
            Number(part * SCALES[match["of"].lower()], start, end)
            if match["of"]
            else Number(part, start, end, "share")
        )
    if match["factor"]:
        return Number(FACTORS[match["factor"].lower()], start, end, "factor")
    if match["one"]:
        return Number(1.0, start, end, "implied")
    return _scaled(match) if len(match["digits"] or "") <= _LONGEST_NUMBER else None


def _scaled(match: re.Match[str]) -> Number | None:
    """Digits with their scales, with "and a half" before or behind them, raised to a power."""
    digits = re.sub("[,_\u202f']", "", match["digits"] or "1")
    value = float(digits) * 10.0 ** int(match["e"] or 0) + _part(match["first"])
    scales = [word for word in re.findall("[A-Za-z]+", match["scales"]) if word != "of"]
    sizes = [WORDS["scales"][scale.lower()] for scale in scales]
    value *= math.prod(sizes) * (2 if match["couple"] else 1)
    value += _part(match["then"]) * (sizes[-1] if sizes else _round_scale(value))
    exponent = next((int(e.translate(_RAISED)) for e in match.groups()[-3:] if e), None)
    short = scales[-1] if scales and len(scales[-1]) == 1 else ""
    if exponent is None:
        return Number(value, *match.span(), "", short)
    if exponent > _LARGEST_POWER or value > _LARGEST_BASE:
        return Number(value, match.start(), match.end("scales"), "", short)
    value = value * 10.0**exponent if match["ten"] else value**exponent
    return Number(value, *match.span(), "power")


def _part(part: str | None) -> float:
    """0.5 of "half", 0.25 of "quarter", 0.2 of "5th"."""
    low = (part or "").lower()
    return {"": 0.0, "half": 0.5, "quarter": 0.25}.get(low) or (
        1 / max(1, int(low[:-2])) if low[-2:] == "th" else 0.0
    )


def _round_scale(value: float) -> float:
    """A million and a half: half of a million."""
    return next((s for s in sorted(SCALES.values(), reverse=True) if value >= s and value % s == 0), 1.0)
