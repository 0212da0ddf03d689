"""The few words in front of a question that take up what was said, the way a person does. Pure.

A decision of theirs is said back ("You keep them in memory."), another clause reported ("You say the relay
reads the table."), never two in a row; what is no whole sentence is not repeated. Who is stuck, argues or has
finished hears a few other words first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.interview.listener.clauses import is_own, is_sentence
from analysis.interview.planner.moves import Move
from analysis.interview.planner.standing import Standing

SMALLER = ("Then smaller.", "Let us make it smaller.", "One step back.", "Then let me ask it another way.")
ANOTHER = (
    "No problem. Another part of it.",
    "That is fine, let us take another piece.",
    "We can leave that.",
    "All right, something else.",
)
CONCEDING = ("Fair enough.", "I see.", "Understood.", "All right, noted.", "Let us leave it at that.")
STOPPING = ("Let me stop you there.", "I will stop you for a second.", "Let me come in here.")
BACK = (
    "Let us keep that for later. My question was:",
    "That is a subject of its own. For now:",
    "Let me bring us back.",
)
KEEPING = (
    "My notes stay with me until the end.",
    "That is not for now; the review shows it afterwards.",
    "That one I keep to myself.",
    "I cannot help with that here.",
    "That I leave closed.",
    "Let us stay with the question.",
)
EASING = ("That is fine, I follow you.", "No need to worry about that.", "It is the content that counts.")
SUPPOSING = ("Now suppose this.", "Let me change something.", "Now a turn.")
LIVE = ("Say it is running.", "Then it is live.", "Suppose it is built.")
_WORDS = {"i": "you", "we": "you", "me": "you", "us": "you", "my": "your", "our": "your", "mine": "yours"}
_SHORT = {"d": "would", "ll": "will", "m": "are", "re": "are", "ve": "have"}
_DONE = r"(?:\s+(?:had|been|thought|said|seen|done|\w*[^e\W]ed)\b)"
_PERSON = re.compile(
    rf"\b(i|we|you)['’](d|ll|m|re|ve)\b({_DONE})?|\b(i am|i was|i|we|me|us|my|our|mine|myself)\b", re.I
)


def said_back(clause: str) -> str:
    """A clause about oneself as others say it: "I'd keep my ids" becomes "You would keep your ids"."""
    turned = _PERSON.sub(_turned, clause)
    return turned[:1].upper() + turned[1:]


def lead_for(move: Move, standing: Standing) -> str:
    """What stands before the line; empty when it is best said alone."""
    told = standing.asked[1:] + standing.earlier
    match move.opening:
        case "smaller":
            return _fresh(SMALLER, told)
        case "another":
            return _fresh(ANOTHER, told)
        case "concede":
            return _fresh(CONCEDING, told)
        case "live":
            quoted = f"“{move.about}”. " if move.about else ""
            return f"{quoted}{_fresh(LIVE, told)}".strip()
        case "keep":
            return _fresh(KEEPING, told)
        case "ease":
            return _fresh(EASING, told)
        case "stop":
            return _fresh(STOPPING, told)
        case "suppose":
            return _fresh(SUPPOSING, told)
        case _:
            return _taking_up(move, standing)


def without_lead(line: str) -> str:
    """The line as it is asked once more: only what is asked."""
    known = (*SMALLER, *ANOTHER, *CONCEDING, *STOPPING, *BACK, *KEEPING, *EASING)
    return next((line.removeprefix(lead).strip() for lead in known if line.startswith(lead)), line)


def _taking_up(move: Move, standing: Standing) -> str:
    if move.about and is_own(move.about):
        return f"{said_back(move.about)}."
    if move.about and not standing.just_quoted and is_sentence(move.about):
        return f"You say {_reported(move.about)}."
    return ""


def _reported(clause: str) -> str:
    """A clause as it stands behind "you say"."""
    turned = _PERSON.sub(_turned, clause)
    first = turned.split()[0]
    return turned if len(first) > 1 and not first[1:].islower() else turned[:1].lower() + turned[1:]


def _fresh(leads: Sequence[str], told: Sequence[str]) -> str:
    """The first that has not been said, none when all have."""
    return next((lead for lead in leads if not any(lead in line for line in told)), "")


def _turned(found: re.Match[str]) -> str:
    if found.group(2):
        short, done = found.group(2).lower(), found.group(3) or ""
        return f"you {'had' if done and short == 'd' else _SHORT[short]}{done}"
    word = found.group(4).lower()
    return {"i am": "you are", "i was": "you were", "myself": "yourself"}.get(word) or _WORDS[word]
