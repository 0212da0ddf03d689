"""Finding the quantities of a text in order, without those that the speaker took back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.estimates.numbers import Token, numbers_of, tokenize
from analysis.estimates.quantity import Quantity
from analysis.estimates.unit_words import Reader

MOST_QUANTITIES, LONGEST_TEXT = 150, 30_000
"""Numbers and characters of a text that are looked at; a quarter of an hour of speech has some 14,000."""
_LONGEST_REPAIR = 60
_TAKEN_BACK = re.compile(
    r"[\s,.…—–-]*(?:that|it|them)?[\s,.…—–-]*(?:(?:u[hm]+|er+m?|oh|ah|well|okay|or)\b[\s,.…—–-]*)*"
    r"(?:no|nope|wait|sorry|actually|oops|rather|correction|i mean|scratch that|make (?:that|it)"
    r"|my (?:mistake|bad)|that'?s (?:wrong|not right)|let me (?:redo|correct|fix) (?:that|it)|hang on|hold on"
    r"|i misspoke)\b[^.;:?!0-9]{0,40}",
    re.IGNORECASE,
)
_STATES_ANOTHER = re.compile(r"\b(?:of|at|each|with|for|per|times|over|by|if|because)\b", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?:\b[a-z]\.[a-z]|\bapprox|\bvs|\bavg|\bca|\bmax|\bmin)\.$", re.IGNORECASE)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities in order, up to `MOST_QUANTITIES`; what the speaker took back is left out."""
    kept: list[Quantity] = []
    for quantity in _as_said(text):
        if kept and _takes_back(text[kept[-1].end : quantity.start]) and _is_like(kept[-1], quantity):
            before = kept.pop()
            if before.stated == quantity.stated and quantity.is_bare:
                quantity = before  # "six hundred cores. No wait, yes, six hundred."
            quantity = replace(quantity, sentence=before.sentence, sentence_start=before.sentence_start)
        kept.append(quantity)
        if len(kept) == MOST_QUANTITIES:
            break
    return tuple(kept)


def _takes_back(between: str) -> bool:
    is_repair = len(between) <= _LONGEST_REPAIR and _TAKEN_BACK.fullmatch(between) is not None
    return is_repair and _STATES_ANOTHER.search(between) is None


def _is_like(before: Quantity, quantity: Quantity) -> bool:
    """True for the same kind of number, or for one that broke off before its unit."""
    return before.is_bare or (before.data, before.time) == (quantity.data, quantity.time)


def _as_said(text: str) -> Iterator[Quantity]:
    tokens = tokenize(text[:LONGEST_TEXT])
    reader = Reader(text, tokens, _sentences(text, tokens))
    numbers = {number.first: number for number in numbers_of(tokens)}
    at, before = 0, 0
    while at < len(tokens):
        number = numbers.get(at)
        found = reader.read(number) if number else reader.implied_one(at)
        if found is None:
            at = number.last + 1 if number else at + 1
            continue
        quantity, last = found
        yield reader.with_lead(quantity, before)
        at, before = last + 1, quantity.end


def _sentences(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """For each token its sentence's number and start; "..." before a small letter ends none."""
    numbers: list[tuple[int, int]] = []
    current, since = 0, 0
    for at, token in enumerate(tokens):
        if at and _ends(text, tokens[at - 1], token):
            current, since = current + 1, token.start
        numbers.append((current, since))
    return numbers


def _ends(text: str, before: Token, token: Token) -> bool:
    is_stop = before.raw in (".", "!", "?", ";") and before.end < token.start
    if is_stop and _ABBREVIATED.search(text[max(0, before.start - 8) : before.end]) is None:
        return not (text.endswith("..", 0, before.end) and token.raw[0].islower())
    return "\n" in text[before.end : token.start]
