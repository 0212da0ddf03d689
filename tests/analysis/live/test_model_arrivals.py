"""A model on its way belongs to the server: joined, seen, stopped, gone on with, and its failure is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.live.model_arrivals import UNFORESEEN, Arrivals
from analysis.models.shelf import arrived_bytes, is_installed
from tests.scripted_sources import THIRD, HeldSources, Scripted, toy


def test_a_second_press_joins_the_fetch_that_runs(tmp_path: Path) -> None:
    held = HeldSources()
    arrivals = Arrivals(tmp_path, held.network)
    first = arrivals.begin(toy())
    assert held.inside.wait(20)
    assert arrivals.begin(toy()) is first
    assert arrivals.of(toy()) is first
    assert first.runs and THIRD <= first.here < first.whole
    assert not arrivals.take(toy())
    held.go.set()
    assert first.over.wait(20)
    assert (first.here, first.problem) == (first.whole, None)
    assert is_installed(toy(), tmp_path)
    assert [arrivals.take(toy()), arrivals.take(toy())] == [True, False]


def test_a_stop_keeps_what_has_arrived_and_a_press_goes_on(tmp_path: Path) -> None:
    held = HeldSources()
    arrivals = Arrivals(tmp_path, held.network)
    first = arrivals.begin(toy())
    assert held.inside.wait(20)
    first.cancel.set()
    held.go.set()
    assert first.over.wait(20)
    assert (first.problem, arrivals.take(toy())) == (None, False)
    assert arrived_bytes(toy(), tmp_path) >= THIRD
    second = arrivals.begin(toy())
    assert second.over.wait(20)
    assert held.wheels.count("toy-part1") == 1
    assert is_installed(toy(), tmp_path)


def test_why_it_failed_is_kept_until_it_is_forgotten(tmp_path: Path) -> None:
    arrivals = Arrivals(tmp_path, Scripted(withdrawn={"toy-part1", "notes.txt"}).network)
    arrival = arrivals.begin(toy())
    assert arrival.over.wait(20)
    assert arrival.problem is not None and "could not be fetched" in arrival.problem.message
    arrivals.forget(toy())
    assert arrivals.of(toy()) is None


def test_a_failure_nobody_foresaw_is_logged_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(requirement: str, folder: Path, arriving: Any) -> Path:
        raise ZeroDivisionError

    arrivals = Arrivals(tmp_path, replace(Scripted().network, wheel=broken))
    arrival = arrivals.begin(toy())
    assert arrival.over.wait(20)
    assert arrival.problem is UNFORESEEN
    assert "ZeroDivisionError" in caplog.text
