"""What a decoder weighed and did not write: Whisper leaves um and uh out, but there they come second.

It is noted while the hearing for fillers is decoded, so it costs no decoding of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.speech.decoded import joined
from data.domain import Transcript

SOUNDS = ("um", "uh", "uhm", "hmm", "erm", "Um", "Uh", "Hmm")
"""What the first pieces of these words are is looked at. "er" and "ah" begin too many others."""

LOOKED_AHEAD = 4
"""The library puts a few words together otherwise ("-" before one); so many words on they are alike again."""

NEVER = -30.0
"""Natural logarithm of a share that is none."""


@dataclass(frozen=True, slots=True)
class Weighed(Transcript):
    """Words, and how likely um or uh stood before each of them.

    `um_before` has the natural logarithm of the share for each word, None where that is not known.
    """

    um_before: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """One piece of text as it was written down, and how likely um or uh was in its place."""

    text: str
    um: float
    """Of an um or uh that was not written: what was written counts as it stands."""


class Scales:
    """Stands in for the engine's model while one hearing is decoded, and notes what it weighed."""

    def __init__(self, model: Any) -> None:
        """`model` is the library's; nothing of it is changed."""
        self.model = copy(model)
        self.model.model = self
        self._inner = model.model
        self._letters = model.hf_tokenizer
        self._first = sorted({self._piece(f" {sound}") for sound in SOUNDS})
        self._end = self._letters.token_to_id("<|endoftext|>")
        self._steps: list[tuple[_Step, ...]] = []

    def __getattr__(self, name: str) -> Any:
        """All else is the model's own."""
        return getattr(self._inner, name)

    def generate(self, *given: Any, **asked: Any) -> list[Any]:
        """What the library calls for each window of sound."""
        (result,) = self._inner.generate(*given, return_logits_vocab=True, **asked)
        self._steps.append(tuple(self._noted(result)))
        return [result]

    def um_before(self, segments: Iterable[Any]) -> tuple[float | None, ...]:
        """For each word of the segments, in order. Words that were put together otherwise are not known."""
        windows = iter(self._steps)
        found: list[float | None] = []
        seek: int | None = None
        weighed: list[tuple[str, float]] = []
        for segment in segments:
            if segment.seek != seek:
                seek = segment.seek
                steps = next((steps for steps in windows if _begins(steps, segment.text)), ())
                weighed = list(_by_word(steps))
            for word in joined(segment.words or ()):
                texts = [text for text, _ in weighed[:LOOKED_AHEAD]]
                place = texts.index(word.text) if word.text in texts else None
                found.append(None if place is None else weighed[place][1])
                del weighed[: 0 if place is None else place + 1]
        return tuple(found)

    def _piece(self, text: str) -> int:
        return int(self._letters.encode(text, add_special_tokens=False).ids[0])

    def _noted(self, result: Any) -> Iterator[_Step]:
        """All that is kept of it: the weights of every piece are a fifth of a megabyte for each step."""
        for token, weights in zip(result.sequences_ids[0], result.logits[0], strict=False):
            text = self._letters.decode([token]) if token < self._end else ""
            others = [piece for piece in self._first if piece != token]
            yield _Step(text, _log_share(np.asarray(weights, np.float64).ravel(), others))


def _log_share(weights: npt.NDArray[np.float64], of: Sequence[int]) -> float:
    exps = np.exp(weights - weights.max())
    return float(np.log(max(exps[of].sum() / exps.sum(), np.exp(NEVER))))


def _begins(steps: Sequence[_Step], text: str) -> bool:
    return "".join(step.text for step in steps).strip().startswith(text.strip())


def _by_word(steps: Iterable[_Step]) -> Iterator[tuple[str, float]]:
    """The words of a window, and how likely um was before each: at its first piece, or a comma before it."""
    word, share, pending = "", NEVER, NEVER
    for step in steps:
        if not step.text or not any(map(str.isalnum, step.text)):
            word, pending = word + step.text, max(pending, step.um)
        elif step.text.startswith(" ") or not word:
            if word:
                yield word.strip(), share
            word, share, pending = step.text, max(pending, step.um), NEVER
        else:
            word += step.text
    if word:
        yield word.strip(), share
