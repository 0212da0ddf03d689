"""How we measure and Agreement: every measure with its source, every figure with n, nothing made up."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.signals.catalogue import SIGNALS
from analysis.speech.delivery import BANDS
from data import agreement
from data.agreement import BENCHMARKS
from data.rubrics import load_rubric
from data.settings import PROJECT_ROOT


@pytest.fixture(autouse=True)
def _links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))


def _opened(name: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / name), default_timeout=30).run()
    assert not page.exception
    return page


def _words(page: AppTest) -> str:
    parts = (page.markdown, page.caption, page.subheader, page.error)
    return " ".join(element.value for group in parts for element in group)


def test_every_measure_has_a_definition_a_unit_and_a_source() -> None:
    page = _opened("measure.py")
    frames = [table.value for table in page.table]
    delivery = next(frame for frame in frames if "Measure" in frame)
    camera = next(frame for frame in frames if "Known error" in frame)
    assert list(delivery["Measure"]) == [signal.label for signal in BANDS.values()]
    assert list(camera["Signal"]) == [signal.title for signal in SIGNALS]
    for frame in (delivery, camera):
        assert (frame.astype(str).map(len) > 0).all(axis=None)


def test_every_criterion_shows_what_each_level_asks_for() -> None:
    page = _opened("measure.py")
    shown = {expander.label for expander in page.expander}
    assert {f"{one.title} ({one.id})" for one in load_rubric().criteria} <= shown


@pytest.mark.slow
def test_a_benchmark_that_was_not_run_has_no_figure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    empty = tmp_path / "agreement.json"
    empty.write_text("{}")
    nothing = agreement.load_agreement(empty)
    monkeypatch.setattr(agreement, "load_agreement", lambda: nothing)
    page = _opened("agreement.py")
    assert [table.value.columns[0] for table in page.dataframe] == ["Scorer"]
    assert not page.table
    assert _words(page).count("Not measured with this version yet") == len(BENCHMARKS) - 1
    assert len(page.code) == len(BENCHMARKS)


def test_measured_figures_come_with_their_commands() -> None:
    page = _opened("agreement.py")
    scorers, measured = page.dataframe[0].value, page.table[0].value
    assert {"Reader", "A second rating"} <= {name.split(",")[0] for name in scorers["Scorer"]}
    assert "not measured here" not in set(measured["Measured"])
    assert all(
        f"python -m data.agreement {one.name}" in code.value
        for one, code in zip(BENCHMARKS[1:], page.code[1:], strict=True)
    )
