"""Whether words stop in the middle of a sentence: by what they end on. Pure, and no list of phrases."""

from __future__ import annotations

import re

from analysis.interview.listener.clauses import leads_on
from analysis.reading.lexicon import word_set

FEWEST_WORDS = 5
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BROKEN_OFF = re.compile(r"(?:,|\.\.\.|…|[–—-])\s*$")
_STOPS = (".", "!", "?")


def is_unfinished(said: str) -> bool:
    """Whether it breaks off: behind a comma or dash, on a word that leads on, where a word is looked for."""
    text = said.rstrip()
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < FEWEST_WORDS:
        return False
    if _BROKEN_OFF.search(text):
        return True
    if text.endswith(_STOPS):
        return False
    sounds = len(words)
    while sounds and words[sounds - 1] in word_set("fillers"):
        sounds -= 1
    stumbles = len(words) > 1 and words[-1] == words[-2]
    return sounds < len(words) or stumbles or leads_on(words[-1])
