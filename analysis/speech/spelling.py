"""Spelling terms as an engineer would: known mishearings and split compounds, nothing else.

No word is added and none is guessed at: a stretch is respelled only when it is, letter for letter, a term
of the glossary written apart, or a phrase on the list of mishearings that means nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from analysis.speech.delivery import plain
from analysis.speech.glossary import all_terms
from data.domain import RehearseError, Word
from data.word_lists import load_list

MISHEARINGS = Path(__file__).parents[2] / "data" / "mishearings.txt"
LONGEST = 4
"""Words of the transcript looked at together."""

Key = tuple[str, ...]


def respell(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words with terms in their usual spelling; joined words keep the time they span."""
    known, compounds = mishearings(), _compounds()
    texts = tuple(text.replace("-", " ").split() for text in (plain(word.text) for word in words))
    result: list[Word] = []
    place = 0
    while place < len(words):
        size, term = _longest(texts, place, known, compounds)
        result += _replaced(words[place : place + size], term) if term else [words[place]]
        place += size
    return tuple(result)


@cache
def mishearings() -> Mapping[Key, str]:
    """Return heard phrase → term, from `data/mishearings.txt`."""
    found: dict[Key, str] = {}
    for entry in load_list(MISHEARINGS):
        heard, equals, meant = entry.partition("=")
        if not equals or not heard.strip() or not meant.strip():
            raise RehearseError(f"{MISHEARINGS.name}: {entry!r}.", "Write `heard = meant`.")
        found[tuple(heard.lower().replace("-", " ").split())] = meant.strip()
    return found


@cache
def _compounds() -> Mapping[str, str]:
    """One-word terms by their letters; terms that are words of their own when apart are left alone."""
    return {_letters(term): term for term in all_terms() if " " not in term and len(_letters(term)) >= 4}


def _longest(
    texts: tuple[list[str], ...], place: int, known: Mapping[Key, str], compounds: Mapping[str, str]
) -> tuple[int, str | None]:
    for size in range(min(LONGEST, len(texts) - place), 0, -1):
        parts = tuple(part for text in texts[place : place + size] for part in text)
        if parts in known:
            return size, known[parts]
        if len(parts) > 1 and "".join(parts) in compounds:
            return size, compounds["".join(parts)]
    return 1, None


def _replaced(words: tuple[Word, ...], term: str) -> list[Word]:
    """Share the time of what is replaced among the words of the term; keep the last punctuation."""
    tail = words[-1].text[len(words[-1].text.rstrip(".,;:!?")) :]
    parts = (term + tail).split()
    sure = [word.confidence for word in words if word.confidence is not None]
    confidence = min(sure) if sure else None
    start, end = words[0].start_seconds, words[-1].end_seconds
    if start is None or end is None:
        return [Word(part, None, None, confidence) for part in parts]
    step = (end - start) / len(parts)
    return [
        Word(part, start + step * place, start + step * (place + 1), confidence)
        for place, part in enumerate(parts)
    ]


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
