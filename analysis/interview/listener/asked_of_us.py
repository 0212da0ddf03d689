"""What the candidate wants of us other than a fact: to go on, help, the question again, a moment, the time.

Told by nearness in meaning to written examples, and only where nothing that belongs to an answer is as near.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.reading.embeddings import Floats, embed

Request = Literal["next", "hint", "repeat", "moment", "time"]

EXAMPLES: Mapping[Request, tuple[str, ...]] = {
    "next": (
        "Can we go on?",
        "Shall we move on?",
        "We can move on.",
        "Could we take the next question?",
        "Let us take the next one.",
        "Let us continue with something else.",
        "Please ask another question.",
        "I have nothing more to say on this, let us go on.",
        "That is all I have, next one please.",
    ),
    "hint": (
        "Could you give me a hint?",
        "Can you help me a bit there?",
        "I am stuck, I need some help.",
        "Could you point me in the right direction?",
    ),
    "repeat": (
        "Can you say that again?",
        "Sorry, I did not get the question.",
        "I did not get that.",
        "Sorry, again please.",
        "What was the question again?",
        "Could you repeat it more slowly?",
        "I lost the thread, what did you ask?",
    ),
    "moment": (
        "Can I have a minute to think?",
        "Give me a moment, I am still thinking.",
        "Let me think about it for a moment.",
        "Let me write something down first.",
        "I need a second to think.",
        "One moment, please.",
        "Stay with this one, please.",
        "No, let us stay here a bit longer.",
    ),
    "time": (
        "How many minutes are left?",
        "How much time do we have?",
        "How long are we still going?",
        "How are we doing for time?",
    ),
}
OF_AN_ANSWER = (
    "How many minutes may it take until an update is seen?",
    "How many minutes late may it be?",
    "How many minutes of downtime are allowed?",
    "How long do we keep the data?",
    "How long should users stay logged in?",
    "How much time does a client have to answer?",
    "What is the time limit for a call?",
    "How long does it take to fail over?",
    "Can a user move on to the next page?",
    "The next request goes to another server.",
    "Then the next worker goes on with it.",
    "We can move the data to another region.",
    "We could go on without the cache.",
    "Should it go on when the store is down?",
    "I would go on with a cache in front of it.",
    "I would go on with the failures now.",
    "We continue.",
    "Then it continues.",
    "We could repeat the request with the same key.",
    "It asks for the message again.",
    "Let me think about the data model: two tables.",
    "Let me think about failures next.",
    "Give the queue a moment to drain.",
    "The help page is cached for a minute.",
    "Does it help to shard by user?",
    "Can you help me with the load, how many reads a second?",
    "Could you say how many users there are?",
    "Can we lose a message?",
    "Did I mention the replicas?",
    "Can we assume one region?",
    "One question: do we need to support groups?",
)
LIKE, LIKE_IN_SPEECH, AHEAD = 0.5, 0.7, 0.1
"""Likeness from which words ask for the same as an example; more while somebody may be in mid-sentence; and
how far it must be above that to the examples of answers."""
MOST_WORDS = 18
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def request_at_end(said: str, *, finished: bool) -> Request | None:
    """What the last sentence wants of us; None when it is part of an answer."""
    sentence = _SENTENCE_END.split(said.strip())[-1]
    if not 0 < len(sentence.split()) <= MOST_WORDS:
        return None
    vectors, kinds = _known()
    end = sentence.rpartition(", ")[2]
    spoken = (
        [sentence, end] if len(end.split()) > 1 and end != sentence else [sentence]
    )  # "please" is no wish
    for one in embed(spoken):
        likeness = vectors @ one.whole
        best = int(np.where(kinds >= 0, likeness, -1.0).argmax())
        other = float(likeness[kinds < 0].max())
        if likeness[best] >= max(LIKE if finished else LIKE_IN_SPEECH, other + AHEAD):
            return tuple(EXAMPLES)[int(kinds[best])]
    return None


@cache
def _known() -> tuple[Floats, NDArray[np.int64]]:
    """The vectors of all examples, and the place of each one's kind; -1 for what belongs to an answer."""
    texts = [text for examples in EXAMPLES.values() for text in examples]
    kinds = [at for at, examples in enumerate(EXAMPLES.values()) for _ in examples]
    vectors = np.stack([one.whole for one in embed([*texts, *OF_AN_ANSWER])])
    return vectors, np.array([*kinds, *(-1 for _ in OF_AN_ANSWER)], np.int64)
