"""Whether a probe gives away what it looks for: content words of a key point nobody has said yet. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from analysis.reading.stemming import stem
from data.domain import KeyPoint
from data.word_lists import load_list

_WORDS = Path(__file__).parent / "neutral_words.txt"
"""Words that give nothing away: grammar, question words, and what any back-end conversation is made of."""
_CONTENT = re.compile(r"[a-z][a-z0-9]+|\d+(?:[.,]\d+)*")


def stems(text: str) -> set[str]:
    """Content words of `text` without their endings, and its numbers."""
    return {stem(word) for word in _CONTENT.findall(text.lower())} - _neutral()


def leaked_words(probe: str, key_points: Sequence[KeyPoint], heard: str) -> frozenset[str]:
    """Stems that the probe shares with a key point and that are not in `heard`.

    `heard` is all that was said so far: the question, its title, the interviewer, the candidate.
    """
    content = {word for point in key_points for word in stems(point.text)}
    return frozenset((stems(probe) & content) - stems(heard))


def gives_away(probe: str, key_points: Sequence[KeyPoint], heard: str) -> bool:
    """True when the probe contains content of one of these key points that nobody has said."""
    return bool(leaked_words(probe, key_points, heard))


@cache
def _neutral() -> frozenset[str]:
    words = [word for line in load_list(_WORDS) for word in line.split()]
    return frozenset(words) | {stem(word) for word in words}
