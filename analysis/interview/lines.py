"""What the interviewer says besides questions and probes: plain, short, the same tone throughout."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.interview.plan import Plan
from data.domain import Question, Turn

NUDGES = ("Take your time.", "Would you like to move on, or stay with this one a little longer?")
NEXT_ROUND = "Thank you. Let us go on."
CLOSING = "That is all from me. Thank you. Your answers are being written up now."
PAUSED = "We have paused. Say or press resume when you are ready."
RESUMED = "Let us go on where we were."
_ASKING = re.compile(
    r"\?\s*$|^(what|which|how (many|much|often|big|large)|do we|does it|should (i|we)|can (i|we) assume"
    r"|is (it|there))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9]+")
_COMMON = frozenset(
    _WORD.findall(
        "a an and are at be can do does for have how i in is it many me much need of on or our per should so "
        "that the there this to us we what when which will with you your"
    )
)
NO_FACT = "That is up to you: state an assumption and go on."


def greeting(plan: Plan) -> str:
    """How long it takes, and how it goes."""
    rounds = len(plan.rounds)
    kind = "one question" if rounds == 1 else f"{rounds} questions"
    return (
        f"Welcome. We have about {plan.minutes:.0f} minutes and {kind}. "
        "Think aloud, and ask me whatever you need to know."
    )


def time_left(seconds: float) -> str:
    """One calm reminder."""
    minutes = max(1, round(seconds / 60))
    return f"About {minutes} minute{'' if minutes == 1 else 's'} left on this one."


def last_question(dialogue: Sequence[Turn]) -> str:
    """What the interviewer asked last."""
    return next(turn.text for turn in reversed(dialogue) if turn.speaker == "interviewer")


def clarification(said: str, question: Question) -> str | None:
    """The answer to a clarifying question from the question's facts; None when nothing was asked.

    A question that the facts do not answer gets "state an assumption": the interviewer invents nothing.
    """
    last = re.split(r"(?<=[.!?])\s+", said.strip())[-1]
    if not _ASKING.search(last):
        return None
    asked = _content(last)
    best = max(question.facts, key=lambda fact: len(asked & _content(fact)), default="")
    return best if len(asked & _content(best)) >= 1 else NO_FACT


def _content(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())) - _COMMON
