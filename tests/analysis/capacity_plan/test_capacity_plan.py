"""Sizes against sums done by hand, and every cost with a source that says so."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import pytest

from analysis.capacity_plan.__main__ import NOT_SHOWN, main
from analysis.capacity_plan.measured_costs import Costs, load_costs, rows
from analysis.capacity_plan.plan_sizes import Machine, Practice, at_once, sizes
from data.settings import PROJECT_ROOT

COSTS = Costs(
    live_cores=0.5,
    redraw_seconds=0.05,
    redraws_a_minute_live=60,
    server_mb=500,
    live_mb=500,
    analysed_cores=0.35,
    analysed_mb=900,
    recording_mb_a_minute=10,
    camera_mbit=1.5,
    signal_rows_a_second=10,
    row_bytes=100,
    answer_kb=50,
    save_seconds=0.1,
    judge_calls=5,
    judge_tokens=18_000,
)
"""Round ones, for sums by hand."""
HUNDRED = Practice(
    candidates=100, interviews_a_week=2, minutes=15, answers=3, in_peak_hour=0.1, weeks_kept=10
)
MACHINE = Machine(cores=4, memory_gb=8, tokens_a_second=1000)


@pytest.mark.parametrize("name", [field.name for field in fields(Costs)])
def test_every_cost_says_where_it_comes_from(name: str) -> None:
    row = rows()[name]
    assert float(row["value"]) > 0 and row["unit"]
    if "from" in row:
        text = (PROJECT_ROOT / row["from"]).read_text(encoding="utf-8")
        assert row["quote"] in text
    else:
        assert row["assumed"]


def test_the_file_has_no_cost_that_nothing_uses() -> None:
    assert set(rows()) == {field.name for field in fields(Costs)}


def test_how_many_come_together_is_the_quantile_of_poisson() -> None:
    # Of mean 1: P(X <= 4) = .99634, P(X <= 5) = .99941. Of mean 5: P(X <= 12) = .99798, P(X <= 13) = .99930.
    assert at_once(0.0) == 0
    assert at_once(1.0) == 5
    assert at_once(5.0) == 13
    assert at_once(10_000) == math.ceil(10_000 + 3.0902 * 100)


def test_a_school_of_a_hundred_by_hand() -> None:
    found = sizes(HUNDRED, COSTS, MACHINE)
    # 200 interviews a week, 20 begin in the busiest hour, of 15 minutes: 5 on average, 13 seldom passed.
    assert found.at_once == 13
    # 13 x (0.5 + one redraw a second of 0.05) cores; 3 x 500 MB and 13 x 500 MB.
    assert found.cores == pytest.approx(7.15)
    assert found.memory_gb == pytest.approx(8.0)
    # 7.15 of 4 x 70 % cores are 2.55 machines, 6.5 GB of the 7.5 that are free less than one: three.
    assert found.replicas == 3
    assert found.network_mbit == pytest.approx(19.5)
    # 2,000 interviews of 9,000 rows of 100 bytes and three answers of 50 KB.
    assert found.database_gb == pytest.approx(2.1)
    # 2,000 interviews of 15 minutes of 10 MB.
    assert found.bucket_gb == pytest.approx(300)
    # 60 answers in that hour.
    assert found.saves_a_second == pytest.approx(1 / 60)
    assert found.save_cores == pytest.approx(1 / 600)
    assert found.judge_calls_an_hour == pytest.approx(300)
    assert found.judge_tokens_a_second == pytest.approx(300)
    assert found.model_servers == 1
    assert found.batch_workers == 0


def test_recorded_in_the_browser_the_peak_goes_to_processes_that_work_afterwards() -> None:
    found = sizes(replace(HUNDRED, live=False), COSTS, MACHINE)
    # Pages alone: 13 x 0.05 cores. 200 x 900 s a week at 0.35 are 63,000 CPU seconds; a week at 70 % has
    # 423,360. 20 recordings of 150 MB in an hour are 24,000 Mbit in 3,600 s.
    assert found.cores == pytest.approx(0.65)
    assert (found.replicas, found.batch_workers, found.batch_gb) == (2, 1, 0.9)
    assert found.network_mbit == pytest.approx(20 / 3)
    # Ten times as many: 630,000 CPU seconds are two processes.
    assert sizes(replace(HUNDRED, candidates=1000, live=False), COSTS, MACHINE).batch_workers == 2


def test_memory_decides_where_it_is_short() -> None:
    # 6.5 GB of answers into the 1.5 GB that are free beside the process: five.
    assert sizes(HUNDRED, COSTS, replace(MACHINE, memory_gb=2)).replicas == 5


def test_the_speed_of_a_model_server_that_nobody_gave_is_not_made_up() -> None:
    assert sizes(HUNDRED, COSTS, Machine()).model_servers is None


def test_two_answers_at_once_are_what_was_measured() -> None:
    costs = load_costs()
    measured_gb = 1.32
    assert (costs.server_mb + 2 * costs.live_mb) / 1000 == pytest.approx(measured_gb, rel=0.06)


def test_the_command_prints_a_table_and_what_was_not_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--candidates", "400", "--recorded", "browser"]) == 0
    told = capsys.readouterr().out
    assert "| replicas of 8 cores and 16 GB, 70% full | " in told
    assert "unknown: give --tokens-a-second" in told
    assert NOT_SHOWN in told
