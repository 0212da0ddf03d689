"""Um and uh that the decoder thought of and did not write down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from analysis.speech.chunks import Chunk
from analysis.speech.hear import hear
from analysis.speech.transcribe import FILLER_PROMPT, RATE, Readiness, Samples
from analysis.speech.weighed import NEVER, Scales, Weighed
from data.domain import Interval, Transcript, Word

CLEARLY, HARDLY = math.log(0.3), -9.0


class Hesitating:
    """Hears the same words each time; asked for fillers, it also tells how likely um was before each."""

    name = "by hand"

    def __init__(self, text: str, um_before: dict[str, float | None], pace: float = 0.4) -> None:
        self._words = tuple(
            Word(word, pace * place, pace * (place + 0.75), 0.9) for place, word in enumerate(text.split())
        )
        self._um_before = tuple(um_before.get(word.text, HARDLY) for word in self._words)

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        if prompt == FILLER_PROMPT:
            return Weighed(self._words, self.name, "en", self._um_before)
        return Transcript(self._words, self.name, "en")


def fillers(text: str, **um_before: float | None) -> list[float]:
    """When one was heard, in a chunk in which somebody speaks all the time."""
    seconds = 0.4 * len(text.split())
    chunk = Chunk(0.0, np.full(round(seconds * RATE), 0.1, np.float32), (Interval(0.0, seconds),), 0.1, 0)
    found = hear(chunk, Hesitating(text, um_before), None, fillers=True).fillers
    return [filler.start_seconds for filler in found or ()]


def test_one_that_was_left_out_is_found_between_the_words_around_it() -> None:
    (start,) = fillers("the row goes away after a week", after=CLEARLY)
    assert 0.4 * 3 < start < 0.4 * 4


def test_words_said_without_one_have_none() -> None:
    assert fillers("the row goes away after a week") == []


def test_one_beside_a_written_one_is_the_same() -> None:
    assert len(fillers("the row um goes away", goes=CLEARLY, row=CLEARLY)) == 1


def test_those_of_words_without_length_are_not_taken_for_a_loop() -> None:
    engine = Hesitating("the row goes away", {"row": CLEARLY, "away": CLEARLY}, pace=0.01)
    chunk = Chunk(0.0, np.full(RATE, 0.1, np.float32), (Interval(0.0, 1.0),), 0.1, 0)
    assert len(hear(chunk, engine, None, fillers=True).fillers or ()) == 1


def test_of_two_neighbours_the_likelier_is_taken() -> None:
    (start,) = fillers("the row goes away after a week", after=CLEARLY, a=math.log(0.6))
    assert 0.4 * 4 < start < 0.4 * 5


def test_every_decoder_hesitates_before_the_first_words_so_more_is_asked_there() -> None:
    hesitant = math.log(0.05)
    assert fillers("so the row goes away", so=hesitant) == []
    assert fillers("and so the row goes away", so=hesitant) == []
    assert len(fillers("so the row goes away", so=CLEARLY)) == 1
    assert len(fillers("and then so the row goes away", so=hesitant)) == 1


def test_where_nothing_was_weighed_nothing_is_added() -> None:
    assert fillers("the row goes away after a week", after=None) == []


PIECES = ["<end>", " so", " um", " the", " r", "ow", ",", " uh", " other"]


@dataclass(frozen=True)
class Ids:
    ids: list[int]


class Letters:
    """A tokenizer of few pieces."""

    def token_to_id(self, name: str) -> int:
        return len(PIECES)

    def encode(self, text: str, add_special_tokens: bool) -> Ids:
        return Ids([PIECES.index(text) if text in PIECES else len(PIECES) - 1])

    def decode(self, tokens: list[int]) -> str:
        return "".join(PIECES[token] for token in tokens)


@dataclass(frozen=True)
class Decoded:
    sequences_ids: list[list[int]]
    logits: list[list[Samples]]


class Inner:
    """Writes ", so the row" and thinks of um with a share of a half before "row"."""

    is_multilingual = True

    def generate(self, *given: Any, return_logits_vocab: bool, **asked: Any) -> list[Decoded]:
        written = [PIECES.index(piece) for piece in (" so", " the", ",", " r", "ow")]
        return [Decoded([written], [[self._weights(token) for token in written]])]

    def _weights(self, token: int) -> Samples:
        weights = np.full(len(PIECES), -20.0, np.float32)
        weights[token] = 3.0
        if PIECES[token] == " r":
            weights[PIECES.index(" um")] = 3.0
        return weights


class Library:
    def __init__(self) -> None:
        self.model = Inner()
        self.hf_tokenizer = Letters()


@dataclass(frozen=True)
class Piece:
    word: str
    start: float = 0.0
    end: float = 0.1
    probability: float = 0.9


@dataclass(frozen=True)
class Segment:
    words: tuple[Piece, ...]
    seek: int = 0
    text: str = " so the, row"


def test_what_was_weighed_is_told_for_each_word() -> None:
    library = Library()
    scales = Scales(library)
    scales.model.model.generate()
    so, the, row = scales.um_before([Segment((Piece(" so"), Piece(" the,"), Piece(" row")))])
    assert so is not None
    assert the is not None
    assert max(so, the) < -15
    assert row == pytest.approx(math.log(0.5), abs=0.01)
    assert scales.model.model.is_multilingual
    assert isinstance(library.model, Inner)


def test_words_put_together_otherwise_are_not_known_and_those_after_them_are() -> None:
    scales = Scales(Library())
    scales.generate()
    found = scales.um_before([Segment((Piece(" so"), Piece(" them"), Piece(" row")))])
    assert found[1] is None
    assert found[2] == pytest.approx(math.log(0.5), abs=0.01)


def test_what_no_window_was_noted_for_is_not_known() -> None:
    assert Scales(Library()).um_before([Segment((Piece(" so"),))]) == (None,)
    assert NEVER < HARDLY
