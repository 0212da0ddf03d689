"""What the candidate wants of us other than a fact: to go on, help, the question again, a moment, the time.

Told by what was learned from written examples, from the last sentence alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, get_args

from analysis.interview.listener.question_forms import asks_in_form
from analysis.interview.listener.questions_asked import kind_shares

Request = Literal["next", "hint", "repeat", "moment", "time"]
REQUESTS: tuple[Request, ...] = get_args(Request)
SURE, SURE_IN_SPEECH = 0.42, 0.6
"""From here on it is one; in mid-sentence more is needed, and a question to go on."""
MOST_WORDS = 18
LAST_WORDS = (5, 7, 9, 12, 15)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def request_at_end(said: str, *, finished: bool) -> Request | None:
    """What the last sentence wants of us; None when it is part of an answer."""
    sentence = _SENTENCE_END.split(said.strip())[-1]
    words = sentence.split()
    if not words:
        return None
    if len(words) > MOST_WORDS:
        return _at_the_end_of_many(words) if finished else None
    least = SURE if finished else SURE_IN_SPEECH
    end = sentence.rpartition(", ")[2]
    for spoken in (sentence, end) if 1 < len(end.split()) < len(words) else (sentence,):
        shares = kind_shares(spoken)
        likeliest = max(REQUESTS, key=lambda one: shares[one])
        waits = likeliest == "next" and not finished and not asks_in_form(spoken)
        if shares[likeliest] >= least and not waits:
            return likeliest
    return None


def _at_the_end_of_many(words: Sequence[str]) -> Request | None:
    """The same where nobody wrote stops: from the last words, however many of them are taken."""
    told = [kind_shares(" ".join(words[-count:])) for count in LAST_WORDS]
    sure = {one: sum(shares[one] for shares in told) / len(told) for one in REQUESTS}
    likeliest = max(REQUESTS, key=sure.__getitem__)
    return likeliest if sure[likeliest] >= SURE_IN_SPEECH else None
