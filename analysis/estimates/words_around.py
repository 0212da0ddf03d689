"""What the words around a number suggest. They can keep the checker silent; only arithmetic accuses."""

from __future__ import annotations

import re

from analysis.estimates.quantities import Quantity

_HEDGE = r"(?:about|roughly|around|approximately|maybe|say|like|only|some|just|another|the|a|an|~|≈|\s)*"
_TIMES = re.compile(rf"(?:\btimes|\bmultipl\w+ by|×|\*|(?<!\w)x){_HEDGE}$", re.IGNORECASE)
_DIVIDED = re.compile(rf"(?:\bdivid\w+ (?:it |that )?by|÷|/){_HEDGE}$", re.IGNORECASE)
_OVER = re.compile(rf"(?<!bit )(?<!just )(?<!well )(?<!little )(?<!slightly )\bover{_HEDGE}$", re.IGNORECASE)
_PLUS = re.compile(rf"(?:\bplus|\+){_HEDGE}$", re.IGNORECASE)
_MINUS = re.compile(rf"(?:\bminus|−){_HEDGE}$", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"[=≈→⇒]|->|\b(?:so|thus|hence|therefore|that'?s|that|which|is|are|it'?s|gives?|makes?|means?|comes?|gets?"
    r"|need|total|(?:we|you|i)(?:'d|'ll| would| will)|works|equals?|amounts|adds|i\.e"
    r"|call it|or|then|be|lands?)\b",
    re.IGNORECASE,
)
_ARRIVED = re.compile(
    rf"(?:\b(?:are|is|be|comes?|stays?|sits?|still)|'re|'s) at{_HEDGE}$"
    rf"|\b(?:that'?s|gives?|makes?|means?) an? \w+ of{_HEDGE}$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    rf"\b(?:at|with|for|if|of|per|in|on|than|after|within|under|over|every|each|from|assum\w+|suppose){_HEDGE}$",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"[\s,.]*\b(?:so|which|that|this|is|are|means?|makes?|i\.e|equals?|comes? to|works out (?:at|to))\b"
    r"(?:[\s,']*\b(?:s|is|are|means?|about|roughly|around|nearly|almost|just|over|under|some|well|a|good"
    r"|close to|approximately|maybe)\b)*[\s,~≈]*",
    re.IGNORECASE,
)
_SHORT_CONDITION = re.compile(r"\s*(?:on|across)\s+", re.IGNORECASE)
_GOES_ON = re.compile(r"\W*(?:and|or|then)?\W*(?:about|roughly|around)?\W*", re.IGNORECASE)
_AND = re.compile(r"[,:]|\b(?:and|but)\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:because|since|if)\b", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:few|several|some|many)\s*$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|to|or)\s*", re.IGNORECASE)


def sign(quantity: Quantity, between: str) -> str:
    """Which way the words before a quantity say it goes in; "over five years" may go either way."""
    tail = between[-40:]
    if _TIMES.search(tail):
        return "times"
    if _DIVIDED.search(tail) or quantity.is_bare and quantity.kind != "share" and _OVER.search(tail):
        return "divided"
    return "plus" if _PLUS.search(tail) else "minus" if _MINUS.search(tail) else ""


def is_announced(between: str) -> bool:
    """True when the words before a number lead up to a result."""
    return _ANNOUNCED.search(between) is not None


def is_condition(between: str) -> bool:
    """True right behind "at", "with", "if": what follows is rather given than computed."""
    return _CONDITION.search(between) is not None and _ARRIVED.search(between) is None


def goes_on(between: str) -> bool:
    """True for a list: nothing but a comma or "and" since the number before."""
    return _GOES_ON.fullmatch(between) is not None


def ends_clause(between: str, is_reason: bool) -> bool:
    """True when what stands behind these words no longer speaks of the number before them."""
    return is_announced(between) or _AND.search(between) is not None and not is_reason


def is_reason(between: str) -> bool:
    """True when what follows says where a number comes from."""
    return _REASON.search(between) is not None


def is_vague(between: str) -> bool:
    """True for "a few" hundred, which no sum can miss."""
    return _VAGUE.search(between) is not None


def is_range(between: str) -> bool:
    """True for what stands between two numbers of "ten or fifteen minutes"."""
    return _RANGE.fullmatch(between) is not None


def says_again(between: str) -> bool:
    """True for "20,000 seconds, so nearly six hours": the same once more in another unit."""
    return _AGAIN.fullmatch(between) is not None


def is_short_condition(between: str) -> bool:
    """True for the "on" of "14 hours on ten"."""
    return _SHORT_CONDITION.fullmatch(between) is not None
