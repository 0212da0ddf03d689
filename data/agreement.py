"""The measured agreement of the installed version, for the Agreement page; kept in `agreement.json`.

    python -m analysis.evaluate exam --scorer reader --json exam.json
    python -m data.agreement exam exam.json

takes the figures of one benchmark into the file. One that was not run has no figures, and is shown so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.domain import RehearseError
from data.private_files import keep_private

FILE = Path(__file__).with_name("agreement.json")


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of a benchmark: its key in the benchmark's JSON, and how to say it.

    Points in a key lead into the objects inside: `by_kind.human_read.wer`.
    """

    key: str
    title: str
    unit: str = ""
    counted: str = ""
    """The key of what this figure is counted over, where it is not the benchmark's own `n`."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One comparison anyone can run again."""

    name: str
    title: str
    compares: str
    command: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; None = not measured here. `low` and `high`: its 95 % interval."""

    title: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None


def _word_errors(kind: str, how: str) -> Shown:
    group = f"by_kind.{kind}"
    return Shown(f"{group}.wer", f"Word error rate, {how}", "share", counted=f"{group}.n")


BENCHMARKS = (
    Benchmark(
        "exam",
        "Key points that the reader heard",
        "Constructed answers that nothing was fitted on.",
        "python -m analysis.evaluate exam --scorer reader --json exam.json",
        (
            Shown("heard_precision", "Points called heard that were said", "share"),
            Shown("heard_recall", "Points that were said and heard", "share"),
        ),
    ),
    Benchmark(
        "speech",
        "Words and fillers",
        "Public recordings with transcripts made by people, and six by a synthetic voice; all were looked "
        "at while building, so the figures are optimistic. In twelve synthetic voices that nobody tuned on a "
        "third of the um and uh was found (BENCHMARKS.md). The data are not shipped.",
        "python -m analysis.evaluate speech MANIFEST.csv --json speech.json",
        (
            _word_errors("human_read", "read aloud"),
            _word_errors("human_spont", "speaking freely"),
            _word_errors("synthetic_technical", "technical, a synthetic voice"),
            Shown("fillers.precision", "Counted um and uh that were said", "share"),
            Shown("fillers.recall", "Said um and uh that were counted", "share"),
        ),
    ),
    Benchmark(
        "gaze",
        "Looking at the camera",
        "Public photographs labelled by people, uncalibrated and harder than a webcam. The limits of looking "
        "were chosen while looking at these pictures, so the figures are optimistic. Not shipped.",
        "python -m analysis.evaluate gaze LABELS.csv --json gaze.json",
        (
            Shown("precision", "Precision", "share"),
            Shown("recall", "Recall", "share"),
            Shown("auc", "Area under the curve"),
        ),
    ),
    Benchmark(
        "headpose",
        "Head angles",
        "Public photographs with angles from a three-dimensional fit. The data are not shipped.",
        "python -m analysis.evaluate headpose LABELS.csv --json headpose.json",
        (
            Shown("yaw_mae", "Mean error left-right", "degrees"),
            Shown("pitch_mae", "Mean error up-down", "degrees"),
            Shown("roll_mae", "Mean error of tilt", "degrees"),
        ),
    ),
)


def load_agreement(file: Path = FILE) -> dict[str, tuple[Figure, ...]]:
    """The figures of every benchmark by its name; None values where nothing was measured."""
    measured = _read(file)
    return {
        benchmark.name: tuple(_figure(shown, measured.get(benchmark.name, {})) for shown in benchmark.shown)
        for benchmark in BENCHMARKS
    }


def exam_figures(file: Path = FILE) -> Mapping[str, Any]:
    """How the reader of this version did in the exam, and beside it what needs no understanding."""
    found = _read(file).get("exam", {})
    return found if isinstance(found, Mapping) else {}


def heard_figures(file: Path = FILE) -> str:
    """How far "heard" can be trusted, in a sentence; empty where the reader did not sit the exam."""
    found = exam_figures(file)
    if found.get("scorer") != "reader" or found.get("heard_precision") is None:
        return ""
    (low, high), recall = found["heard_precision_interval"], found["heard_recall"]
    return (
        f"On {found['n']} constructed answers that nothing was fitted on, {found['heard_precision']:.0%} of "
        f"the points called heard were said and right (95 %: {low:.0%} to {high:.0%}), and {recall:.0%} of "
        "the points that were said were heard."
    )


def take_in(name: str, figures: Mapping[str, Any], file: Path = FILE) -> None:
    """Put the figures of one benchmark into the file, in place of earlier ones."""
    if name not in {benchmark.name for benchmark in BENCHMARKS}:
        raise RehearseError(f"There is no benchmark {name}.", "The names are in data/agreement.py.")
    kept = {**_read(file), name: dict(figures)}
    file.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _figure(shown: Shown, measured: Mapping[str, Any]) -> Figure:
    value = _at(measured, shown.key)
    bounds = _at(measured, f"{shown.key}_interval") or _at(measured, f"{shown.key}_95") or (None, None)
    counted = (shown.counted,) if shown.counted else ("graded", "n", "claims")
    n = next((found for key in counted if (found := _at(measured, key)) is not None), None)
    return Figure(shown.title, shown.unit, value, bounds[0], bounds[1], None if value is None else n)


def _at(measured: Any, key: str) -> Any:
    """What stands under a key, or under keys joined by points; None when nothing does."""
    for name in key.split("."):
        measured = measured.get(name) if isinstance(measured, Mapping) else None
    return measured


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RehearseError(
            f"{file.name} cannot be read: {error}.", "Make it again, or delete it."
        ) from error
    if not isinstance(found, dict):
        raise RehearseError(f"{file.name} must hold one object.", "Make it again, or delete it.")
    return found


def main(argv: list[str]) -> int:
    """`python -m data.agreement NAME FIGURES.json`."""
    if len(argv) != 2:
        print("usage: python -m data.agreement NAME FIGURES.json", file=sys.stderr)
        return 2
    try:
        take_in(argv[0], json.loads(Path(argv[1]).read_text(encoding="utf-8")))
    except (RehearseError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    keep_private()
    sys.exit(main(sys.argv[1:]))
