"""The speech benchmark on made-up recordings, with an engine written by hand."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import numpy as np
import pytest

from analysis.evaluate.__main__ import main as evaluate
from analysis.evaluate.plain_words import filled_pauses, normalised
from analysis.evaluate.speech import Clip, Outcome, figures, load_manifest, main
from analysis.speech.transcribe import Readiness, Samples
from data.domain import RehearseError, Transcript


class Deaf:
    """Hears nothing, whatever it is given."""

    name = "by hand"

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        return Transcript((), self.name, "en")


def outcome(kind: str, reference: str, text: str, fillers: int | None = 0) -> Outcome:
    return Outcome(Clip(Path("a.wav"), kind, reference), text, fillers, seconds=10.0, wall_seconds=2.0)


def silent_wav(path: Path) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.zeros(8_000, np.int16).tobytes())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Our p ninety nine is eight hundred milliseconds.", "our P99 is 800ms"),
        ("ten thousand users, then one hundred and twenty", "10,000 users then 120"),
        ("an N plus one query", "an N+1 query"),
        ("ninety nine point nine percent", "99.9%"),
        ("um I'm sure it can't, uh, fail", "I am sure it can not fail"),
        ("at least once", "at-least-once"),
        ("ten thousand", "10k"),
        ("five thousand two hundred and six", "5206"),
    ],
)
def test_two_spellings_of_the_same_words_are_no_error(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("one two three", "1 2 3"),
        ("two and two", "2 and 2"),
        ("nineteen ninety", "19 90"),
        ("a hundred", "a hundred"),
    ],
)
def test_numbers_that_only_stand_side_by_side_are_not_added(text: str, digits: str) -> None:
    assert normalised(text) == digits


def test_fillers_are_counted_in_a_reference() -> None:
    assert filled_pauses("Um, so uh the umbrella, you know, um") == 3


def test_word_errors_are_counted_by_kind() -> None:
    found = figures(
        [outcome("read", "one two three four", "one two three"), outcome("free", "a b", "A, b.")], ()
    )
    assert (found.by_kind["read"].n, found.by_kind["read"].wer) == (1, 0.25)
    assert found.by_kind["free"].wer == 0.0
    assert found.real_time_factor == pytest.approx(0.2)


def test_terms_count_in_technical_recordings_only() -> None:
    said = "We put Redis before the load balancer at p ninety nine."
    written = [
        outcome("technical", said, "We put readies before the load-balancer at p99"),
        outcome("read", said, ""),
    ]
    found = figures(written, ("Redis", "load balancer", "p99", "Kafka"))
    assert (found.terms.found, found.terms.total) == (2, 3)


def test_fillers_are_matched_recording_by_recording() -> None:
    found = figures([outcome("free", "um a um", "a", 1), outcome("free", "b", "b", 1)], ())
    assert (found.fillers.precision, found.fillers.recall, found.fillers.f1) == (0.5, 0.5, 0.5)


def test_fillers_that_nobody_counted_are_not_measured() -> None:
    assert figures([outcome("free", "um a", "a", None)], ()).fillers.f1 is None


def test_the_document_has_the_promised_keys(tmp_path: Path) -> None:
    silent_wav(tmp_path / "a.wav")
    (tmp_path / "manifest.csv").write_text("path,kind,reference\na.wav,technical,We use Redis\n")
    target = tmp_path / "speech.json"
    assert main([str(tmp_path / "manifest.csv"), "--json", str(target)], Deaf()) == 0
    document = json.loads(target.read_text())
    assert set(document) == {"by_kind", "terms", "fillers", "real_time_factor", "rss_mb"}
    assert document["by_kind"] == {"technical": {"n": 1, "wer": 1.0}}
    assert document["terms"] == {"found": 0, "total": 1}
    assert set(document["fillers"]) == {"precision", "recall", "f1"}


def test_a_bad_manifest_names_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("path,kind,reference\na.wav,read,well\nb.wav,read,\n")
    assert evaluate(["speech", str(manifest)]) == 1
    assert "Line 3" in capsys.readouterr().err
    with pytest.raises(RehearseError, match="cannot be read"):
        load_manifest(tmp_path / "none.csv")
