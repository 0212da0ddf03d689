"""From how people practise to how much of everything is needed. Pure: costs and numbers in, sizes out.

How many practise at once follows from Little's law, with those who happen to come together on top: the number
that is passed in one of a thousand moments of the busiest hour, when people come independently (Poisson).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.capacity_plan.measured_costs import Costs

SELDOM = 0.001
"""The share of moments in the busiest hour in which more people come than there is room for."""
FULL = 0.7
"""How much of the processors is planned for: beside other work an answer took up to a third more."""
FEWEST_REPLICAS = 2
"""One may be renewed while the other serves."""
_HOURS_A_WEEK = 168.0


@dataclass(frozen=True, slots=True)
class Practice:
    """How people practise. `in_peak_hour`: the share of a week's interviews that begins in its busiest hour.

    `live`: recorded on the server while somebody speaks; else in the browser, and analysed afterwards.
    """

    candidates: int
    interviews_a_week: float = 2.0
    minutes: float = 15.0
    answers: float = 3.0
    in_peak_hour: float = 0.05
    judged: float = 1.0
    weeks_kept: float = 26.0
    live: bool = True


@dataclass(frozen=True, slots=True)
class Machine:
    """One replica, and how fast a model server reads and writes (tokens a second; 0: not known)."""

    cores: float = 8.0
    memory_gb: float = 16.0
    tokens_a_second: float = 0.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is needed. Times in hours, sizes in GB, network in Mbit a second, at the peak."""

    at_once: int
    cores: float
    memory_gb: float
    replicas: int
    network_mbit: float
    batch_workers: int
    batch_gb: float
    database_gb: float
    saves_a_second: float
    save_cores: float
    bucket_gb: float
    judge_calls_an_hour: float
    judge_tokens_a_second: float
    model_servers: int | None
    """None where the speed of one is not known."""


def at_once(mean: float, seldom: float = SELDOM) -> int:
    """The number passed in a share of `seldom` moments, when `mean` are there on average (Poisson)."""
    probability = so_far = math.exp(-mean) if mean < 600 else 0.0
    if not so_far:  # so many that the normal distribution is the same to a person
        return math.ceil(mean + 3.0902 * math.sqrt(mean))
    number = 0
    while so_far < 1 - seldom:
        number += 1
        probability *= mean / number
        so_far += probability
    return number


def sizes(practice: Practice, costs: Costs, machine: Machine) -> Sizes:
    """What so many people need."""
    weekly = practice.candidates * practice.interviews_a_week
    begun_at_peak = weekly * practice.in_peak_hour
    together = at_once(begun_at_peak * practice.minutes / 60)
    redraws = costs.redraw_seconds * costs.redraws_a_minute_live / 60
    cores = together * ((costs.live_cores if practice.live else 0.0) + redraws)
    more_mb = together * (costs.live_mb if practice.live else 0.0)
    recorded_seconds = weekly * practice.minutes * 60
    answers_an_hour = begun_at_peak * practice.answers
    tokens = answers_an_hour * practice.judged * costs.judge_tokens / 3600
    saves = answers_an_hour / 3600
    replicas = _replicas(cores, more_mb, costs, machine)
    workers = 0 if practice.live else _workers(recorded_seconds, costs)
    uploaded_mb = begun_at_peak * practice.minutes * costs.recording_mb_a_minute
    return Sizes(
        at_once=together,
        cores=cores,
        memory_gb=(replicas * costs.server_mb + more_mb) / 1000,
        replicas=replicas,
        network_mbit=together * costs.camera_mbit if practice.live else 8 * uploaded_mb / 3600,
        batch_workers=workers,
        batch_gb=workers * costs.analysed_mb / 1000,
        database_gb=_database_bytes(practice, costs) / 1e9,
        saves_a_second=saves,
        save_cores=saves * costs.save_seconds,
        bucket_gb=weekly * practice.minutes * costs.recording_mb_a_minute * practice.weeks_kept / 1000,
        judge_calls_an_hour=answers_an_hour * practice.judged * costs.judge_calls,
        judge_tokens_a_second=tokens,
        model_servers=math.ceil(tokens / machine.tokens_a_second) if machine.tokens_a_second else None,
    )


def _replicas(cores: float, more_mb: float, costs: Costs, machine: Machine) -> int:
    by_cores = cores / (machine.cores * FULL)
    room_mb = machine.memory_gb * 1000 - costs.server_mb
    by_memory = more_mb / room_mb if room_mb > 0 else math.inf
    return max(FEWEST_REPLICAS, math.ceil(max(by_cores, by_memory)))


def _workers(recorded_seconds: float, costs: Costs) -> int:
    """Processes that keep up with a week's recordings within a week, at the planned share of a processor."""
    return math.ceil(recorded_seconds * costs.analysed_cores / (_HOURS_A_WEEK * 3600 * FULL))


def _database_bytes(practice: Practice, costs: Costs) -> float:
    interviews = practice.candidates * practice.interviews_a_week * practice.weeks_kept
    rows = practice.minutes * 60 * costs.signal_rows_a_second
    return interviews * (rows * costs.row_bytes + practice.answers * costs.answer_kb * 1000)
