"""Labelled photographs for the camera benchmarks: a CSV beside the images it names."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.domain import RehearseError

RESAMPLES = 1000
SEED = 20261124


@dataclass(frozen=True, slots=True)
class Labelled:
    """One photograph (RGB, uint8) and its numbers, in the order of the columns asked for."""

    path: Path
    numbers: tuple[float, ...]

    def image(self) -> NDArray[np.uint8]:
        """Read the pixels. Raises RehearseError when the file is no readable image."""
        from PIL import Image, UnidentifiedImageError

        try:
            with Image.open(self.path) as picture:
                return np.asarray(picture.convert("RGB"))
        except (OSError, UnidentifiedImageError) as error:
            raise RehearseError(
                f"The image {self.path.name} cannot be read.", "Check the path column."
            ) from error


def load_labelled(labels: Path, columns: Sequence[str]) -> Iterator[Labelled]:
    """Yield the rows of a CSV with the columns `path` (relative to it) and `columns` (numbers).

    Raises RehearseError naming the row and what is wrong with it.
    """
    try:
        rows = list(csv.DictReader(labels.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise RehearseError(f"{labels} cannot be read.", "Give the path of a CSV file.") from error
    wanted = f"It needs the columns path, {', '.join(columns)}."
    if not rows:
        raise RehearseError(f"{labels} has no rows.", wanted)
    for number, row in enumerate(rows, start=2):
        try:
            numbers = tuple(float(row[column]) for column in columns)
            yield Labelled(labels.parent / row["path"], numbers)
        except (KeyError, TypeError, ValueError) as error:
            raise RehearseError(f"Line {number} of {labels} is incomplete.", wanted) from error


def interval(
    count: int, figure: Callable[[NDArray[np.intp]], float], resamples: int = RESAMPLES
) -> tuple[float, float]:
    """Return the bootstrap 95 % interval of a figure of row indices (NaN when undefined)."""
    random = np.random.default_rng(SEED)
    values = np.array([figure(random.integers(0, count, count)) for _ in range(resamples)])
    values = values[~np.isnan(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def mean_interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the bootstrap 95 % interval of a mean."""
    return interval(len(values), lambda rows: float(values[rows].mean()))


def write_json(path: Path, figures: Mapping[str, object]) -> None:
    """Write the figures. Raises RehearseError when the file cannot be written."""
    try:
        path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise RehearseError(f"{path} cannot be written.", "Choose another place.") from error
