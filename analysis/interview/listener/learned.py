"""What was learned from the written examples in `analysis/evaluate/gold/questions_asked.jsonl`.

`python -m analysis.evaluate fit-questions` learns it anew. The examples are the author's; no row of any
benchmark is among them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from analysis.reading.embeddings import Floats

FILE = Path(__file__).with_name("learned.npz")


@dataclass(frozen=True, slots=True)
class Shares:
    """A softmax over classes: a row of weights for each, the last one its constant."""

    classes: tuple[str, ...]
    weights: Floats

    def of(self, features: Floats) -> dict[str, float]:
        """How likely each class is; they add up to 1."""
        raw = self.weights[:, :-1] @ features + self.weights[:, -1]
        grown = np.exp(raw - raw.max())
        return dict(zip(self.classes, (grown / grown.sum()).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of several is it, or none of them: a softmax over the weighed sums of standardised features."""

    means: Floats
    scales: Floats
    weights: Floats
    """The last one is for none of them."""

    def shares(self, rows: Floats) -> list[float]:
        """How likely each row is; what is missing to 1 is none of them."""
        raw = np.append(((rows - self.means) / self.scales) @ self.weights[:-1], self.weights[-1])
        grown = np.exp(raw - raw.max())
        shares: list[float] = (grown / grown.sum())[:-1].tolist()
        return shares


@dataclass(frozen=True, slots=True)
class Learned:
    """Everything learned: the kind of a turn, the subject of a text, which fact answers a question."""

    kinds: Shares
    kind_vocabulary: dict[str, int]
    subjects: Shares
    vocabulary: dict[str, int]
    answers: Choice
    turned: Floats
    asked_before: dict[str, tuple[str, ...]]
    """For the text of a fact how the examples ask for it."""


@cache
def learned() -> Learned:
    """The shipped numbers."""
    with np.load(FILE, allow_pickle=False) as file:
        return Learned(
            kinds=Shares(tuple(map(str, file["kinds"])), file["kind_weights"]),
            kind_vocabulary={str(gram): at for at, gram in enumerate(file["kind_vocabulary"])},
            subjects=Shares(tuple(map(str, file["subjects"])), file["subject_weights"]),
            vocabulary={str(gram): at for at, gram in enumerate(file["vocabulary"])},
            answers=Choice(file["answer_means"], file["answer_scales"], file["answer_weights"]),
            turned=file["turned"].astype(np.float32),
            asked_before={
                fact: tuple(texts) for fact, texts in json.loads(file["asked_before"].tobytes()).items()
            },
        )
