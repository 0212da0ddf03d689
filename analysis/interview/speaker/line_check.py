"""Whether a line may be said: short, one question, no praise, nothing given away. Pure."""

from __future__ import annotations

import re
from typing import Literal

from analysis.reading.leaks import gives_away, stems
from data.domain import KeyPoint

MOST_WORDS = 30
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PRAISE = re.compile(
    r"\b(?:great|good|excellent|perfect|impressive|nice|well done|brilliant|awesome|wonderful)\b"
    r"|^(?:exactly|correct|right|yes)\b",
    re.IGNORECASE,
)

Fault = Literal["empty", "too_long", "asks_two_things", "praises", "leaks", "not_grounded"]


def find_fault(
    line: str, open_points: tuple[KeyPoint, ...] = (), said: str | None = None, heard: str = ""
) -> Fault | None:
    """What is wrong with a line, None when it may be said.

    `open_points` are those nobody has made yet, `heard` everything said so far; `said` are the words that it
    must take up, None when it need not.
    """
    words = _WORD.findall(line)
    if not words:
        return "empty"
    if len(words) > MOST_WORDS:
        return "too_long"
    if line.count("?") > 1:
        return "asks_two_things"
    if _PRAISE.search(re.sub(r"“[^”]*”", "", line)):
        return "praises"
    if gives_away(line, open_points, heard):
        return "leaks"
    if said is not None and not stems(line) & stems(said):
        return "not_grounded"
    return None
