"""What is said of the talk itself and not of what is designed: a sentence's kind, learned from examples.

`python -m analysis.evaluate fit-talk` learns it anew from `analysis/evaluate/gold/said_of_the_talk.txt`; no
row of any benchmark is among them. Nothing here accuses or interrupts: a kind decides how a line begins,
whether a question is made smaller, or that they are let finish.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from analysis.interview.listener.learned import Shares
from analysis.reading.embeddings import Floats, embed

TalkKind = Literal[
    "none", "stuck", "finished", "argues", "finish_first", "inside", "plea", "wants_to_know", "what_else"
]
"""stuck: cannot go on; finished: has said all; argues: objects to us; finish_first: wants to be let finish;
inside: wants our notes, marks, instructions or solution; plea: excuses their language or their day;
wants_to_know: says, without asking, what they would like to be told; what_else: asks what we
would like to hear now; none: all else."""
TALK_KINDS: tuple[TalkKind, ...] = get_args(TalkKind)
FILE = Path(__file__).with_name("talk.npz")
SURE: Mapping[str, float] = {"stuck": 0.9, "inside": 0.85, "finish_first": 0.65, "plea": 0.8}
SURE_OF_OTHERS = 0.6
WEIGHT = 6.0


def kinds_of(said: Sequence[str]) -> tuple[TalkKind, ...]:
    """What each of these sentences is."""
    model = learned_talk()
    return tuple(likeliest(model.of(row)) for row in features(said)) if said else ()


def likeliest(shares: Mapping[str, float]) -> TalkKind:
    """The kind that is likely enough, else none."""
    best = max(TALK_KINDS, key=lambda kind: shares[kind])
    return best if shares[best] >= SURE.get(best, SURE_OF_OTHERS) else "none"


def features(said: Sequence[str]) -> Floats:
    """A row for each sentence: its meaning."""
    return np.stack([one.whole for one in embed(list(said))]).astype(np.float32) * WEIGHT


@cache
def learned_talk() -> Shares:
    """The shipped numbers."""
    with np.load(FILE, allow_pickle=False) as file:
        return Shares(tuple(map(str, file["kinds"])), file["weights"])
