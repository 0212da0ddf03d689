"""Whether a line may be said: short, one question, no praise, nothing given away. Pure."""

from __future__ import annotations

import re
from typing import Literal

from analysis.reading.leaks import gives_away, stems
from analysis.reading.lexicon import word_set
from data.domain import KeyPoint

MOST_WORDS, FEWEST_WORDS = 30, 5
LEAST_FUNCTION_SHARE = 0.2
"""Running English has about 0.4 function words; strings of terms and other languages have far fewer."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUOTED = re.compile(r"“[^”]*”")
_PRAISE = re.compile(
    r"\b(?:great|good|excellent|perfect|impressive|nice|well done|brilliant|awesome|wonderful)\b"
    r"|^(?:exactly|correct|right|yes)\b",
    re.IGNORECASE,
)
_SECOND_QUESTION = re.compile(
    r"(?:,? (?:and|or)|[,;]) (?:also )?(?:how|what|why|when|where|which|who|whether|"
    r"(?:do|does|did|is|are|would|could|can|should|will) (?:you|it|we|they|that|there|the))\b",
    re.IGNORECASE,
)

Fault = Literal["empty", "too_long", "nonsense", "asks_two_things", "praises", "leaks", "not_grounded"]


def find_fault(
    line: str,
    points: tuple[KeyPoint, ...] = (),
    said: str | None = None,
    heard: str = "",
    *,
    is_free: bool = False,
) -> Fault | None:
    """What is wrong with a line, None when it may be said.

    `points` are those it must not give away unless they are in `heard`, all that was said so far; `said` are
    the words that it must take up, None when it need not. `is_free`: a model wrote it, so it may be anything.
    """
    words = _WORD.findall(line)
    if not words:
        return "empty"
    if len(words) > MOST_WORDS:
        return "too_long"
    if is_free and not _is_a_question(line, words):
        return "nonsense"
    if line.count("?") > 1 or is_free and _SECOND_QUESTION.search(line):
        return "asks_two_things"
    if _PRAISE.search(_QUOTED.sub("", line)):
        return "praises"
    if gives_away(line, points, heard):
        return "leaks"
    if said is not None and not stems(line) & stems(said):
        return "not_grounded"
    return None


def _is_a_question(text: str, words: list[str]) -> bool:
    if not text.rstrip().endswith("?") or len(words) < FEWEST_WORDS or "\n" in text.strip():
        return False
    joining = sum(word.lower() in word_set("function_words") for word in words)
    return joining / len(words) >= LEAST_FUNCTION_SHARE and _QUOTED.sub("", text).isascii()
