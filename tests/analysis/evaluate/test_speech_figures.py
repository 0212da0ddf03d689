"""The speech benchmark on made-up transcripts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.evaluate.speech_errors import Clip, listen_to, measure
from analysis.speech.transcribe import Readiness, Samples
from data.domain import Filler, RehearseError, Speech, Transcript, Word


class Deaf:
    """Hears nothing, whatever it is given."""

    name = "by hand"

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        return Transcript((), self.name, "en")


def clip(kind: str, reference: str, text: str, fillers: tuple[float, ...] = ()) -> Clip:
    words = tuple(Word(word, place, place + 0.5) for place, word in enumerate(text.split()))
    found = tuple(Filler("um", start, start + 0.2, "filled_pause") for start in fillers)
    return Clip(kind, reference, Speech(Transcript(words, "by hand"), (), found, 10.0), 10.0, 2.0)


def test_word_errors_are_counted_by_kind() -> None:
    found = measure(
        [clip("read", "one two three four", "one two three"), clip("free", "a b", "A B")], str.lower
    )
    assert found["by_kind"] == {"read": {"n": 1, "wer": 0.25}, "free": {"n": 1, "wer": 0.0}}
    assert found["real_time_factor"] == 0.2
    assert set(found) == {"by_kind", "terms", "fillers", "real_time_factor", "rss_mb"}


def test_terms_count_in_technical_recordings_only() -> None:
    said = "Redis behind the load balancer"
    clips = [clip("synthetic_technical", said, "readies behind the load balancer"), clip("read", said, "x")]
    assert measure(clips, str.lower)["terms"] == {"found": 1, "total": 2}


def test_fillers_are_matched_recording_by_recording() -> None:
    found = measure([clip("free", "um a b um", "a b", (-0.5,)), clip("free", "c", "c", (0.6,))], str.lower)
    assert found["fillers"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}


def test_a_manifest_with_voices_is_counted_by_voice_with_intervals() -> None:
    said = "um Redis behind the load balancer uh"
    clips = [
        replace(clip("synthetic_technical", said, "Redis behind the load balancer", (-0.5,)), voice="one"),
        replace(clip("synthetic_technical", said, "readies behind the load balancer"), voice="two"),
    ]
    found = measure(clips, str.lower)
    one, two = found["by_voice"]["one"], found["by_voice"]["two"]
    assert (one["n"], one["words"], one["fillers_said"]) == (1, 7, 2)
    assert one["terms"] == {"found": 2, "total": 2} and two["terms"] == {"found": 1, "total": 2}
    assert one["fillers"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667}
    assert two["fillers"] == {"precision": None, "recall": 0.0, "f1": None}
    assert found["intervals"]["terms"] == (0.5, 1.0)
    assert found["fillers"] == {"precision": 1.0, "recall": 0.25, "f1": 0.4}


def test_a_manifest_without_its_columns_is_refused(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("path,kind\na.wav,read\n")
    with pytest.raises(RehearseError, match="path, kind and reference"):
        listen_to(manifest, Deaf())
