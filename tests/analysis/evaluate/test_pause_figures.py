"""The pause benchmark on made-up alignments."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.evaluate.pauses import compare, measure, recordings
from analysis.evaluate.textgrid import Label, read_tiers
from data.domain import Interval, RehearseError, Word

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
"a shard"
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
        name = "words"
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
            text = "a shard"
"""
SAID = (Label(0.5, 1.0, "so"), Label(1.5, 2.5, "a shard"))


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_both_forms_of_a_textgrid_give_the_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.TextGrid"
    path.write_text(text)
    assert tuple(label for label in read_tiers(path)["words"] if label.text not in ("", "sil")) == SAID


def test_silences_shorter_than_a_quarter_second_are_no_pauses() -> None:
    said = (Label(0.0, 1.0, "a"), Label(1.2, 2.0, "b"), Label(2.5, 3.0, "c"))
    assert compare(said, (), ()).true == (Interval(2.0, 2.5),)


def test_a_pause_is_found_when_half_of_the_shorter_one_is_shared() -> None:
    near, far = compare(SAID, [Interval(1.2, 1.9)], ()), compare(SAID, [Interval(1.4, 1.9)], ())
    assert (measure([near])["precision"], measure([near])["recall"]) == (1.0, 1.0)
    assert (measure([far])["precision"], measure([far])["recall"]) == (0.0, 0.0)


def test_starts_are_compared_for_words_both_have_in_order() -> None:
    written = (Word("Um,", 0.0, 0.4), Word("So,", 0.6, 1.0), Word("what", 1.5, 2.0))
    found = measure([compare(SAID, (), written)])
    assert (found["words"], found["start_error_median_ms"], found["precision"]) == (1, 100, None)


@pytest.mark.parametrize("text", ["", "no grid", SHORT[:-20]])
def test_a_broken_textgrid_is_refused_in_plain_words(tmp_path: Path, text: str) -> None:
    grid = tmp_path / "b.TextGrid"
    grid.write_text(text)
    with pytest.raises(RehearseError, match="TextGrid"):
        read_tiers(grid)


def test_files_may_come_as_a_manifest_or_as_pairs_in_any_order(tmp_path: Path) -> None:
    manifest = tmp_path / "pairs.csv"
    manifest.write_text("path,textgrid\na.wav,a.TextGrid\n", encoding="utf-8")
    grid, sound = tmp_path / "a.TextGrid", tmp_path / "a.wav"
    assert recordings([manifest]) == [(grid, sound)]
    assert recordings([sound, grid]) == recordings([grid, sound]) == [(grid, sound)]
    with pytest.raises(RehearseError, match="missing"):
        recordings([grid, sound, grid])
