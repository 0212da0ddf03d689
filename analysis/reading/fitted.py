"""The fitted numbers of the offline scorer: a short list of weights in `offline_model.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from analysis.reading.alignment import Match
from data.domain import CoverageStatus

MODEL = Path(__file__).with_name("offline_model.json")


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of standardised features, then a monotone curve through its knots."""

    weights: dict[str, float]
    means: dict[str, float]
    scales: dict[str, float]
    intercept: float
    knots_in: tuple[float, ...]
    knots_out: tuple[float, ...]

    def value(self, features: Mapping[str, float]) -> float:
        """The calibrated value; beyond the outer knots it stays at their height."""
        raw = self.intercept + sum(
            weight * (features[name] - self.means[name]) / self.scales[name]
            for name, weight in self.weights.items()
        )
        return float(np.interp(raw, self.knots_in, self.knots_out))


@dataclass(frozen=True, slots=True)
class Model:
    """Everything fitted, under one version."""

    version: str
    levels: Linear
    grades: Linear
    coverage_knots: tuple[float, float]
    partly: float
    covered: float

    def coverage(self, match: Match) -> float:
        """How clearly a key point was made, 0-1."""
        raw = 0.6 * match.local + 0.25 * match.recall + 0.15 * match.similarity
        return float(np.interp(raw, self.coverage_knots, (0.0, 1.0)))

    def status(self, strength: float) -> CoverageStatus:
        """The word for a coverage."""
        if strength >= self.covered:
            return "covered"
        return "partly" if strength >= self.partly else "missed"

    def level(self, features: Mapping[str, float]) -> float:
        """The level 1-4 these features point to."""
        return self.levels.value(features)


@cache
def load_model() -> Model:
    """The shipped numbers."""
    raw = json.loads(MODEL.read_text(encoding="utf-8"))
    low, high = raw["coverage_knots"]
    return Model(
        version=raw["version"],
        levels=_linear(raw["levels"]),
        grades=_linear(raw["grades"]),
        coverage_knots=(low, high),
        partly=raw["partly"],
        covered=raw["covered"],
    )


def _linear(raw: Mapping[str, Any]) -> Linear:
    return Linear(
        weights=raw["weights"],
        means=raw["means"],
        scales=raw["scales"],
        intercept=raw["intercept"],
        knots_in=tuple(raw["knots_in"]),
        knots_out=tuple(raw["knots_out"]),
    )
