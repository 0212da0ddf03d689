"""The parts of a system that were named, as they can be spoken of in a line. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from analysis.interview.listener.clauses import clauses
from analysis.interview.listener.understood import Component
from analysis.reading.lexicon import pattern, word_set
from data.word_lists import load_list

_WORDS = Path(__file__).parent / "component_words.txt"
_DOERS = frozenset(
    {"to", "i", "we", "you", "they", "would", "will", "can", "could", "then", "must", "should"}
)
_DONE_TO = re.compile(r"\s+(?:it|them|the|a|an|each|every|all|this|that|these|those|only)\b", re.IGNORECASE)
_ARTICLES = r"(?:the|a|an|my|our)"


def components(text: str) -> tuple[Component, ...]:
    """Each once, in the order they were named."""
    found: dict[str, Component] = {}
    for clause in clauses(text):
        for match in _named(clause):
            name = _name(match)
            found.setdefault(name.lower(), Component(name, clause))
    return tuple(found.values())


def _named(clause: str) -> Iterator[re.Match[str]]:
    """The words that name a part; before what is done may stand who does it: "the CDN caches it"."""
    for match in _pattern().finditer(clause):
        if not _is_done(match, clause):
            yield match
        elif match.group("before"):
            yield from _pattern().finditer(clause, match.start(), match.end("before"))


def _is_done(match: re.Match[str], clause: str) -> bool:
    """Whether the word is what somebody does: "the CDN caches it", "we queue them"."""
    if match.group("product"):
        return False
    before = f"{clause[: match.start()]} {match.group('before') or ''}".split()[-1:]
    return (
        bool(_DOERS.intersection(word.lower() for word in before))
        or bool(match.group("many"))
        and bool(_DONE_TO.match(clause, match.end()))
    )


def technologies(text: str) -> tuple[str, ...]:
    """The products named, as they were written, each once."""
    return tuple(dict.fromkeys(match.group() for match in pattern("technology").finditer(text)))


def _name(match: re.Match[str]) -> str:
    """ "a routing service" and "routing services" both become something that "the" can stand before."""
    product = match.group("product")
    if product:
        return product
    before, noun = (match.group("before") or "").lower(), _plain(match.group("noun"))
    described = (
        match.group("article") and before not in word_set("function_words") and not match.group("many")
    )
    return f"the {before} {noun}" if described and before else f"the {noun}"


def _plain(noun: str) -> str:
    """In small letters, unless it is an abbreviation."""
    return noun if noun.isupper() else noun.lower()


@cache
def _pattern() -> re.Pattern[str]:
    nouns = sorted((re.escape(word) for word in load_list(_WORDS)), key=len, reverse=True)
    products = pattern("technology").pattern
    return re.compile(
        rf"(?P<product>{products})"
        rf"|(?:\b(?P<article>{_ARTICLES})\s+)?(?:\b(?P<before>[a-z]{{3,}})\s+)?\b(?P<noun>{'|'.join(nouns)})(?P<many>s)?\b",
        re.IGNORECASE,
    )
