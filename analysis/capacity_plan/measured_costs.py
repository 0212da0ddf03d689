"""The measured costs, read from `data/measured_costs.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

COSTS = Path(__file__).resolve().parents[2] / "data" / "measured_costs.yaml"


@dataclass(frozen=True, slots=True)
class Costs:
    """What one of something costs; the file says unit and source of each."""

    live_cores: float
    redraw_seconds: float
    redraws_a_minute_live: float
    server_mb: float
    live_mb: float
    analysed_cores: float
    analysed_mb: float
    recording_mb_a_minute: float
    camera_mbit: float
    signal_rows_a_second: float
    row_bytes: float
    answer_kb: float
    save_seconds: float
    judge_calls: float
    judge_tokens: float


def rows() -> Mapping[str, Mapping[str, Any]]:
    """Every cost with its value, unit and source."""
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load(COSTS.read_text(encoding="utf-8"))
    return found


def load_costs() -> Costs:
    """The values alone."""
    known = rows()
    return Costs(**{field.name: float(known[field.name]["value"]) for field in fields(Costs)})
