"""Whether the candidate is stuck, or takes the answer for finished: by meaning, nearness to examples."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from analysis.interview.listener.understood import Stance
from analysis.reading.embeddings import embed
from analysis.reading.sentences import Sentence, sentences

STUCK = (
    "I really do not know how to do this.",
    "I have no idea, I am not sure.",
    "That is a lot at once, I am lost.",
    "I do not know where to begin.",
    "I pass on this.",
    "I have not thought about that.",
    "I have never done that, I would have to look it up.",
)
FINISHED = (
    "I am done, my design is complete.",
    "That would be my whole architecture.",
    "Nothing else belongs to it, that is it.",
    "The diagram is finished.",
    "I do not see what could go wrong.",
)
_PARTS = re.compile(r"[.!?,;]\s+|\s+(?:and|so|but)\s+")
LIKE = 0.58
"""Likeness from which a sentence says about the same as an example."""
MOST_WORDS_STUCK = 18
"""Whoever says more has something to go on from."""


def stance_of(text: str) -> tuple[Stance, str]:
    """What the words show, an answer, being stuck, or taking it for finished; and the sentence that does."""
    lines = sentences(text)
    if not lines:
        return "stuck", ""
    if len(text.split()) <= MOST_WORDS_STUCK and (at := _nearest(lines, STUCK)) is not None:
        return "stuck", text[lines[at].start : lines[at].end]
    parts = [part.strip() for part in _PARTS.split(text)]
    parts = [part for part in parts if part and sentences(part)]
    if (at := _nearest([sentences(part)[0] for part in parts], FINISHED)) is not None:
        return "finished", parts[at]
    return "answers", ""


def _nearest(lines: Sequence[Sentence], examples: Sequence[str]) -> int | None:
    """The place of the sentence that says about the same as one of the examples."""
    known = [line.text for example in examples for line in sentences(example)]
    vectors = np.stack([one.whole for one in embed(known, remember=True)])
    likeness = np.stack([one.whole for one in embed([line.text for line in lines])]) @ vectors.T
    best = likeness.max(axis=1)
    return int(best.argmax()) if best.max() >= LIKE else None
