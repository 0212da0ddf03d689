"""What a sentence claims: how far a negation reaches, and what is only supposed or set aside.

"If we publish first" and "instead of a synchronous copy" name a thing without claiming it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from analysis.reading.embeddings import RARE_WORD, Embedded
from analysis.reading.lexicon import word_set
from analysis.reading.sentences import stem

SCOPE_WORDS = 5
"""How many words after it a negation reaches."""
CONDITION_WORDS = 8
"""How long a condition lasts when no word ends it."""
ASIDE_WORDS = 4
"""How many words after it "instead of" sets aside."""
SHARED_SITUATION = 0.6
"""Share of the words of the shorter of two conditions that the other must have as well."""

BREAKS = frozenset(
    {
        *("but", "because", "so", "since", "although", "though", "instead", "unless", "while", "just"),
        *("only", "otherwise", "and", "then", "if", "when", "or", "which", "that", "than"),
    }
)
"""Words at which a new claim may begin."""
_LINKS = frozenset({"and", "or", "that"})
"""Breaks over which a negation reaches on when nothing new begins: "not replicate or retry"."""
_CONDITIONS = frozenset({"if", "when", "whenever", "unless", "could", "might"})
_SITUATIONS = frozenset({"if", "when", "whenever", "unless", "while", "during"})
_SUBJECTS = frozenset({"i", "we", "you", "they", "it", "nobody", "everybody"})
_ASIDE = frozenset({"instead", "than", "unlike", "versus", "alternative", "alternatives"})
_NO_GERUNDS = frozenset({"during", "nothing", "something", "anything", "everything", "string", "according"})


def negated(words: Sequence[str]) -> list[bool]:
    """For each word whether a negator stands up to five words before it, in the same clause."""
    marks: list[bool] = []
    left = 0
    for word in words:
        if word in word_set("negators"):
            left = SCOPE_WORDS
            marks.append(True)
            continue
        if word in BREAKS and word not in _LINKS:
            left = 0
        marks.append(left > 0)
        left = max(0, left - 1)
    return marks


def supposed(words: Sequence[str]) -> list[bool]:
    """For each word whether it stands in a condition or is set aside.

    A condition ends at a second subject: "if we publish first | we may ...".
    """
    return _reached(
        words, {**dict.fromkeys(_CONDITIONS, CONDITION_WORDS), **dict.fromkeys(_ASIDE, ASIDE_WORDS)}
    )


def situation(text: Embedded) -> frozenset[str]:
    """Stems of what a sentence says about when it holds: "refuse writes while the | store is down"."""
    reached = _reached(text.words, dict.fromkeys(_SITUATIONS, CONDITION_WORDS))
    return frozenset(text.stems[i] for i, within in enumerate(reached) if within and is_content(text, i))


def same_situation(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when two claims are about the same case: neither names one, or they share most of its words."""
    if not one or not other:
        return one == other
    return len(one & other) >= SHARED_SITUATION * min(len(one), len(other))


def _reached(words: Sequence[str], openers: Mapping[str, int]) -> list[bool]:
    """For each word whether an opener reaches it, with no new claim or second subject between."""
    marks: list[bool] = []
    left = 0
    for at, word in enumerate(words):
        if word in openers:
            left = openers[word]
        elif word in BREAKS or (word in _SUBJECTS and words[at - 1] not in openers):
            left = 0
        marks.append(left > 0)
        left = max(0, left - 1)
    return marks


def describes(words: Sequence[str]) -> bool:
    """True when a sentence is about a way that it may not take: "sending all reads to one node works but"."""
    first = words[0] if words else ""
    return len(first) > 5 and first.endswith("ing") and first not in _NO_GERUNDS


def compares(words: Sequence[str], end: int) -> bool:
    """True when a clause that ends here is one of degree: "not more | than", but "rather than" sets aside."""
    return words[end : end + 1] == ("than",) and words[end - 1] != "rather"


def clause_around(words: Sequence[str], at: int) -> tuple[int, int]:
    """First place and end of the stretch without a break that the word at `at` stands in."""
    start = max([0, *(i + 1 for i in range(at) if words[i] in BREAKS)])
    end = next((i for i in range(at, len(words)) if words[i] in BREAKS), len(words))
    return start, end


def implicit(stems: Iterable[str]) -> frozenset[str]:
    """Those of these stems that say "not" by themselves."""
    return _implicit_negators().intersection(stems)


@cache
def _implicit_negators() -> frozenset[str]:
    words = word_set("implicit_negators")
    return frozenset(
        stem(form) for word in words for form in (word, f"{word}s", f"{word.removesuffix('e')}ed")
    )


def is_content(text: Embedded, at: int) -> bool:
    """True for a word that says what a sentence is about."""
    return bool(text.rarity[at] > RARE_WORD) and text.words[at] not in word_set("function_words")
