"""The words between quantities: which sign they are, and whether they announce a result or an assumption."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from data.word_lists import load_list

Sign = Literal["times", "divided", "plus", "minus"]
Strength = Literal["strong", "weak", "none"]

_WORDS = Path(__file__).parent / "words"
_ABOUT = r"(?:a|an|the|our|about|roughly|around|approximately|another|those|these|some|say|~)?"
_OVER = re.compile(r"\bover (?:the |a |an )?$", re.IGNORECASE)
_SPREAD = re.compile(
    r"\b(?:spread|divided|distributed|shared|averaged)(?: out| evenly)? (?:over|across|by) (?:the |a |an )?$",
    re.I,
)
_SHRUNK = re.compile(
    r"\b(?:compress\w*|shr[iu]nk\w*|dedup\w*)(?: down)?(?: by)?(?: a factor of)?\W*$", re.IGNORECASE
)
_OVER_FIRST = re.compile(r"\W*over (?:the |a |an )?$", re.IGNORECASE)
_A_BIT_OVER = re.compile(r"\b(?:bit|little|just|well|slightly) over (?:the |a |an )?$", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?:\b(?:at|with|if|given|assuming|assume|using|suppose|(?<!so )say|every|each|per)"
    r"|^[\s,;]*(?:so |and )?for)\s+"
    r"(?:about|roughly|around|say|a|an|the|maybe|only|some|each|just|we have|there are|~)?\s*$",
    re.IGNORECASE,
)
_ARRIVED = re.compile(
    r"(?:'re|\b(?:are|is|be|stays?|sits?|lands?|ends? up|arrives?|comes?|now)) at"
    r"\s+(?:about|roughly|around|~)?\s*$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*,?\s*(?:and|or)\b", re.IGNORECASE)
_EACH_DOES = re.compile(
    r"\b(?:each|every|everyone|everybody)\b(?!\s+(?:make|give|need|take)\s)[^,.;:=]{0,25}\b(?:makes?|needs?|takes?|gives?|brings?|hits?|averages?)"
    r"\s+(?:about|roughly|around|maybe)?\s*$",
    re.IGNORECASE,
)
_EACH_OF_THESE = re.compile(r"^\s+each\b", re.IGNORECASE)
"""The each of "500 metrics each", which speaks of the number before it."""
_SUPPOSING = re.compile(r"\s*(?:so |and |now |but )?(?:if|suppose|assume|assuming|say|let'?s|given)\b", re.I)
_CONCLUSION = re.compile(r",|\bthen\b|->|→|=|\bthat'?s\b|\bso\b|\bgives?\b|\bwhich\b", re.IGNORECASE)
_ADDED = re.compile(
    r"[\s,(]*(?:\w+\W+){0,3}?(?:over|with|at|for|across|given|assuming|times|x|on|after|in)\b", re.I
)
_INTRODUCED = re.compile(
    r"^\s*(?:so |and |then |now )?(?:with|at|for|given|over|using|if|times|keeping)\b", re.IGNORECASE
)
_CONCLUDED = re.compile(r"\b(?:we|you|it|that|i|the|they|this|there)\b", re.IGNORECASE)
_WEAK = re.compile(r"\b(?:is|are|be|about|roughly|around|approximately|maybe|say|at)\b|[~:,(]", re.IGNORECASE)
_LOADED = re.compile(
    r"\b(?:run(?:s|ning)?\b[^.;]{0,20}\bat|utili[sz]\w+|fill\w*|loaded|busy|full|usable)\b", re.IGNORECASE
)
_WOULD = re.compile(r"\b(?:would|will|'?d|'?ll) (?:also |then )?take\s+\S*\s*$", re.IGNORECASE)
_WEIGHTY = frozenset(
    ("=", "≈", "→", "->", "⇒", "~=", "in total", "comes to", "comes out to", "works out", "therefore")
)


@cache
def entries(name: str) -> tuple[str, ...]:
    """The entries of one word list."""
    return load_list(_WORDS / f"{name}.txt")


@cache
def _pattern(name: str, marks: str = "", ending: str = "") -> re.Pattern[str]:
    """A word list as a pattern of whole words, or of these marks, with what may follow up to the end."""
    words = rf"\b(?:{'|'.join(entries(name))})\b"
    return re.compile(f"(?:{words}|{marks}){ending}" if marks else f"{words}{ending}", re.IGNORECASE)


def _says(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


def sign(between: str, by_time: bool = False) -> Sign | None:
    """The sign that the words before a quantity spell out. "Over five years" (`by_time`) multiplies."""
    tail = between[-60:]
    if _SPREAD.search(tail) or _SHRUNK.search(tail):
        return "divided"
    if _OVER.search(tail) and not _A_BIT_OVER.search(tail) and not _OVER_FIRST.match(between):
        return "times" if by_time else "divided"
    ending = rf"\s*{_ABOUT}\s*(?:factor of)?\W*$"
    if _pattern("divided", r"÷|(?<!\w)/", ending).search(tail):
        return "divided"
    if _pattern("times", r"×|\*|(?<!\w)x", ending).search(tail):
        return "times"
    if re.search(rf"(?:\b(?:plus|(?<!so we )add(?:ing|ed)?)|\+)\s*{_ABOUT}\s*\W*$", tail, re.IGNORECASE):
        return "plus"
    return "minus" if re.search(r"(?:\bminus|\bless|−)\s*(?:about|the)?\s*$", tail, re.IGNORECASE) else None


def strength(between: str) -> Strength:
    """How strongly the words before a quantity say that it is a result."""
    if is_condition(between):
        return "none"
    strong = list(_pattern("result", "=|≈|→|->|⇒|~=").finditer(between))
    assumed = list(_pattern("assumption").finditer(between))
    weighty = bool(strong) and strong[-1].group().lower() in _WEIGHTY
    if strong and (not assumed or weighty or assumed[-1].end() <= strong[-1].start()):
        return "strong"
    if assumed:
        return "none"
    return "weak" if _WEAK.search(between) or not between.strip() else "none"


def is_condition(between: str) -> bool:
    """True right behind "at", "with", "if": what follows is given ("we are at" is a result)."""
    between = _EACH_OF_THESE.sub("", between)
    return _CONDITION.search(between) is not None and _ARRIVED.search(between) is None


def is_supposed(lead: str, between: str) -> bool:
    """True inside an "if", before its conclusion, and after "each user makes": given, not computed."""
    between = _EACH_OF_THESE.sub("", between)
    if _EACH_DOES.search(between):
        return True
    if _SUPPOSING.match(lead) is None:
        return False
    if _SUPPOSING.match(between) and _CONCLUSION.search(between) is None:
        return True
    if _CONCLUSION.search(lead) is not None:
        return _AND.match(between) is not None and re.match(r"\s*,?\s*or\b", between, re.IGNORECASE) is None
    return _CONCLUDED.search(between) is None or _AND.match(between) is not None


def is_added(between: str) -> bool:
    """True when what follows a result still belongs to it: "over five years", "with three copies"."""
    return _ADDED.match(between) is not None and not re.match(r"\s*,?\s*(?:and|so|that)\b", between, re.I)


def goes_on(between: str) -> bool:
    """True for a list of results: nothing but a comma or "and" since the last one."""
    return re.fullmatch(rf"\s*[,;]?\s*(?:and|or|then)?\s*(?:for)?\s*{_ABOUT}\s*", between, re.I) is not None


def is_taking(between: str) -> bool:
    """True for "takes", which says a duration of a result, but else what something can hold."""
    found = re.search(r"\btakes?\s+(?:about|roughly|around|up to)?\s*$", between, re.IGNORECASE)
    return found is not None and _WOULD.search(between) is None


def is_introduced(sentence: str, between: str) -> bool:
    """True for "With 2 billion events a day we write ...": a condition, then what follows from it."""
    if _AND.match(between):
        return False
    concluded = _CONCLUDED.search(between) is not None or re.fullmatch(r"\s*,\s*", between) is not None
    return concluded and _INTRODUCED.search(sentence) is not None


def is_shared(label: str, sentence: str) -> bool:
    """True when a count is of machines that share a load, so that dividing is what one would do."""
    return _says("machines", label) and _says("capacity", sentence)


def is_same_measure(between: str) -> bool:
    """True when a second number only restates the first in another unit: "or about", "which is"."""
    words = rf"\W*(?:(?:{'|'.join(entries('restating'))})\b\W*)*"
    return re.fullmatch(words, between, re.IGNORECASE) is not None


def is_sum(sentence: str) -> bool:
    """True when the words speak of a total of several quantities."""
    return _says("total", sentence)


def is_complement(text: str) -> bool:
    """True when a share stands for what is left of one: downtime, misses, the rest."""
    return _says("remainder", text)


def is_growth(text: str) -> bool:
    """True when a share comes on top: headroom, growth, overhead."""
    return _says("growth", text)


def is_loaded(sentence: str) -> bool:
    """True when machines are filled or run to a share of what they can do, so that more are needed."""
    return _LOADED.search(sentence) is not None


def names_factors(sentence: str) -> bool:
    """True when the sentence speaks of copies, peaks or ratios."""
    return _says("factors", sentence)


def is_growing(text: str) -> bool:
    """True when something doubles or compounds, which products of what was said do not describe."""
    return _says("growing", text)
