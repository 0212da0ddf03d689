"""The Agreement page shows figures that its commands really give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.evaluate.speech_errors import measure
from analysis.scoring.reader import ReaderScorer
from data.agreement import BENCHMARKS, FILE, exam_figures, heard_figures, load_agreement, take_in
from tests.analysis.evaluate.test_speech_figures import clip

KINDS = ("human_read", "human_spont", "human_filler", "synthetic_technical")


def test_every_figure_of_the_shipped_file_is_found_by_the_page() -> None:
    measured, shown = json.loads(FILE.read_text(encoding="utf-8")), load_agreement()
    missing = [(name, figure.title) for name in measured for figure in shown[name] if figure.value is None]
    assert missing == []
    assert set(measured) == {benchmark.name for benchmark in BENCHMARKS}


def test_what_the_speech_command_gives_is_shown(tmp_path: Path) -> None:
    clips = [clip(kind, "um one two three four", "one two three", (-0.5,)) for kind in KINDS]
    take_in("speech", measure(clips, str.lower), tmp_path / "agreement.json")
    figures = load_agreement(tmp_path / "agreement.json")["speech"]
    assert [figure.value for figure in figures] == pytest.approx([0.4, 0.4, 0.4, 1.0, 1.0])
    assert [figure.n for figure in figures[:3]] == [1, 1, 1]


def test_the_figures_of_the_offline_reader_are_those_of_the_version_that_is_installed() -> None:
    figures = exam_figures()
    assert (figures["version"], figures["n"]) == (ReaderScorer().version, 60)
    assert {"words", "cosine", "second"} == set(figures["beside"])


def test_how_far_heard_can_be_trusted_is_told_only_of_the_reader(tmp_path: Path) -> None:
    kept = tmp_path / "agreement.json"
    figures = {
        "heard_precision": 0.75,
        "heard_precision_interval": [0.56, 0.87],
        "heard_recall": 0.16,
        "n": 60,
    }
    take_in("exam", {**figures, "scorer": "offline"}, kept)
    assert heard_figures(kept) == ""
    take_in("exam", {**figures, "scorer": "reader"}, kept)
    told = heard_figures(kept)
    assert "On 60 constructed answers" in told and "75% of the points called heard" in told
    assert "56% to 87%" in told and "16% of the points that were said were heard" in told
