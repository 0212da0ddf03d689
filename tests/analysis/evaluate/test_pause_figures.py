"""The pause benchmark on made-up alignments, with an engine written by hand."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import numpy as np
import pytest

from analysis.evaluate.__main__ import main as evaluate
from analysis.evaluate.pauses import (
    Compared,
    main,
    matched,
    read_textgrid,
    silences,
    start_errors,
    summed,
)
from analysis.speech.transcribe import Readiness, Samples
from data.domain import Interval, Transcript, Word

SHORT = """File type = "ooTextFile"
Object class = "TextGrid"

0
2.5
<exists>
2
"IntervalTier"
"phones"
0
2.5
1
0
2.5
"AH1"
"IntervalTier"
"words"
0
2.5
4
0
0.5
""
0.5
1
"so"
1
1.5
""
1.5
2.5
"a ""shard"" b"
"""
LONG = """File type = "ooTextFile"
Object class = "TextGrid"
xmin = 0
xmax = 2.5
tiers? <exists>
size = 1
item []:
    item [1]:
        class = "IntervalTier"
        name = "speaker 1 - words"
        xmin = 0
        xmax = 2.5
        intervals: size = 4
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 1
            text = "so"
        intervals [3]:
            xmin = 1
            xmax = 1.5
            text = "sil"
        intervals [4]:
            xmin = 1.5
            xmax = 2.5
            text = "a ""shard"" b"
"""
WORDS = (Word("so", 0.5, 1.0), Word('a ""shard"" b', 1.5, 2.5))


class Deaf:
    """Hears nothing, whatever it is given."""

    name = "by hand"

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        return Transcript((), self.name, "en")


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_both_forms_of_a_textgrid_give_the_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.TextGrid"
    path.write_text(text)
    assert read_textgrid(path) == WORDS


def test_silences_shorter_than_a_quarter_second_are_no_pauses() -> None:
    words = (Word("a", 0.0, 1.0), Word("b", 1.2, 2.0), Word("c", 2.5, 3.0))
    assert silences(words) == (Interval(2.0, 2.5),)


def test_a_pause_is_matched_once_and_only_when_half_is_shared() -> None:
    long = Interval(1.0, 2.0)
    assert matched([long], [Interval(1.0, 1.6), Interval(1.65, 2.0)]) == 1
    assert matched([long], [Interval(1.8, 3.0)]) == 0
    assert matched([long], []) == 0


def test_starts_are_compared_for_words_both_have_in_order() -> None:
    written = (Word("Um,", 0.0, 0.4), Word("So,", 0.6, 1.0), Word("what", 1.5, 2.0))
    assert start_errors(WORDS, written) == pytest.approx((0.1,))


def test_figures_are_over_all_recordings_together() -> None:
    one = Compared((Interval(0, 1), Interval(2, 3)), (Interval(0, 1),), 1, (0.1, 0.3))
    two = Compared((), (Interval(0, 1),), 0, (0.2,))
    found = summed([one, two])
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert found.word_start_error_ms == pytest.approx(200)


def test_the_command_writes_its_figures(tmp_path: Path) -> None:
    (tmp_path / "a.TextGrid").write_text(SHORT)
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.zeros(8_000, np.int16).tobytes())
    target = tmp_path / "pauses.json"
    arguments = [str(tmp_path / "a.wav"), str(tmp_path / "a.TextGrid"), "--json", str(target)]
    assert main(arguments, Deaf()) == 0
    document = json.loads(target.read_text())
    assert (document["reference_pauses"], document["found_pauses"], document["recall"]) == (1, 0, 0.0)
    assert document["precision"] is None


@pytest.mark.parametrize("text", ["", "no grid", SHORT[:-20]])
def test_a_broken_textgrid_is_refused_in_plain_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    grid = tmp_path / "b.TextGrid"
    grid.write_text(text)
    assert evaluate(["pauses", str(tmp_path / "b.wav"), str(grid)]) == 1
    assert "b.TextGrid" in capsys.readouterr().err
