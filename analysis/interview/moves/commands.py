"""Commands given by voice: "could you repeat that", "skip this one", "let us pause", "that's all". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CommandName = Literal["repeat", "hint", "skip", "next", "done", "pause", "resume", "end"]
"""skip: this question is not answered; next: what was said is the answer, and the next question may come."""


_UNKNOWING = (
    r"i (?:really )?(?:do not|don't) know(?: (?:this|that|it|the answer))?"
    r"|no (?:idea|clue)|not sure"
)
_OPENING = (
    r"(?:(?:um|uh|hm|ok|okay|so|well|sorry|please|yes|no|right|and|now|then|thank you|thanks"
    rf"|{_UNKNOWING})[,. ]+)*"
)
_ASK = (
    r"(?:(?:can|could|may|would|shall) (?:you|we|i)(?: please)? |let us |let's |i want to "
    r"|i(?:'d| would) (?:(?:like|prefer) to |rather ))?"
)
_CLOSING = r"(?:[, ]+(?:please|for (?:a|one) (?:moment|second|minute)|now|here|then|thank you|thanks))*"
_PHRASES: Mapping[CommandName, str] = {
    "repeat": r"(?:repeat|say|read)(?: (?:the|that|this|your|last))*(?: question)?(?: once more| again)?"
    r"|(?:what was|come again)(?: the| that| your)?(?: question)?(?: again)?|pardon(?: me)?",
    "hint": r"(?:give me|get|have|i need)(?: a| another| some)? (?:hint|help|tip)",
    "skip": r"(?:skip|pass)(?: on)?(?: (?:it|this|that|the))*(?: one| question)?",
    "next": r"(?:the )?next (?:question|one|topic)|(?:go|move)(?: on)? (?:to|with) (?:the )?next"
    r" (?:one|question|topic)|move on(?: from (?:here|this))?",
    "pause": r"(?:pause|stop for (?:a|one) (?:moment|second|minute)|take a (?:short )?break)"
    r"(?: (?:it|this|here|the interview))*",
    "resume": r"(?:resume|continue|go on|carry on)(?: the interview)?|(?:i am|i'm) (?:back|ready)(?: again)?",
    "end": r"(?:end|stop|finish|quit)(?: (?:the|this))? interview(?: here)?",
    "done": r"(?:i am|i'm) (?:done|finished)(?: with (?:this|that|my answer))?"
    r"|(?:that is|that's|that would be|that will be) (?:it|all)(?: (?:from|by) me| from my side| i have)?",
}
_PATTERNS = {
    name: re.compile(rf"{_OPENING}{_ASK}(?:{phrase}){_CLOSING}", re.IGNORECASE)
    for name, phrase in _PHRASES.items()
}
_YES = re.compile(
    r"(?:yes|yeah|yep|sure|ok|okay|fine)(?:[, ]+(?:please|go ahead|let us|let's))?", re.IGNORECASE
)
_STAY = re.compile(
    r"(?:no|stay|i(?:'d| would) (?:like|prefer) to stay|let me (?:think|stay))"
    r"(?:[, ]+(?:thank you|thanks|with this one|a little longer|a moment))*",
    re.IGNORECASE,
)
_LONGEST_COMMAND = 200
"""Characters; a longer sentence is part of an answer."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said, without the command at its end; `dropped_words` is the length of what was cut."""

    text: str
    command: CommandName | None = None
    dropped_words: int = 0


def hear_command(said: str, *, offered: bool = False, paused: bool = False) -> Heard:
    """Take a command off the end of what was said. It must be a sentence of its own.

    `offered`: the interviewer has just offered to move on, so "yes" means that. While paused only "resume"
    is a command, and at no other time ("continue" is a word of many answers).
    """
    parts = _SENTENCE_END.split(said.strip())
    last = parts[-1].strip(" .!?,")
    command = _command(last, offered, paused) if len(last) <= _LONGEST_COMMAND else None
    if command is None and not (offered and len(parts) == 1 and _STAY.fullmatch(last)):
        return Heard(said.strip())
    return Heard(" ".join(parts[:-1]), command, len(parts[-1].split()))


def _command(sentence: str, offered: bool, paused: bool) -> CommandName | None:
    if offered and _YES.fullmatch(sentence):
        return "next"
    for name, pattern in _PATTERNS.items():
        if (name == "resume") == paused and pattern.fullmatch(sentence):
            return name
    return None
