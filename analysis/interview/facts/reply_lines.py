"""The words of every reply that is not a fact: plain, short, none twice in a round where there are others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.interview.facts.reply import Reply
from data.domain import FactSubject

HAND_BACK: Mapping[FactSubject, str] = {
    "users": "No number is given for that. Take one you find realistic, and say what it rests on.",
    "volume": "No number is given for that. Take one you find realistic, and say what it rests on.",
    "peak": "Nothing is measured there. Choose a factor you find realistic, and stay with it.",
    "read_write": "No ratio is given. Choose one you find realistic, and say what it rests on.",
    "latency": "That is not laid down. Propose a time that its users would be happy with.",
    "item_size": "No size has been set. Choose one, and say what follows from it.",
    "retention": "That is not fixed. Pick a period, and say what it costs.",
    "consistency": "You decide. Say what a user would notice, and what you promise.",
    "availability": "No figure is agreed. Propose one, and say what follows from it.",
    "loss": "You decide. Say what would be lost, and who would notice.",
    "order": "Nobody has promised that. Decide what you would promise, and to whom.",
    "regions": "That is not laid down. Begin with a placement that you can defend.",
    "stack": "Nothing is imposed. Take what suits, and say what you need from it.",
    "budget": "No figure is given. Say what would cost most, and whether it is worth it.",
    "growth": "No figure is given. Take one you find realistic, and say what it rests on.",
    "privacy": "That is not laid down. Say what you would keep, and who may see it.",
    "out_of_scope": "You decide whether it belongs in. Say why, and go on.",
    "other": "That is not laid down. Decide, and say what it means for those who use it.",
}
CONFIRMED = "Yes, that is good enough to go on with."
CORRECTED = "Go through that step once more, with the unit of every number."
NOT_RECOMPUTED = "Say that step again slowly, with the unit of every number."
REPHRASED = "Put plainly: say what it has to do and for whom, and how you would go about it, step by step."
MEANT = "I mean that it is yours to decide: say what you would do, and why."
"""What a reply meant that handed something back."""
NO_CLOCK = "You have time. Go on at your own pace."
MOMENT = "Of course, take your time."
NO_VERDICT = "You hear that afterwards. Go on with what you find most important."
YOURS = (
    "I leave that to you. Go on with what you find most important.",
    "That is for you to judge. Go on.",
    NO_VERDICT,
)
"""To whoever asks about what they said themselves, without saying it once more."""
CHOOSE = (
    "Take the one you think matters more here, and say in a sentence why.",
    "Whichever you would defend. Say why.",
)
ALLOWED = (
    "Go ahead, as far as it matters here.",
    "Yes, do. Say in a sentence what it does for you.",
    "If you think it matters, yes.",
)
OPEN = (
    "Nothing is fixed there: take what you find sensible, and say so.",
    "That is open. Settle it as you see fit, and tell me what you took.",
    "Nobody has laid that down. Choose, and say what follows from it.",
)
"""Where nothing is known, and it is not clear what it is about, or the same was handed back before."""
REST = "The rest is open: take what you find sensible."
"""Behind the facts, where not all that was asked in one breath is known."""


def in_other_words(reply: Reply | None, told: Sequence[str]) -> Reply | None:
    """The same said otherwise where it has other words, if those have been said in this round."""
    if reply is None or reply.text not in told:
        return reply
    others = next((ways for ways in (YOURS, CHOOSE, ALLOWED) if reply.text in ways), OPEN)
    fresh = next((text for text in others if text not in told), None)
    varied = reply.move in ("hand_back", "check_in") and fresh is not None
    return replace(reply, text=fresh) if varied and fresh else reply


def time_line(seconds_left: float | None) -> str:
    """How much time is left for this one."""
    if seconds_left is None:
        return NO_CLOCK
    minutes = max(1, round(seconds_left / 60))
    return f"About {minutes} {'minute is' if minutes == 1 else 'minutes are'} left on this one."
