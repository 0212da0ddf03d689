"""What the local engine makes of the pieces a decoder gives: tails, joined pieces, word edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.speech.chunks import Chunk
from analysis.speech.decoded import EARLY_SECONDS, joined, said
from analysis.speech.hear import hear
from analysis.speech.transcribe import MARGIN_SECONDS, RATE, Readiness, Samples, _encode_rest
from analysis.speech.word_times import settle
from data.domain import Interval, Transcript, Word


@dataclass
class Piece:
    word: str
    start: float = 0.0
    end: float = 0.5
    probability: float = 0.9


@dataclass
class Segment:
    end: float
    seek: int = 0
    avg_logprob: float = -0.2


class Measuring:
    """Notes how many samples it was given each time."""

    name = "by hand"

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        self.sizes.append(len(samples))
        return Transcript((Word("so", 0.0, 1.0),), self.name, "en")


def test_a_tail_too_short_for_words_is_never_decoded() -> None:
    decoded: list[float] = []

    def decoding() -> Iterator[Segment]:
        for segment in (Segment(3.0), Segment(9.1), Segment(10.0, seek=910)):
            decoded.append(segment.end)
            yield segment

    assert [segment.end for segment in said(decoding(), seconds=10.0)] == [3.0, 9.1]
    assert decoded == [3.0, 9.1]


def test_an_unlikely_rest_is_left_out_and_a_likely_one_kept() -> None:
    segments = [Segment(4.0, avg_logprob=-1.3), Segment(6.0, 400, -1.3), Segment(7.0, 600, -0.4)]
    assert [segment.end for segment in said(segments, seconds=10.0)] == [4.0, 7.0]


def test_a_rest_is_encoded_without_most_of_the_silence_it_was_filled_up_with() -> None:
    window = np.zeros((80, 3000), np.float32)
    window[:, :150] = -0.5
    widths: list[int] = []
    _encode_rest(lambda given: widths.append(given.shape[1]), window)
    assert widths == [150 + round(MARGIN_SECONDS * 100)]


def test_pieces_without_a_space_go_on_the_word_before() -> None:
    pieces = [Piece(" 10", 0.0, 0.4, 0.9), Piece(",000", 0.4, 0.8, 0.5), Piece(" users,"), Piece(" .")]
    words = tuple(joined(pieces))
    assert [word.text for word in words] == ["10,000", "users,"]
    assert (words[0].start_seconds, words[0].end_seconds, words[0].confidence) == (EARLY_SECONDS, 0.8, 0.5)


def test_silence_after_the_last_voice_is_kept_from_the_engine() -> None:
    engine = Measuring()
    sound = np.full(10 * RATE, 0.1, np.float32)
    heard = hear(Chunk(20.0, sound, (Interval(20.0, 21.0),), 0.1, 0), engine, None, fillers=True)
    assert engine.sizes == [round(1.2 * RATE)] * 2
    assert heard.seconds == 10.0


def test_word_edges_in_silence_move_to_the_voice() -> None:
    voiced = (Interval(0.3, 1.0), Interval(2.0, 3.0))
    words = (Word("first", 0.0, 1.2), Word("held", 1.9, 2.5), Word("far", 2.5, 3.9))
    edges = [(word.start_seconds, word.end_seconds) for word in settle(words, voiced)]
    assert edges == [(0.3, 1.0), (2.0, 2.5), (2.5, 3.0)]
