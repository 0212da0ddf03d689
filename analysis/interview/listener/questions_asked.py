"""What a candidate asks us: also without a question mark, in mid-answer, or several at once. Pure.

Thinking aloud, a question they answer themselves and a plan are none of ours. It is told by learned likeness
to written examples, never by a list of phrases; a sum put to us is told by the numbers in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from analysis.interview.listener.learned import learned
from analysis.interview.listener.question_forms import last_question
from analysis.interview.listener.signs import signs
from analysis.interview.listener.subjects import WHOLE_WEIGHT, known_grams
from analysis.reading.embeddings import Embedded, Floats, embed

AskKind = Literal[
    "ask",
    "statement",
    "confirm",
    "checkin",
    "verdict",
    "rephrase",
    "time",
    "moment",
    "next",
    "hint",
    "repeat",
]
"""ask: a fact; statement: a guess at one, put to us; confirm: a sum, or what we said; checkin: how to go on;
verdict: how they are doing; rephrase: what our words mean; time: how much is left; moment: time to think;
next, hint, repeat: to go on, for help, for the question again."""
ASK_KINDS: tuple[AskKind, ...] = get_args(AskKind)


PLAIN = 0.45
"""What is not as plainly another kind is taken for a question about a fact."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to us: its words, its kind, and how sure we are (0-1) that we were asked at all."""

    text: str
    kind: AskKind
    sure: float


def question_asked(said: str) -> Asked | None:
    """What may be asked of us at the end of what was said, and how sure we are; None for no words."""
    text = last_question(said)
    if not text:
        return None
    shares = kind_shares(said)
    kind = max(ASK_KINDS, key=lambda one: shares[one])
    if kind != "statement" and shares[kind] < PLAIN:
        kind = "ask"
    return Asked(text, kind, 1.0 - shares["none"])


def kind_shares(said: str) -> dict[str, float]:
    """How likely each kind is, and that nothing is asked of us (`none`)."""
    model = learned()
    tail = embed([last_question(said)])[0]
    return model.kinds.of(kind_features(said, tail, model.kind_vocabulary))


def kind_features(said: str, tail: Embedded, vocabulary: Mapping[str, int]) -> Floats:
    """The meaning and the known words of its last question, and the outward signs of the whole."""
    known = known_grams(last_question(said), vocabulary)
    return np.concatenate([tail.whole * WHOLE_WEIGHT, known, np.array(signs(said), np.float32)])
