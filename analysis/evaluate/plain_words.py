"""One way of writing what was said, so that spelling does not count as a word error.

Applied to reference and transcript alike, in this order: lower case; contracted and short spellings
written out ("i'm", "%", "ms", "y'know"); um and uh left out; hyphens and punctuation off; letters parted
from digits ("p99" → "p 99"); numbers in words turned into digits ("one hundred and twenty" → "120").
"""

from __future__ import annotations

import re

from analysis.speech.delivery import FILLED_PAUSES

SPELLINGS = {
    "%": " percent ",
    "+": " plus ",
    "&": " and ",
    "'m": " am",
    "'re": " are",
    "'ll": " will",
    "'ve": " have",
    "won't": "will not",
    "can't": "can not",
    "n't": " not",
    "let's": "let us",
    "y'know": "you know",
}
"""Replaced wherever they stand; "'s" and "'d" mean several things and stay."""

WORDS = {
    "yknow": "you know",
    "cannot": "can not",
    "alright": "all right",
    "ok": "okay",
    "mister": "mr",
    "missus": "mrs",
    "doctor": "dr",
    "ms": "milliseconds",
    "kb": "kilobytes",
    "mb": "megabytes",
    "gb": "gigabytes",
    "tb": "terabytes",
}
"""Replaced as whole words."""

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
TEENS_AND_TENS = {"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40}
TENS = {"fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
VALUES = {word: value for value, word in enumerate(ONES.split())} | TEENS_AND_TENS | TENS
SCALES = {"k": 1_000, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


def normalised(text: str) -> str:
    """Return the words of `text` in the one spelling, joined by spaces."""
    lowered = re.sub(r"(?<=\d)[,_](?=\d{3})", "", text.lower().replace("’", "'"))
    for short, long in SPELLINGS.items():
        lowered = lowered.replace(short, long)
    lowered = re.sub(r"(?<=\d)\.(?=\d)", " point ", lowered).replace("'", "")
    tokens = re.findall(r"[^\W\d_]+|\d+", lowered)
    spoken = [part for token in tokens if token not in FILLED_PAUSES for part in _spelled(token)]
    return " ".join(_numbers_as_digits(spoken))


def filled_pauses(text: str) -> int:
    """Count um, uh and their like in a written reference."""
    return sum(token in FILLED_PAUSES for token in re.findall(r"[^\W\d_]+", text.lower()))


def _spelled(token: str) -> list[str]:
    return WORDS.get(token, token).split()


def _numbers_as_digits(tokens: list[str]) -> list[str]:
    written: list[str] = []
    place = 0
    while place < len(tokens):
        value, size = _number(tokens[place:])
        written.append(tokens[place] if value is None else str(value))
        place += max(size, 1)
    return written


def _number(tokens: list[str]) -> tuple[int | None, int]:
    """Read a number at the start: its value (None without one) and how many tokens it takes."""
    done, small, room, size = 0, None, 1_000, 0
    for index, token in enumerate(tokens):
        value = int(token) if token.isdigit() else VALUES.get(token)
        if value is not None and (small is None or 0 < value < room):
            room = _room(value, token)
            small = (small or 0) + value
        elif token == "hundred" and small is not None and 0 < small < 100:
            small, room = small * 100, 100
        elif token in SCALES and small is not None:
            done, small, room = done + small * SCALES[token], None, 1_000
        elif token == "and" and size and _joins(tokens, index):
            continue
        else:
            break
        size = index + 1
    return (None, 0) if size == 0 else (done + (small or 0), size)


def _room(value: int, token: str) -> int:
    """What the next word must stay below to belong to the same number: 10 after "ninety", 100 after "100"."""
    if token.isdigit():
        return 100 if token.endswith("00") else 0
    return 10 if value >= 20 else 0


def _joins(tokens: list[str], place: int) -> bool:
    """Whether an "and" is the one in "a hundred and twenty" or "100 and 20"."""
    before, after = tokens[place - 1], tokens[place + 1 : place + 2]
    whole = before == "hundred" or before in SCALES or (before.isdigit() and before.endswith("00"))
    return whole and bool(after) and (after[0] in VALUES or (after[0].isdigit() and int(after[0]) < 100))
