"""What the words around a number suggest. They can keep the checker silent; only arithmetic accuses."""

from __future__ import annotations

import re

from analysis.estimates.quantities import Quantity

_HEDGE = r"(?:about|roughly|around|approximately|maybe|say|like|only|some|just|another|the|a|an|~|≈|\s)*"
_TIMES = re.compile(rf"(?:\btimes|\bmultipl\w+ by|×|\*|(?<!\w)x){_HEDGE}$", re.IGNORECASE)
_DIVIDED = re.compile(rf"(?:\bdivid\w+ (?:it |that )?by|÷|/){_HEDGE}$", re.IGNORECASE)
_OVER = re.compile(rf"(?<!bit )(?<!just )(?<!well )(?<!little )(?<!slightly )\bover{_HEDGE}$", re.IGNORECASE)
ANNOUNCED = re.compile(
    r"[=≈→⇒]|->|\b(?:so|thus|hence|therefore|that'?s|that|which|is|are|it'?s|gives?|makes?|means?|comes?|gets?"
    r"|need|total|(?:we|you|i)(?:'d|'ll| would| will)|works|equals?|amounts|adds|i\.e"
    r"|call it|or|then|be|lands?)\b",
    re.IGNORECASE,
)
"""Leads up to a result."""
_ARRIVED = re.compile(
    rf"(?:\b(?:are|is|be|comes?|stays?|sits?|still)|'re|'s) at{_HEDGE}$"
    rf"|\b(?:that'?s|gives?|makes?|means?) an? \w+ of{_HEDGE}$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    rf"\b(?:at|with|for|if|of|per|in|on|than|after|within|under|over|every|each|from|assum\w+|suppose){_HEDGE}$",
    re.IGNORECASE,
)
AGAIN = re.compile(
    r"[\s,.]*\b(?:so|which|that|this|is|are|means?|makes?|i\.e|equals?|comes? to|works out (?:at|to))\b"
    r"(?:[\s,']*\b(?:s|is|are|means?|about|roughly|around|nearly|almost|just|over|under|some|well|a|good"
    r"|close to|approximately|maybe)\b)*[\s,~≈]*",
    re.IGNORECASE,
)
"""Stands between "20,000 seconds, so nearly six hours": the same once more in another unit."""
GOES_ON = re.compile(r"\W*(?:and|or|then)?\W*(?:about|roughly|around)?\W*", re.IGNORECASE)
"""All that stands between the numbers of a list."""
STOPS = re.compile(
    r"\b(?:no|nope|wait|sorry|actually|oops|scratch|hang on|hold on|mean|rather|mistake|wrong|lost)\b",
    re.IGNORECASE,
)
"""What a speaker may stop with to take back what was said before."""
ON = re.compile(r"\s*(?:on|across)\s+", re.IGNORECASE)
"""What stands between 14 hours and ten in "14 hours on ten"."""


def sign(quantity: Quantity, between: str) -> str:
    """Whether the words before a quantity multiply or divide by it; "over five years" may go either way."""
    tail = between[-40:]
    if _TIMES.search(tail):
        return "times"
    is_over = quantity.is_bare and quantity.kind != "share" and _OVER.search(tail)
    return "divided" if is_over or _DIVIDED.search(tail) else ""


def is_condition(between: str) -> bool:
    """True right behind "at", "with", "if": what follows is rather given than computed."""
    return _CONDITION.search(between) is not None and _ARRIVED.search(between) is None
