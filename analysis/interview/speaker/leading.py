"""The few words in front of a question that take up what was said, the way a person does. Pure.

Three ways: to say a decision back ("You keep them in memory."), to repeat a clause of somebody else (“the
relay reads the table”), or to name a part ("Stay with the cache for a moment."). Never two clauses in a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.interview.listener.clauses import is_own
from analysis.interview.planner.moves import Move
from analysis.interview.planner.standing import Standing

NAMING = ("Stay with {part} for a moment.", "Let me ask about {part}.", "Back to {part}.", "{part}, then.")
SMALLER = ("Then smaller.", "Let us make it smaller.", "One step back.", "Then let me ask it another way.")
ANOTHER = (
    "No problem. Another part of it.",
    "That is fine, let us take another piece.",
    "We can leave that.",
    "All right, something else.",
)
CONCEDING = ("Fair enough.", "I see.", "Understood.", "All right, noted.", "Let us leave it at that.")
STOPPING = ("Let me stop you there.", "I will stop you for a second.", "Let me come in here.")
BACK = ("Let us keep that for later.", "That is a subject of its own.", "Let me bring us back.")
SUPPOSING = "Now suppose this."
_WORDS = {"i": "you", "we": "you", "me": "you", "us": "you", "my": "your", "our": "your", "mine": "yours"}
_SHORT = {"d": "would", "ll": "will", "m": "are", "re": "are", "ve": "have"}
_PERSON = re.compile(r"\b(i|we|you)['’](d|ll|m|re|ve)\b|\b(i am|i was|i|we|me|us|my|our|mine|myself)\b", re.I)


def said_back(clause: str) -> str:
    """A clause about oneself as others say it: "I'd keep my ids" becomes "You would keep your ids"."""
    turned = _PERSON.sub(_turned, clause)
    return turned[:1].upper() + turned[1:]


def lead_for(move: Move, standing: Standing, line: str) -> str:
    """What stands before the line; empty when it is best said alone."""
    told = standing.asked[1:] + standing.earlier
    match move.opening:
        case "smaller":
            return _fresh(SMALLER, told)
        case "another":
            return _fresh(ANOTHER, told)
        case "concede":
            return _fresh(CONCEDING, told)
        case "stop":
            return _fresh(STOPPING, told)
        case "suppose":
            return SUPPOSING
        case _:
            return _taking_up(move, standing, line, told)


def _taking_up(move: Move, standing: Standing, line: str, told: Sequence[str]) -> str:
    if move.about and is_own(move.about):
        return f"{said_back(move.about)}."
    if move.about and not standing.just_quoted:
        return f"“{move.about}”."
    if move.component and move.component.lower() not in line.lower() and not standing.just_quoted:
        return _capital(_fresh([one.format(part=move.component) for one in NAMING], told, NAMING))
    return ""


def _fresh(leads: Sequence[str], told: Sequence[str], forms: Sequence[str] = ()) -> str:
    """The first that has not been said, none when all have."""
    begins = [(form or lead).split("{")[0] for lead, form in zip(leads, forms or leads, strict=True)]
    for lead, begin in zip(leads, begins, strict=True):
        if begin and not any(line.startswith(begin) for line in told):
            return lead
    return ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _turned(found: re.Match[str]) -> str:
    if found.group(2):
        return f"you {_SHORT[found.group(2).lower()]}"
    word = found.group(3).lower()
    return {"i am": "you are", "i was": "you were", "myself": "yourself"}.get(word) or _WORDS[word]
