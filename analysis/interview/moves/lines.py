"""What the interviewer says besides questions and probes: plain, short, the same tone throughout."""

from __future__ import annotations

from analysis.interview.planning.plan import Plan

NUDGES = (
    ("Take your time.", "There is no hurry.", "Think as long as you need.", "Whenever you are ready."),
    (
        "Would you like to move on, or stay with this one a little longer?",
        "Shall we go on to something else, or do you want more time here?",
        "If you would rather leave this one, just say so.",
        "We can stay here or take another one: which would you like?",
    ),
)
"""Said into silence, the first once in a round, the second once later in it; other words in each round."""
MOST_NUDGES = 2
MOMENTS = ("Of course, take a minute.", "Yes, take the time you need.", "All right, I will wait.")
NEXT_ROUND = "Thank you. Let us go on."
TIME_UP = "Thank you. That is the time for this one, so let us go on."
SEND_NOW = "The time for this one is over. Please send what you have."
HOLD_THERE = "Let me ask you something at this point."
CLOSING = "That is all from me. Thank you. Your answers are being written up now."
OUT_OF_TIME = "We have reached the end of our time. Thank you. Your answers are being written up now."
PAUSED = "We have paused. Press “Go on” when you are ready."
RESUMED = "Let us go on where we were."
REOPENED = "Welcome back. Let us go on where we were."
SEND_AGAIN = "I could not take that just now. It is still in your box: please send it once more."
NOT_KEPT = "What we say cannot be written down at the moment. Let us go on; it is tried again all the time."
NOT_PUT_AWAY = "Your last answer could not be put away yet. What you said is kept, so let us go on."
NOT_RECORDED = "The recording has stopped. What you said before is kept; press “Connect again” to go on."
NO_HINT = "I have nothing to add here. Say what you can, or move on."


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
